#include "CKernels.h"
#include "products.h"

// Winograd's F(4x4, 3x3) and F(2x2, 5x5): a tile of 4x4 or 2x2 results from 6x6 places with 36
// multiplications a pair of channels, where a direct convolution takes 144 or 100 (Lavin and Gray,
// "Fast Algorithms for Convolutional Neural Networks", 2015). Along an axis, six places d and three or
// five weights g give four or two results A'[(G g) * (B' d)], which multiplies two polynomials by
// their values at 0, a, -a, b, -b and infinity. B' depends on the points alone, and so is the same for
// both.
//
// What makes it fast: some tiles at a time go through all steps, so that what is between them stays
// in the second-level cache, and the products of 6 tiles and 64 filters stay in registers while the
// channels are added up. Results are channels last, as the rest of the network wants them.

enum {
  lanes = lanes_per_vector,
  side = 6,
  most_results = 4,
  most_weights = 5,
  positions = side * side,
  // What all blockings of registers divide: 6, 8 and 12 tiles.
  tiles_at_once = 24,
};

// The points: of those tried, they give the least rounding error, a fifth of what 1 and 2 give, and
// what is computed from them is exact.
#define POINT_A 0.625f
#define POINT_B 1.5f
static const float a = POINT_A, b = POINT_B;
static const float a2 = POINT_A * POINT_A, b2 = POINT_B * POINT_B;

INLINE size_t round_up(size_t count, size_t multiple) {
  return (count + multiple - 1) / multiple * multiple;
}

// The results of a tile along an axis.
INLINE size_t results_of(const rf_winograd_shape *shape) { return side + 1 - shape->kernel_side; }

INLINE size_t tile_rows(const rf_winograd_shape *shape) {
  return round_up(shape->target_height, results_of(shape)) / results_of(shape);
}

INLINE size_t tile_columns(const rf_winograd_shape *shape) {
  return round_up(shape->target_width, results_of(shape)) / results_of(shape);
}

// How many tiles go through all steps at once: as many as take a mebibyte, but at least 48, so that
// weights are not read too often. A heuristic, measured.
INLINE size_t tiles_in_block(const rf_winograd_shape *shape) {
  size_t each = positions * sizeof(float)
      * (round_up(shape->channels, lanes) + round_up(shape->filters, lanes));
  size_t tiles = (1 << 20) / each / tiles_at_once * tiles_at_once;
  size_t all = round_up(shape->samples * tile_rows(shape) * tile_columns(shape), tiles_at_once);
  return least(tiles < 48 ? 48 : tiles, all);
}

// MARK: - Weights

size_t rf_winograd_weight_count(const rf_winograd_shape *shape) {
  return shape->groups * positions * shape->channels * round_up(shape->filters, lanes);
}

// G, of which `kernel_side` columns are used.
INLINE void make_transform(size_t kernel_side, double transform[side][most_weights]) {
  const double points[side - 1] = {0, POINT_A, -POINT_A, POINT_B, -POINT_B};
  for (int p = 0; p < side - 1; p++) {
    double value = 1;
    for (int q = 0; q < side - 1; q++) {
      if (q != p) value /= points[p] - points[q];
    }
    for (size_t i = 0; i < kernel_side; i++, value *= points[p]) transform[p][i] = value;
  }
  for (size_t i = 0; i < kernel_side; i++) transform[side - 1][i] = i + 1 == kernel_side;
}

