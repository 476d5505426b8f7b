// Products of matrices, a few rows at a time.

#ifndef CKERNELS_PRODUCTS_H
#define CKERNELS_PRODUCTS_H

#include "vectors.h"

// The vectors of a row that stay in registers with AVX-512; with AVX2 it is one.
enum { vectors_if_wide = 4 };

// How far ahead weights are asked for, in floats: the next panel's of the same row. A heuristic.
enum { weights_ahead = 4 * lanes_per_vector };

// A row's address is that of every third row, plus up to twice the rows' distance: processors add that
// as they load.
enum { rows_a_base = 3, most_rows = 12, bases = most_rows / rows_a_base };

// Adds the products of one channel.
INLINE void add_channel(floats sums[most_rows][4], const float *const base[bases], size_t value_row,
                        size_t channel, const float *weights, int rows, int vectors,
                        int in_advance) {
  floats w[4];
#pragma clang loop unroll(full)
  for (int v = 0; v < vectors; v++) {
    LOAD(w[v], weights + v * lanes_per_vector);
    if (in_advance) __builtin_prefetch(weights + weights_ahead + v * lanes_per_vector);
  }
#pragma clang loop unroll(full)
  for (int r = 0; r < rows; r++) {
    floats x = (base[r / rows_a_base] + channel)[(size_t)(r % rows_a_base) * value_row];
#pragma clang loop unroll(full)
    for (int v = 0; v < vectors; v++) sums[r][v] += x * w[v];
  }
}

// `products[r][k] = start[r][k] + sum over c of values[r][c] * weights[c][k]` for some rows and
// 16 * vectors columns, which stay in registers while the channels are added up: at most 24 vectors with
// AVX-512, 6 rows of 4, and 6 with AVX2. Without a start, sums start at zero. How many rows and vectors
// they are, whether there is a start, and whether weights are asked for in advance, are constants
// where it is called.
//
// With AVX2 a channel's 12 multiplications leave room for little else, so that addresses are computed
// once for several channels: a dense layer takes an eighth less time.
INLINE void multiply_rows(const float *values, size_t value_row, const float *weights,
                          size_t weight_row, size_t channels, const float *start, size_t start_row,
                          float *products, size_t product_row, int rows, int vectors,
                          int in_advance) {
  floats sums[most_rows][4];
#pragma clang loop unroll(full)
  for (int r = 0; r < rows; r++) {
#pragma clang loop unroll(full)
    for (int v = 0; v < vectors; v++) {
      sums[r][v] = 0;
      if (start) LOAD(sums[r][v], start + (size_t)r * start_row + v * lanes_per_vector);
    }
  }
  const float *base[bases];
#pragma clang loop unroll(full)
  for (int i = 0; i * rows_a_base < rows; i++) {
    base[i] = values + (size_t)(i * rows_a_base) * value_row;
  }
  // Where weights come from memory, more at once take longer.
  int channels_at_once = in_advance ? 2 : 4;
  size_t c = 0;
  for (; c + (size_t)channels_at_once <= channels; c += (size_t)channels_at_once) {
#pragma clang loop unroll(full)
    for (int i = 0; i * rows_a_base < rows; i++) {
      // The compiler must not see how bases differ, or it adds up all addresses one by one.
      __asm__("" : "+r"(base[i]));
    }
#pragma clang loop unroll(full)
    for (int i = 0; i < channels_at_once; i++) {
      add_channel(sums, base, value_row, (size_t)i, weights + (size_t)i * weight_row, rows, vectors,
                  in_advance);
    }
#pragma clang loop unroll(full)
    for (int i = 0; i * rows_a_base < rows; i++) base[i] += channels_at_once;
    weights += (size_t)channels_at_once * weight_row;
  }
#pragma clang loop unroll(disable)
  for (size_t i = 0; i < channels - c; i++, weights += weight_row) {
    add_channel(sums, base, value_row, i, weights, rows, vectors, in_advance);
  }
#pragma clang loop unroll(full)
  for (int r = 0; r < rows; r++) {
#pragma clang loop unroll(full)
    for (int v = 0; v < vectors; v++) {
      STORE(products + (size_t)r * product_row + v * lanes_per_vector, sums[r][v]);
    }
  }
}

// The vectors of columns from one on that are multiplied at once: a panel, in which each channel's
// weights lie side by side. All are but the last ones as wide as can be.
INLINE size_t panel_vectors(size_t column, size_t columns, size_t vectors_at_once) {
  return least((columns - column) / lanes_per_vector, vectors_at_once);
}

#endif
