#include "CKernels.h"
#include "products.h"

// A matrix product whose weights are read once, in the order in which they lie in memory: some whole
// rows at a time, while the sums of all samples wait in the second-level cache. For VGG16's first
// dense layer, 400 MB for 16 samples, it takes a quarter of what oneDNN does with weights in this
// order.

// A heuristic, measured: with 8 rows the sums are loaded and stored too often, with 32 and more the
// rows are too many streams for a processor to follow.
enum { rows_at_once = 16 };

int rf_has_wide_vectors(void) { return has_avx512(); }

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

WIDE void rf_dense(const float *source, size_t samples, size_t inputs, const float *weights,
                   const float *bias, float *target, size_t units) {
  for (size_t sample = 0; sample < samples; sample++) {
    memcpy(target + sample * units, bias, units * sizeof(float));
  }
  for (size_t input = 0; input < inputs; input += rows_at_once) {
    size_t rows = least(rows_at_once, inputs - input), unit = 0;
    const float *first = weights + input * units;
    for (; unit + 4 * lanes_per_vector <= units; unit += 4 * lanes_per_vector) {
      add_rows(source + input, samples, inputs, first + unit, units, rows, target + unit, 4);
    }
    for (; unit < units; unit += lanes_per_vector) {
      add_rows(source + input, samples, inputs, first + unit, units, rows, target + unit, 1);
    }
  }
}
