// Swift imports all that is used of <turbojpeg.h>.
#include <turbojpeg.h>
