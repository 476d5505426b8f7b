// Loops of the forward pass that oneDNN has not, or not as they are wanted, in one version an
// instruction set; the widest that the processor has is taken.

#ifndef CKERNELS_H
#define CKERNELS_H

#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

/// For each window i, writes the greatest value of each channel over the places
/// `places[ends[i - 1]..<ends[i]]` of the source, NaN if there is one. Windows have a place at
/// least; channels are the last axis.
void rf_max_pool(const float *source, float *target, const int32_t *places, const int32_t *ends,
                 size_t windows, size_t channels);

/// For each row of channels, writes `bias + alpha * (sum of squares of the channels at most radius
/// away)`. The radius is less than `channels`; the room has `channels + 2 * radius + 16` floats.
void rf_local_square_sum(const float *source, float *target, float *room, size_t rows,
                         size_t channels, size_t radius, float bias, float alpha);

/// Writes the powers `x^(quarters / 4)` for quarters 2, 3, -2 or -3, off by less than 2.5e-7 of the
/// value, and each times its factor, if there are factors. The target may be a source.
void rf_root(const float *source, const float *_Nullable factors, float *target, size_t count,
             int quarters);

/// How many vectors of 16 columns `rf_dense` and `rf_winograd` work on at once: 4 with AVX-512, 1 with
/// AVX2, and 0 on a processor that they were not written for. The results are the same bits.
size_t rf_vectors_at_once(void);

/// Puts a kernel `[inputs, units]` into the order that `rf_dense` wants, for which units are rounded up
/// to a multiple of 16.
void rf_dense_weights(size_t vectors_at_once, const float *kernel, size_t inputs, size_t units,
                      float *weights);

/// Writes `source [rows, inputs] * kernel [inputs, units] + bias [units]`; the bias is followed by as
/// many numbers as round it up to a multiple of 16. A row's result is the same bits whatever other
/// rows there are.
void rf_dense(size_t vectors_at_once, const float *source, size_t rows, size_t inputs,
              const float *weights, const float *bias, float *target, size_t units);

/// The same with weights that lie as the kernel does, of a multiple of 16 units; fast for few rows and
/// very many weights.
void rf_dense_streamed(size_t vectors_at_once, const float *source, size_t rows, size_t inputs,
                       const float *weights, const float *bias, float *target, size_t units);

/// A 3x3 or 5x5 convolution in steps of one, channels last, in groups if there are several.
typedef struct {
  /// 3 or 5.
  size_t kernel_side;
  size_t samples, height, width;
  /// Rows and columns of zeros before the first ones.
  size_t rows_before, columns_before;
  size_t target_height, target_width;
  /// Channels and filters are those of one group.
  size_t groups, channels, filters;
  /// What `rf_vectors_at_once` says, or 1 where that is 4.
  size_t vectors_at_once;
} rf_winograd_shape;

size_t rf_winograd_weight_count(const rf_winograd_shape *shape);

/// Makes the weights that `rf_winograd` wants of a kernel `[kernel_side, kernel_side, channels,
/// groups * filters]`.
void rf_winograd_weights(const rf_winograd_shape *shape, const float *kernel, float *weights);

/// The numbers that `rf_winograd` keeps while it runs.
size_t rf_winograd_workspace_count(const rf_winograd_shape *shape);

/// Convolves by Winograd's algorithm and adds the bias, one number a filter, and after that the
/// addend, if there is one: an array like the target, or the target itself.
void rf_winograd(const rf_winograd_shape *shape, const float *source,
                 const float *_Nullable addend, float *target, const float *weights,
                 const float *bias, float *workspace);

#pragma clang assume_nonnull end

#endif
