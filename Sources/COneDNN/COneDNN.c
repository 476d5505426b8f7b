#include "COneDNN.h"

#include <dlfcn.h>

#define TEXT_OF(number) #number
#define TEXT(number) TEXT_OF(number)

const char *onednn_load(onednn_functions *functions) {
  // Of the version whose headers the program was built with: others have other structures.
  void *library = dlopen("libdnnl.so." TEXT(DNNL_VERSION_MAJOR), RTLD_LAZY | RTLD_LOCAL);
  if (!library) return dlerror();
#define FIND(name)                                                              \
  functions->name = (__typeof__(functions->name))dlsym(library, "dnnl_" #name); \
  if (!functions->name) return dlerror();
  ONEDNN_FUNCTIONS(FIND)
  functions->omp_set_num_threads = (void (*)(int))dlsym(library, "omp_set_num_threads");
  return 0;
}
