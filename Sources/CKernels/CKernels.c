#include "CKernels.h"
#include "vectors.h"

#include <float.h>

// Vectors are passed to functions that are always inlined: no call depends on how.
#pragma clang diagnostic ignored "-Wpsabi"

typedef int32_t integers __attribute__((ext_vector_type(lanes_per_vector)));

// MARK: - Pooling

// A comparison with NaN is false, so that a NaN on either side is what is left.
INLINE void raise_vector(floats *greatest, const float *address) {
  floats x;
  memcpy(&x, address, sizeof x);
  *greatest = ((*greatest <= x) | (x != x)) ? x : *greatest;
}
INLINE void raise(float *greatest, float x) {
  if (*greatest <= x || x != x) *greatest = x;
}

INLINE void max_pool(const float *source, float *target, const int32_t *places,
                     const int32_t *ends, size_t windows, size_t channels) {
  const int32_t *place = places;
  for (size_t window = 0; window < windows; window++, target += channels) {
    const int32_t *end = places + ends[window];
    size_t channel = 0;
    for (; channel + lanes_per_vector <= channels; channel += lanes_per_vector) {
      floats greatest;
      memcpy(&greatest, source + (size_t)*place * channels + channel, sizeof greatest);
      for (const int32_t *next = place + 1; next < end; next++) {
        raise_vector(&greatest, source + (size_t)*next * channels + channel);
      }
      memcpy(target + channel, &greatest, sizeof greatest);
    }
    for (; channel < channels; channel++) {
      float greatest = source[(size_t)*place * channels + channel];
      for (const int32_t *next = place + 1; next < end; next++) {
        raise(&greatest, source[(size_t)*next * channels + channel]);
      }
      target[channel] = greatest;
    }
    place = end;
  }
}

// MARK: - Local response normalisation

// How far ahead to ask for memory, in floats; a heuristic. A page ahead, which the processor does not
// look by itself, takes a fifth off numbers that are not in the cache.
enum { ahead = 1024 };

INLINE void local_square_sum(const float *restrict source, float *restrict target,
                             float *restrict room, size_t rows, size_t channels, size_t radius,
                             float bias, float alpha) {
  // Zeros around the squares of a row stand for the channels that are not there.
  memset(room, 0, (channels + 2 * radius + lanes_per_vector) * sizeof(float));
  for (size_t row = 0; row < rows; row++, source += channels, target += channels) {
    for (size_t c = 0; c < channels; c++) room[radius + c] = source[c] * source[c];
    for (size_t c = 0; c < channels; c += lanes_per_vector) {
      __builtin_prefetch(source + c + ahead);
      __builtin_prefetch(target + c + ahead, 1);
      floats sum = 0;
      for (size_t neighbour = 0; neighbour <= 2 * radius; neighbour++) {
        floats square;
        memcpy(&square, room + c + neighbour, sizeof square);
        sum += square;
      }
      sum = bias + alpha * sum;
      size_t length = channels - c < lanes_per_vector ? channels - c : lanes_per_vector;
      memcpy(target + c, &sum, length == lanes_per_vector ? sizeof sum : length * sizeof *target);
    }
  }
}

// x^(quarters / 4) by square roots and a division.
INLINE floats root_of_any(floats x, int quarters) {
  floats y = __builtin_elementwise_sqrt(x);
  if (quarters == 3 || quarters == -3) y *= __builtin_elementwise_sqrt(y);
  return quarters < 0 ? 1 / y : y;
}

// x^(quarters / 4) for quarters -2 or -3 and a normal x, off by less than 2e-7 of the value, in less
// than half the time of `root_of_any`.
//
// With z near x^(-1/4) and r = 1 - x z^4, the root is z (1 - r)^(-1/4), whose series is cut off:
// once to make z better, and once for the power that is wanted. The first z, off by 5 % at most, is
// the pattern of x taken for its logarithm (Lomont 2003 does so for x^(-1/2)).
INLINE floats inverse_root_of_normal(floats x, int quarters) {
  integers pattern;
  memcpy(&pattern, &x, sizeof pattern);
  pattern = 0x4F58D500 - (pattern >> 2);
  floats z;
  memcpy(&z, &pattern, sizeof z);
  floats square = z * z, ratio = x * square;
  floats r = 1 - ratio * square;
  z += z * (r * (1 / 4.0f + r * (5 / 32.0f + r * (15 / 128.0f))));
  square = z * z, ratio = x * square;
  r = 1 - ratio * square;
  floats power = quarters == -3 ? z * square : square;
  float exponent = (float)-quarters / 4;
  return power + power * (r * (exponent + r * (exponent * (exponent + 1) / 2)));
}