void rf_winograd_weights(const rf_winograd_shape *shape, const float *kernel, float *weights) {
  size_t kernel_side = shape->kernel_side;
  double transform[side][most_weights];
  make_transform(kernel_side, transform);

  size_t channels = shape->channels, filters = round_up(shape->filters, lanes);
  size_t all = shape->groups * shape->filters;
  for (size_t group = 0; group < shape->groups; group++) {
    for (size_t first = 0; first < filters;) {
      size_t width = panel_vectors(first, filters, shape->vectors_at_once) * lanes;
      for (size_t c = 0; c < channels; c++) {
        // The kernel transformed along its columns, and then along a row.
        double half[side][most_weights][4 * lanes] = {{{0}}}, whole[4 * lanes];
        for (size_t place = 0; place < kernel_side * kernel_side; place++) {
          const float *found = kernel + (place * channels + c) * all + group * shape->filters + first;
          for (size_t p = 0; p < side; p++) {
            double factor = transform[p][place / kernel_side];
            double *sums = half[p][place % kernel_side];
            for (size_t k = 0; k < least(width, shape->filters - first); k++) {
              sums[k] += factor * found[k];
            }
          }
        }
        for (size_t position = 0; position < positions; position++) {
          float *panel = weights + ((group * positions + position) * filters + first) * channels;
          memset(whole, 0, sizeof whole);
          for (size_t i = 0; i < kernel_side; i++) {
            double factor = transform[position % side][i], *h = half[position / side][i];
            for (size_t k = 0; k < width; k++) whole[k] += factor * h[k];
          }
          for (size_t k = 0; k < width; k++) panel[c * width + k] = (float)whole[k];
        }
      }
      first += width;
    }
  }
}

// MARK: - Transforms

// B' along one axis.
INLINE void transform_places(const floats d[side], floats t[side]) {
  floats even_a = d[4] - b2 * d[2], odd_a = a * (d[3] - b2 * d[1]);
  floats even_b = d[4] - a2 * d[2], odd_b = b * (d[3] - a2 * d[1]);
  t[0] = a2 * b2 * d[0] - (a2 + b2) * d[2] + d[4];
  t[1] = even_a + odd_a;
  t[2] = even_a - odd_a;
  t[3] = even_b + odd_b;
  t[4] = even_b - odd_b;
  t[5] = a2 * b2 * d[1] - (a2 + b2) * d[3] + d[5];
}

// A' along one axis.
INLINE void transform_products(const floats m[side], floats y[most_results], size_t results) {
  floats sum_a = m[1] + m[2], difference_a = m[1] - m[2];
  floats sum_b = m[3] + m[4], difference_b = m[3] - m[4];
  y[0] = m[0] + sum_a + sum_b;
  y[1] = a * difference_a + b * difference_b;
  if (results == 4) {
    y[2] = a2 * sum_a + b2 * sum_b;
    y[3] = a2 * a * difference_a + b2 * b * difference_b;
  }
  y[results - 1] += m[5];
}

// The tile whose upper left place is at `places`, 16 channels of it.
INLINE void enter_vector(const float *places, size_t row, size_t column, float *values,
                         size_t position) {
  floats half[side][side];
#pragma clang loop unroll(full)
  for (int x = 0; x < side; x++) {
    floats d[side], t[side];
#pragma clang loop unroll(full)
    for (int y = 0; y < side; y++) LOAD(d[y], places + (size_t)y * row + (size_t)x * column);
    transform_places(d, t);
#pragma clang loop unroll(full)
    for (int y = 0; y < side; y++) half[y][x] = t[y];
  }
#pragma clang loop unroll(full)
  for (int y = 0; y < side; y++) {
    floats t[side];
    transform_places(half[y], t);
#pragma clang loop unroll(full)
    for (int x = 0; x < side; x++) STORE(values + (size_t)(y * side + x) * position, t[x]);
  }
}

// 16 filters of a tile, of which some rows and columns lie in the target, and in the addend, if there
// is one. The number of results, and whether there is an addend, are constants where it is called.
INLINE void leave_vector(size_t results, const float *products, size_t position, const float *bias,
                         const float *addend, float *target, size_t row, size_t column, size_t rows,
                         size_t columns, size_t count) {
  floats half[most_results][side], offset = 0, added = 0;
  memcpy(&offset, bias, count * sizeof(float));
#pragma clang loop unroll(full)
  for (int x = 0; x < side; x++) {
    floats m[side], y[most_results];
#pragma clang loop unroll(full)
    for (int p = 0; p < side; p++) LOAD(m[p], products + (size_t)(p * side + x) * position);
    transform_products(m, y, results);
#pragma clang loop unroll(full)
    for (size_t p = 0; p < results; p++) half[p][x] = y[p];
  }
#pragma clang loop unroll(full)
  for (size_t p = 0; p < results; p++) {
    floats y[most_results];
    transform_products(half[p], y, results);
    if (p >= rows) continue;
#pragma clang loop unroll(full)
    for (size_t x = 0; x < results; x++) {
      floats value = y[x] + offset;
      size_t place = p * row + x * column;
      if (x >= columns) continue;
      if (count == lanes) {
        if (addend) LOAD(added, addend + place);
        value = addend ? value + added : value;
        STORE(target + place, value);
      } else {
        if (addend) memcpy(&added, addend + place, count * sizeof(float));
        value = addend ? value + added : value;
        memcpy(target + place, &value, count * sizeof(float));
      }
    }
  }
}

