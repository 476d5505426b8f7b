// What the kernels of this target share.

#ifndef CKERNELS_VECTORS_H
#define CKERNELS_VECTORS_H

#include <string.h>

#define INLINE static inline __attribute__((always_inline))

enum { lanes_per_vector = 16 };

typedef float floats __attribute__((ext_vector_type(lanes_per_vector)));

#if defined(__x86_64__)

// The instruction sets of processors with vectors of 512 bits.
#define AVX512_TARGET "avx512f,avx512dq,avx512bw,avx512vl"

INLINE int has_avx512(void) {
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq")
      && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl");
}

#else

INLINE int has_avx512(void) { return 0; }

#endif

#endif