INLINE floats root_vector(floats x, int quarters) {
  if (quarters > 0) return root_of_any(x, quarters);
  floats y = inverse_root_of_normal(x, quarters);
  // Each lane has what it has whatever the others hold: they may be left from another batch.
  integers is_normal = (x >= FLT_MIN) & (x <= FLT_MAX);
  if (!__builtin_reduce_and(is_normal)) y = is_normal ? y : root_of_any(x, quarters);
  return y;
}

INLINE void roots(const float *source, const float *factors, float *target, size_t count,
                  int quarters) {
  size_t i = 0;
  for (; i + lanes_per_vector <= count; i += lanes_per_vector) {
    floats x, factor;
    __builtin_prefetch(source + i + ahead);
    memcpy(&x, source + i, sizeof x);
    x = root_vector(x, quarters);
    if (factors) {
      __builtin_prefetch(factors + i + ahead);
      memcpy(&factor, factors + i, sizeof factor);
      x *= factor;
    }
    memcpy(target + i, &x, sizeof x);
  }
  for (; i < count; i++) {
    floats x = root_vector(source[i], quarters);
    target[i] = factors ? x[0] * factors[i] : x[0];
  }
}

// Versions, so that the common case has no instruction for the others.
INLINE void root(const float *source, const float *factors, float *target, size_t count,
                 int quarters) {
  if (factors && quarters == -3) {
    roots(source, factors, target, count, -3);
  } else if (factors) {
    roots(source, factors, target, count, quarters);
  } else {
    roots(source, NULL, target, count, quarters);
  }
}

// MARK: - One version an instruction set

#define VERSION(suffix, attribute)                                                              \
  attribute static void max_pool_##suffix(const float *source, float *target,                   \
                                          const int32_t *places, const int32_t *ends,           \
                                          size_t windows, size_t channels) {                    \
    max_pool(source, target, places, ends, windows, channels);                                  \
  }                                                                                             \
  attribute static void local_square_sum_##suffix(                                              \
      const float *source, float *target, float *room, size_t rows, size_t channels,            \
      size_t radius, float bias, float alpha) {                                                 \
    local_square_sum(source, target, room, rows, channels, radius, bias, alpha);                \
  }                                                                                             \
  attribute static void root_##suffix(const float *source, const float *factors, float *target, \
                                      size_t count, int quarters) {                             \
    root(source, factors, target, count, quarters);                                             \
  }

VERSION(baseline, )

#if defined(__x86_64__)

VERSION(avx2, AVX2)
VERSION(avx512, AVX512)

#define DISPATCH(name, ...)                                                                     \
  do {                                                                                          \
    if (has_avx512()) return name##_avx512(__VA_ARGS__);                                        \
    if (has_avx2()) return name##_avx2(__VA_ARGS__);                                            \
    return name##_baseline(__VA_ARGS__);                                                        \
  } while (0)

#else

#define DISPATCH(name, ...) return name##_baseline(__VA_ARGS__)

#endif

void rf_max_pool(const float *source, float *target, const int32_t *places, const int32_t *ends,
                 size_t windows, size_t channels) {
  DISPATCH(max_pool, source, target, places, ends, windows, channels);
}

void rf_local_square_sum(const float *source, float *target, float *room, size_t rows,
                         size_t channels, size_t radius, float bias, float alpha) {
  DISPATCH(local_square_sum, source, target, room, rows, channels, radius, bias, alpha);
}

void rf_root(const float *source, const float *factors, float *target, size_t count,
             int quarters) {
  DISPATCH(root, source, factors, target, count, quarters);
}
