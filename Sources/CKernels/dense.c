#include "CKernels.h"
#include "products.h"

// A matrix product whose weights are read once, in the order in which they lie in memory: some whole
// rows at a time, while the sums of all samples wait in the second-level cache. For VGG16's first
// dense layer, 400 MB for 16 samples, it takes a quarter of what oneDNN does with weights in this
// order.

// A heuristic, measured: with fewer rows the sums are loaded and stored more often, of more rows a
// processor does not foresee which come next.
enum { rows_at_once = 32 };

size_t rf_vectors_at_once(void) { return has_avx512() ? vectors_if_wide : has_avx2() ? 1 : 0; }

// Adds what some of the inputs give to all samples' sums of 16 * vectors units.
INLINE void add_rows(const float *source, size_t samples, size_t inputs, const float *weights,
                     size_t units, size_t rows, float *target, int vectors) {
  size_t sample = 0;
#define ADD(count)                                                                              \
  for (; sample + count <= samples; sample += count) {                                          \
    multiply_rows(source + sample * inputs, inputs, weights, units, rows,                       \
                  target + sample * units, units, count, vectors, 1, 1);                        \
  }
  ADD(6)
  ADD(4)
  ADD(2)
  ADD(1)
#undef ADD
}

INLINE void dense(int vectors, const float *source, size_t samples, size_t inputs,
                  const float *weights, const float *bias, float *target, size_t units) {
  for (size_t sample = 0; sample < samples; sample++) {
    memcpy(target + sample * units, bias, units * sizeof(float));
  }
  for (size_t input = 0; input < inputs; input += rows_at_once) {
    size_t rows = least(rows_at_once, inputs - input), unit = 0;
    const float *first = weights + input * units;
    for (; unit + vectors * lanes_per_vector <= units; unit += vectors * lanes_per_vector) {
      add_rows(source + input, samples, inputs, first + unit, units, rows, target + unit, vectors);
    }
    for (; unit < units; unit += lanes_per_vector) {
      add_rows(source + input, samples, inputs, first + unit, units, rows, target + unit, 1);
    }
  }
}

AVX512 static void dense_wide(const float *source, size_t samples, size_t inputs,
                              const float *weights, const float *bias, float *target,
                              size_t units) {
  dense(vectors_if_wide, source, samples, inputs, weights, bias, target, units);
}

AVX2 static void dense_narrow(const float *source, size_t samples, size_t inputs,
                              const float *weights, const float *bias, float *target,
                              size_t units) {
  dense(1, source, samples, inputs, weights, bias, target, units);
}

void rf_dense(size_t vectors_at_once, const float *source, size_t samples, size_t inputs,
              const float *weights, const float *bias, float *target, size_t units) {
  if (vectors_at_once == vectors_if_wide) {
    dense_wide(source, samples, inputs, weights, bias, target, units);
  } else {
    dense_narrow(source, samples, inputs, weights, bias, target, units);
  }
}
