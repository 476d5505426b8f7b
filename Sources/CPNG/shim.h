// Swift imports all that is used of <png.h>.
#include <png.h>
