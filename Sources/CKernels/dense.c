#include "CKernels.h"
#include "products.h"

size_t rf_vectors_at_once(void) { return has_avx512() ? vectors_if_wide : has_avx2() ? 1 : 0; }

enum { rows_at_once = 6 };

// What some of the inputs add to all rows' sums of 16 * vectors units, which start at `start`: groups of
// rows, as even as can be, since one of few rows takes nearly as long as one of 6.
INLINE void add_inputs(const float *source, size_t rows, size_t source_row, const float *weights,
                       size_t weight_row, size_t inputs, const float *start, size_t start_row,
                       float *target, size_t units, int vectors, int in_advance) {
  size_t row = 0;
  for (size_t groups = (rows + rows_at_once - 1) / rows_at_once; groups > 0; groups--) {
    size_t some = (rows - row + groups - 1) / groups;
#define ADD(count)                                                                              \
  case count:                                                                                   \
    multiply_rows(source + row * source_row, source_row, weights, weight_row, inputs,           \
                  start + row * start_row, start_row, target + row * units, units, count,       \
                  vectors, in_advance);                                                         \
    break;
    switch (some) { ADD(1) ADD(2) ADD(3) ADD(4) ADD(5) ADD(6) }
#undef ADD
    row += some;
  }
}

// MARK: - Weights in panels

// How many inputs' weights of a panel are multiplied before the next: 256 KiB of 64 units, which stay
// in the second-level cache for all rows.
enum { inputs_at_once = 1024 };

void rf_dense_weights(size_t vectors_at_once, const float *kernel, size_t inputs, size_t units,
                      float *weights) {
  size_t whole = units / lanes_per_vector * lanes_per_vector;
  for (size_t first = 0; first < units;) {
    size_t width = first < whole ? panel_vectors(first, whole, vectors_at_once) * lanes_per_vector
                                 : lanes_per_vector;
    size_t filled = least(width, units - first);
    for (size_t input = 0; input < inputs; input++, weights += width) {
      memcpy(weights, kernel + input * units + first, filled * sizeof(float));
      memset(weights + filled, 0, (width - filled) * sizeof(float));
    }
    first += width;
  }
}

// The last units, which do not fill a vector: some rows' sums at a time are made elsewhere.
INLINE void add_last_units(const float *source, size_t rows, size_t inputs, const float *weights,
                           const float *bias, float *target, size_t units, size_t unit) {
  float sums[rows_at_once * lanes_per_vector];
  for (size_t row = 0; row < rows; row += rows_at_once) {
    size_t some_rows = least(rows_at_once, rows - row);
    for (size_t input = 0; input < inputs; input += inputs_at_once) {
      add_inputs(source + row * inputs + input, some_rows, inputs,
                 weights + input * lanes_per_vector, lanes_per_vector,
                 least(inputs_at_once, inputs - input), input == 0 ? bias + unit : sums,
                 input == 0 ? 0 : lanes_per_vector, sums, lanes_per_vector, 1, 0);
    }
    for (size_t r = 0; r < some_rows; r++) {
      memcpy(target + (row + r) * units + unit, sums + r * lanes_per_vector,
             (units - unit) * sizeof(float));
    }
  }
}

INLINE void dense(size_t vectors_at_once, const float *source, size_t rows, size_t inputs,
                  const float *weights, const float *bias, float *target, size_t units) {
  size_t whole = units / lanes_per_vector * lanes_per_vector, unit = 0;
  while (unit < whole) {
    size_t vectors = panel_vectors(unit, whole, vectors_at_once), width = vectors * lanes_per_vector;
    for (size_t input = 0; input < inputs; input += inputs_at_once) {
      size_t some = least(inputs_at_once, inputs - input);
      const float *start = input == 0 ? bias + unit : target + unit;
#define PANEL(vectors)                                                                          \
  add_inputs(source + input, rows, inputs, weights + input * width, vectors * lanes_per_vector, \
             some, start, input == 0 ? 0 : units, target + unit, units, vectors, 0);            \
  break
      switch (vectors_at_once == 1 ? 1 : vectors) {
        case 1: PANEL(1);
        case 2: PANEL(2);
        case 3: PANEL(3);
        default: PANEL(4);
      }
#undef PANEL
    }
    weights += inputs * width;
    unit += width;
  }
  if (unit < units) add_last_units(source, rows, inputs, weights, bias, target, units, unit);
}

// MARK: - Weights as they lie

// Weights are read once, in the order in which they lie in memory: some whole rows at a time, while the
// sums of all samples wait in the second-level cache. VGG16's first dense layer, 400 MB a batch, takes an
// eighth less time than by oneDNN with weights in this order, and a third less with AVX2.
//
// A heuristic, measured: of fewer inputs the sums are loaded and stored more often, of more a processor
// does not foresee which weights come next.
enum { streams_at_once = 32 };

INLINE void dense_streamed(size_t vectors_at_once, const float *source, size_t rows, size_t inputs,
                           const float *weights, const float *bias, float *target, size_t units) {
  for (size_t input = 0; input < inputs; input += streams_at_once) {
    size_t some = least(streams_at_once, inputs - input), unit = 0;
    const float *first = weights + input * units, *start = input == 0 ? bias : target;
    size_t start_row = input == 0 ? 0 : units, width = vectors_at_once * lanes_per_vector;
    for (; unit + width <= units; unit += width) {
      add_inputs(source + input, rows, inputs, first + unit, units, some, start + unit, start_row,
                 target + unit, units, (int)vectors_at_once, 1);
    }
    for (; unit < units; unit += lanes_per_vector) {
      add_inputs(source + input, rows, inputs, first + unit, units, some, start + unit, start_row,
                 target + unit, units, 1, 1);
    }
  }
}

// MARK: - One version an instruction set

#define VERSION(attribute, name, suffix, vectors)                                               \
  attribute static void name##_##suffix(const float *source, size_t rows, size_t inputs,        \
                                        const float *weights, const float *bias, float *target, \
                                        size_t units) {                                         \
    name(vectors, source, rows, inputs, weights, bias, target, units);                          \
  }

VERSION(AVX512, dense, wide, vectors_if_wide)
VERSION(AVX512, dense_streamed, wide, vectors_if_wide)
VERSION(AVX2, dense, narrow, 1)
VERSION(AVX2, dense_streamed, narrow, 1)

void rf_dense(size_t vectors_at_once, const float *source, size_t rows, size_t inputs,
              const float *weights, const float *bias, float *target, size_t units) {
  (vectors_at_once == vectors_if_wide ? dense_wide : dense_narrow)(source, rows, inputs, weights,
                                                                   bias, target, units);
}

void rf_dense_streamed(size_t vectors_at_once, const float *source, size_t rows, size_t inputs,
                       const float *weights, const float *bias, float *target, size_t units) {
  (vectors_at_once == vectors_if_wide ? dense_streamed_wide : dense_streamed_narrow)(
      source, rows, inputs, weights, bias, target, units);
}
