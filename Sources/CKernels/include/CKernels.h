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

#pragma clang assume_nonnull end

#endif
