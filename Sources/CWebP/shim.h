// Swift imports all that is used of <webp/decode.h>.
#include <webp/decode.h>