// MARK: - Products

// `products[t][k] = sum over c of values[t][c] * weights[c][k]` for all tiles and filters: so many at
// once that the registers hold the sums, of which AVX2 has half as many and half as long.
INLINE void multiply(const rf_winograd_shape *shape, int is_wide, const float *values,
                     size_t value_row, const float *weights, float *products, size_t product_row,
                     size_t tiles) {
  size_t channels = shape->channels;
  for (size_t first = 0; first < product_row;) {
    size_t vectors = panel_vectors(first, product_row, shape->vectors_at_once);
    const float *panel = weights + first * channels;
#define MULTIPLY(count, vectors)                                                              \
  for (size_t t = 0; t < tiles; t += count) {                                                 \
    multiply_rows(values + t * value_row, value_row, panel, vectors * lanes, channels, NULL,  \
                  0, products + t * product_row + first, product_row, count, vectors, 0);     \
  }                                                                                           \
  break
    switch (is_wide ? vectors : 0) {
      case 0: MULTIPLY(6, 1);
      case 1: MULTIPLY(12, 1);
      case 2: MULTIPLY(12, 2);
      case 3: MULTIPLY(8, 3);
      default: MULTIPLY(6, 4);
    }
#undef MULTIPLY
    first += vectors * lanes;
  }
}

// MARK: - All steps

// How far apart two positions' matrices of a block lie: a cache line more than they take, because
// distances that are multiples of a page's fraction would share few places of the cache.
INLINE size_t matrix_step(size_t tiles, size_t columns) { return tiles * columns + lanes; }

size_t rf_winograd_workspace_count(const rf_winograd_shape *shape) {
  size_t channels = round_up(shape->channels, lanes), filters = round_up(shape->filters, lanes);
  size_t block = tiles_in_block(shape);
  return positions * (matrix_step(block, channels) + matrix_step(block, filters) + channels);
}

// Copies a tile's places to `patch`, zeros where they lie outside or beyond the channels.
INLINE void copy_tile(const rf_winograd_shape *shape, const float *sample, size_t top, size_t left,
                      size_t channels, float *patch) {
  size_t column = shape->groups * shape->channels;
  memset(patch, 0, positions * channels * sizeof(float));
  for (size_t y = 0; y < side; y++) {
    // A place before the first row or column is a very large number.
    size_t source_row = top + y - shape->rows_before;
    if (source_row >= shape->height) continue;
    for (size_t x = 0; x < side; x++) {
      size_t source_column = left + x - shape->columns_before;
      if (source_column >= shape->width) continue;
      memcpy(patch + (y * side + x) * channels,
             sample + (source_row * shape->width + source_column) * column,
             shape->channels * sizeof(float));
    }
  }
}

