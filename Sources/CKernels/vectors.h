// What the kernels of this target share.

#ifndef CKERNELS_VECTORS_H
#define CKERNELS_VECTORS_H

#include <string.h>

#define INLINE static inline __attribute__((always_inline))

enum { lanes_per_vector = 16 };

typedef float floats __attribute__((ext_vector_type(lanes_per_vector)));

// Reading and writing by memcpy says that the address need not be aligned.
#define LOAD(vector, address) memcpy(&(vector), (address), sizeof(vector))
#define STORE(address, vector) memcpy((address), &(vector), sizeof(vector))

INLINE size_t least(size_t x, size_t y) { return x < y ? x : y; }

// What is compiled for processors with vectors of 512 or 256 bits, and whether this is one.
#if defined(__x86_64__)

#define AVX512 __attribute__((target("avx512f,avx512dq,avx512bw,avx512vl"), min_vector_width(512)))
#define AVX2 __attribute__((target("avx2,fma")))

INLINE int has_avx512(void) {
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq")
      && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl");
}
INLINE int has_avx2(void) {
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
}

#else

#define AVX512
#define AVX2

INLINE int has_avx512(void) { return 0; }
INLINE int has_avx2(void) { return 0; }

#endif

#endif
