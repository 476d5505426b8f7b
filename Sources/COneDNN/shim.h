#pragma once
#include <oneapi/dnnl/dnnl.h>
#include <oneapi/dnnl/dnnl_debug.h>

// A cast macro, which Swift cannot import: "let the library allocate the buffer".
static inline void *rf_dnnl_memory_allocate(void) { return DNNL_MEMORY_ALLOCATE; }

// From omp.h, which lives in a compiler's private folder that Swift does not search.
// Sets the number of threads for parallel regions that the calling thread starts.
extern void omp_set_num_threads(int);