INLINE void convolve_group(const rf_winograd_shape *shape, int is_wide, const float *source,
                           const float *addend, float *target, const float *weights,
                           const float *bias, float *workspace) {
  size_t channels = round_up(shape->channels, lanes), filters = round_up(shape->filters, lanes);
  size_t source_column = shape->groups * shape->channels;
  size_t target_column = shape->groups * shape->filters;
  size_t results = results_of(shape), rows = tile_rows(shape), columns = tile_columns(shape);
  size_t all = shape->samples * rows * columns, block = tiles_in_block(shape);
  size_t value_step = matrix_step(block, channels), product_step = matrix_step(block, filters);
  float *values = workspace, *products = values + positions * value_step;
  float *patch = products + positions * product_step;

  for (size_t start = 0; start < all; start += block) {
    size_t tiles = least(block, all - start), padded = round_up(tiles, tiles_at_once);
    for (size_t t = 0; t < padded; t++) {
      float *entered = values + t * channels;
      if (t >= tiles) {
        for (size_t p = 0; p < positions; p++) {
          memset(entered + p * value_step, 0, channels * sizeof(float));
        }
        continue;
      }
      size_t tile = start + t, sample = tile / (rows * columns);
      size_t top = tile / columns % rows * results, left = tile % columns * results;
      const float *places = source + sample * shape->height * shape->width * source_column;
      size_t place_row = shape->width * source_column, place_column = source_column;
      if (shape->channels == channels && top >= shape->rows_before
          && left >= shape->columns_before && top - shape->rows_before + side <= shape->height
          && left - shape->columns_before + side <= shape->width) {
        places += ((top - shape->rows_before) * shape->width + left - shape->columns_before)
            * source_column;
      } else {
        copy_tile(shape, places, top, left, channels, patch);
        places = patch;
        place_row = side * channels;
        place_column = channels;
      }
      for (size_t c = 0; c < channels; c += lanes) {
        enter_vector(places + c, place_row, place_column, entered + c, value_step);
      }
    }
    for (size_t p = 0; p < positions; p++) {
      multiply(shape, is_wide, values + p * value_step, channels,
               weights + p * shape->channels * filters, products + p * product_step, filters,
               padded);
    }
    for (size_t t = 0; t < tiles; t++) {
      size_t tile = start + t, sample = tile / (rows * columns);
      size_t top = tile / columns % rows * results, left = tile % columns * results;
      size_t place
          = ((sample * shape->target_height + top) * shape->target_width + left) * target_column;
#define LEAVE(results, addend)                                                                 \
  for (size_t k = 0; k < filters; k += lanes) {                                               \
    leave_vector(results, products + t * filters + k, product_step, bias + k, addend,         \
                 target + place + k, shape->target_width * target_column, target_column,      \
                 shape->target_height - top, shape->target_width - left,                      \
                 least(lanes, shape->filters - k));                                           \
  }
      if (results == 4 && addend) {
        LEAVE(4, addend + place + k)
      } else if (results == 4) {
        LEAVE(4, NULL)
      } else if (addend) {
        LEAVE(2, addend + place + k)
      } else {
        LEAVE(2, NULL)
      }
#undef LEAVE
    }
  }
}

INLINE void convolve(const rf_winograd_shape *shape, int is_wide, const float *source,
                     const float *addend, float *target, const float *weights, const float *bias,
                     float *workspace) {
  for (size_t group = 0; group < shape->groups; group++) {
    convolve_group(shape, is_wide, source + group * shape->channels,
                   addend ? addend + group * shape->filters : NULL, target + group * shape->filters,
                   weights + group * rf_winograd_weight_count(shape) / shape->groups,
                   bias + group * shape->filters, workspace);
  }
}

#define CONVOLVE(attribute, name, is_wide)                                                      \
  attribute static void name(const rf_winograd_shape *shape, const float *source,             \
                             const float *addend, float *target, const float *weights,        \
                             const float *bias, float *workspace) {                            \
    convolve(shape, is_wide, source, addend, target, weights, bias, workspace);                \
  }

CONVOLVE(AVX512, convolve_wide, 1)
CONVOLVE(AVX2, convolve_narrow, 0)

void rf_winograd(const rf_winograd_shape *shape, const float *source, const float *addend,
                 float *target, const float *weights, const float *bias, float *workspace) {
  void (*convolve)(const rf_winograd_shape *, const float *, const float *, float *, const float *,
                   const float *, float *)
      = shape->vectors_at_once == vectors_if_wide ? convolve_wide : convolve_narrow;
  convolve(shape, source, addend, target, weights, bias, workspace);
}
