// oneDNN's C interface. The library itself is loaded when it is needed, not when the program starts.
#pragma once
#include <oneapi/dnnl/dnnl.h>
#include <oneapi/dnnl/dnnl_debug.h>

// The functions that are used, without `dnnl_` before their names.
#define ONEDNN_FUNCTIONS(F)                  \
  F(binary_desc_init)                        \
  F(dilated_convolution_forward_desc_init)   \
  F(dilated_deconvolution_forward_desc_init) \
  F(eltwise_forward_desc_init)               \
  F(engine_create)                           \
  F(inner_product_forward_desc_init)         \
  F(matmul_desc_init)                        \
  F(memory_create)                           \
  F(memory_desc_equal)                       \
  F(memory_desc_get_size)                    \
  F(memory_desc_init_by_strides)             \
  F(memory_desc_init_by_tag)                 \
  F(memory_destroy)                          \
  F(pooling_forward_desc_init)               \
  F(primitive_attr_create)                   \
  F(primitive_attr_destroy)                  \
  F(primitive_attr_set_scratchpad_mode)      \
  F(primitive_create)                        \
  F(primitive_desc_create)                   \
  F(primitive_desc_destroy)                  \
  F(primitive_desc_query_md)                 \
  F(primitive_destroy)                       \
  F(primitive_execute)                       \
  F(reorder_primitive_desc_create)           \
  F(softmax_forward_desc_init)               \
  F(status2str)                              \
  F(stream_create)                           \
  F(stream_destroy)

#define ONEDNN_POINTER(name) __typeof__(dnnl_##name) *name;
typedef struct {
  ONEDNN_FUNCTIONS(ONEDNN_POINTER)
  // Sets the number of threads for parallel regions that the calling thread starts; a null pointer
  // where the library was built without OpenMP.
  void (*omp_set_num_threads)(int);
} onednn_functions;
#undef ONEDNN_POINTER

// Loads the library and finds its functions. Returns a null pointer, or why it cannot.
const char *onednn_load(onednn_functions *functions);
