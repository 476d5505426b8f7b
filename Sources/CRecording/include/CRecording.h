// The passes over memory that recording a site takes, for 16 floats at a time.
//
// Each function exists in one version an instruction set, which the caller names; all versions
// give the same bits. A square of a float is exact in double, so a fused multiply-add and a
// multiplication with an addition agree, and every lane adds its values in the order of rows.

#ifndef CRECORDING_H
#define CRECORDING_H

#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

typedef enum __attribute__((enum_extensibility(closed))) rf_instruction_set {
  rf_baseline,
  rf_avx2,
  rf_avx512
} rf_instruction_set;

/// The widest instruction set of this processor.
rf_instruction_set rf_best_instruction_set(void);

/// What is known of a run of values before it is recorded.
typedef struct rf_range {
  float minimum;
  float maximum;
  /// Not 0 if a value is NaN, infinite, or below 2^-133 without being 0: all else here may then be
  /// wrong, and `rf_record` must not see these values.
  uint16_t needs_care;
  /// The keys of the least and of the greatest magnitude that is not 0; the greatest is 0 if there
  /// is none.
  uint16_t least_key;
  uint16_t greatest_key;
} rf_range;

/// The interleaved tables that one value after the other goes to, so that equal neighbours do not
/// wait for each other's increment.
enum { rf_table_count = 2 };

/// The counters of one table, one for each upper half of a float's bit pattern.
enum { rf_bin_count = 65536 };

/// Accumulators, each an array with one element a lane.
typedef struct rf_lanes {
  float *minimum;
  float *maximum;
  double *sum;
  double *sum_of_squares;
} rf_lanes;

/// Accumulators of what ReLU makes of the values, each an array with one element a lane.
typedef struct rf_rectified_sums {
  double *sum;
  double *sum_of_squares;
} rf_rectified_sums;

/// y = x < 0 ? negative_slope * x : x, then at most upper_bound; NaN stays NaN.
typedef struct rf_rectifier {
  float negative_slope;
  float upper_bound;
} rf_rectifier;

/// Returns the range of `count` values.
rf_range rf_find_range(rf_instruction_set set, const float *values, size_t count);

/// Adds `rows` rows of `width` values, one lane each, to the accumulators and to the tables:
/// a counter `key * rf_table_count + i`, where i is any of a key's tables, and -0 counts as itself or
/// as 0. Sums up what ReLU makes of them, if there is a place for it. Rectifies them afterwards, if
/// told how.
void rf_record(rf_instruction_set set, float *values, size_t rows, size_t width, rf_lanes lanes,
               uint32_t *tables, const rf_rectified_sums *_Nullable rectified,
               const rf_rectifier *_Nullable rectifier);

/// Replaces `count` values by their rectified values.
void rf_rectify(rf_instruction_set set, float *values, size_t count, rf_rectifier rectifier);

/// Returns the first index from `start` on of a value that is at most `lower` or at least `upper`,
/// or `count` if there is none.
size_t rf_find_outside(rf_instruction_set set, const float *values, size_t start, size_t count,
                       float lower, float upper);

#pragma clang assume_nonnull end

#endif
