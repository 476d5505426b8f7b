// Swift imports all that is used of <zlib.h>.
#include <zlib.h>
