#include "CKernels.h"

#include <math.h>
#include <string.h>

#define INLINE static inline __attribute__((always_inline))

enum { lanes_per_vector = 16 };

typedef float floats __attribute__((ext_vector_type(lanes_per_vector)));

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

INLINE void local_square_sum(const float *restrict source, float *restrict target, size_t rows,
                             size_t channels, size_t radius, float bias, float alpha) {
  if (radius >= channels) radius = channels - 1;
  for (size_t row = 0; row < rows; row++, source += channels, target += channels) {
    for (size_t c = 0; c < channels; c++) target[c] = source[c] * source[c];
    for (size_t distance = 1; distance <= radius; distance++) {
      const float *before = source - distance, *after = source + distance;
      for (size_t c = distance; c < channels; c++) target[c] += before[c] * before[c];
      for (size_t c = 0; c < channels - distance; c++) target[c] += after[c] * after[c];
    }
    for (size_t c = 0; c < channels; c++) target[c] = bias + alpha * target[c];
  }
}

INLINE void root(const float *source, float *target, size_t count, int quarters) {
  const int is_inverse = quarters < 0, is_half = quarters == 2 || quarters == -2;
  for (size_t i = 0; i < count; i += lanes_per_vector) {
    size_t length = count - i < lanes_per_vector ? count - i : lanes_per_vector;
    floats x = 1;
    memcpy(&x, source + i, length == lanes_per_vector ? sizeof x : length * sizeof *source);
    x = __builtin_elementwise_sqrt(x);
    if (!is_half) x *= __builtin_elementwise_sqrt(x);
    if (is_inverse) x = 1 / x;
    memcpy(target + i, &x, length == lanes_per_vector ? sizeof x : length * sizeof *source);
  }
}

// MARK: - One version an instruction set

#define VERSION(suffix, attribute)                                                              \
  attribute static void max_pool_##suffix(const float *source, float *target,                   \
                                          const int32_t *places, const int32_t *ends,           \
                                          size_t windows, size_t channels) {                    \
    max_pool(source, target, places, ends, windows, channels);                                  \
  }                                                                                             \
  attribute static void local_square_sum_##suffix(const float *source, float *target,           \
                                                  size_t rows, size_t channels, size_t radius,  \
                                                  float bias, float alpha) {                    \
    local_square_sum(source, target, rows, channels, radius, bias, alpha);                      \
  }                                                                                             \
  attribute static void root_##suffix(const float *source, float *target, size_t count,         \
                                      int quarters) {                                           \
    root(source, target, count, quarters);                                                      \
  }

VERSION(baseline, )

#if defined(__x86_64__)

VERSION(avx2, __attribute__((target("avx2,fma"))))
VERSION(avx512, __attribute__((target("avx512f,avx512dq,avx512bw,avx512vl"), min_vector_width(512))))

#define DISPATCH(name, ...)                                                                     \
  do {                                                                                          \
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq")                 \
        && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl")) {          \
      return name##_avx512(__VA_ARGS__);                                                        \
    }                                                                                           \
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {                      \
      return name##_avx2(__VA_ARGS__);                                                          \
    }                                                                                           \
    return name##_baseline(__VA_ARGS__);                                                        \
  } while (0)

#else

#define DISPATCH(name, ...) return name##_baseline(__VA_ARGS__)

#endif

void rf_max_pool(const float *source, float *target, const int32_t *places, const int32_t *ends,
                 size_t windows, size_t channels) {
  DISPATCH(max_pool, source, target, places, ends, windows, channels);
}

void rf_local_square_sum(const float *source, float *target, size_t rows, size_t channels,
                         size_t radius, float bias, float alpha) {
  DISPATCH(local_square_sum, source, target, rows, channels, radius, bias, alpha);
}

void rf_root(const float *source, float *target, size_t count, int quarters) {
  DISPATCH(root, source, target, count, quarters);
}
