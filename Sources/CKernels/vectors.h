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

#if defined(__x86_64__)

// The instruction sets of processors with vectors of 512 bits.
#define AVX512_TARGET "avx512f,avx512dq,avx512bw,avx512vl"

// What is written for these alone: `rf_has_wide_vectors` says whether it may be called.
#define WIDE __attribute__((target(AVX512_TARGET), min_vector_width(512)))

INLINE int has_avx512(void) {
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq")
      && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl");
}

#else

// What is written for these alone: `rf_has_wide_vectors` says whether it may be called.
#define WIDE __attribute__((target(AVX512_TARGET), min_vector_width(512)))

INLINE int has_avx512(void) { return 0; }

#endif

#endif
