import Glibc
import Testing

@testable import RangeStatistics

@Suite("Quantiles of a site")
struct QuantileTests {
  /// NumPy's default quantile of sorted values.
  private func exactQuantile(_ sorted: [Float], _ level: Double) -> Double {
    let position = level * Double(sorted.count - 1)
    let rank = Int(position)
    let below = Double(sorted[rank])
    guard rank + 1 < sorted.count else { return below }
    return below + (position - Double(rank)) * (Double(sorted[rank + 1]) - below)
  }

  private static let distributions: [@Sendable (inout SplitMix64) -> Float] = [
    { Float($0.normal()) }, { Float(exp($0.normal())) }, { max(0, Float($0.normal())) },
    { Float($0.normal() * 1e-39) }, { Float(Int($0.normal() * 3)) }, { Float(5 + $0.normal()) },
    { Float($0.normal() * 1e38) }, { _ in -0.0 },
  ]

  @Test("The bounds hold the exact quantile, whatever the distribution and the seed.")
  func boundsAreCertain() throws {
    for seed in 0..<10 {
      for (index, distribution) in Self.distributions.enumerated() {
        var generator = SplitMix64(seed: UInt64(1000 * seed + index))
        let values = (0..<2000).map { _ in distribution(&generator) }.filter(\.isFinite)
        let seen = statistics(of: values, channels: 1, valuesPerSample: 1)
        let sorted = values.sorted()
        for _ in 0..<10 {
          let level = 0.001 + 0.998 * generator.unit()
          let estimate = try seen.quantile(level)
          let exact = exactQuantile(sorted, level)
          #expect(estimate.lower <= exact && exact <= estimate.upper)
          #expect(estimate.lower <= estimate.value && estimate.value <= estimate.upper)
        }
      }
    }
  }

  @Test("Small sets, whose values are all listed, have exact quantiles.")
  func smallSets() throws {
    var generator = SplitMix64(seed: 51)
    let values = (0..<64).map { _ in Float(generator.normal()) }
    let seen = statistics(of: values, channels: 1, valuesPerSample: 1)
    let sorted = values.sorted()
    for level in stride(from: 0.02, to: 0.98, by: 0.01) {
      #expect(try seen.quantile(level).value == exactQuantile(sorted, level))
    }
  }

  private static let levels = [1e-4, 0.001, 0.01, 0.05, 0.1, 0.25, 0.75, 0.9, 0.99, 0.999, 0.9999]

  /// Inverse distribution functions: logistic, and exponential with a half of zeros.
  private static let inverses: [@Sendable (Double) -> Float] = [
    { Float(log($0 / (1 - $0))) }, { Float(max(0, -log(2 - 2 * $0))) },
  ]

  @Test("On a million evenly spread values, estimates are within 1e-4 of the exact quantile.")
  func accuracyOfInterpolation() throws {
    for inverse in Self.inverses {
      let sorted = (0..<1_000_000).map { inverse((Double($0) + 0.5) / 1_000_000) }
      let seen = statistics(of: sorted, channels: 10, valuesPerSample: 1000)
      for level in Self.levels {
        let exact = exactQuantile(sorted, level)
        let estimate = try seen.quantile(level)
        // Where a bin holds few values, they lie anywhere in it: one mean distance is added.
        let count = seen.histogram.counts[BFloat16Histogram.key(of: Float(exact))]
        let distance = (estimate.upper - estimate.lower) / Double(count)
        let error = (estimate.value - exact).magnitude
        #expect(error <= 1e-4 * exact.magnitude + distance, "\(level): \(error) beside \(exact)")
      }
    }
  }

  @Test("On random values, estimates are within the bins' sampling error.")
  func accuracyOnRandomValues() throws {
    for distribution in Self.distributions[0..<3] {
      var generator = SplitMix64(seed: 52)
      let sorted = (0..<200_000).map { _ in distribution(&generator) }.sorted()
      let seen = statistics(of: sorted, channels: 10, valuesPerSample: 1000)
      for level in Self.levels {
        let exact = exactQuantile(sorted, level)
        let estimate = try seen.quantile(level)
        // A random value's place among c others in a bin has a standard deviation of at most
        // 1/(2√c) bin widths. Four of them, and 1e-4 for the interpolation.
        let count = seen.histogram.counts[BFloat16Histogram.key(of: Float(exact))]
        let deviation = (estimate.upper - estimate.lower) / (2 * Double(count).squareRoot())
        let error = (estimate.value - exact).magnitude
        #expect(error <= 4 * deviation + 1e-4 * exact.magnitude, "\(level): \(error)")
      }
    }
  }

  @Test("Among zeros the quantile is exactly zero.")
  func zeros() throws {
    let values = (0..<1000).map { Float(bitPattern: UInt32(max(0, $0 - 600))) }
    let estimate = try statistics(of: values, channels: 1, valuesPerSample: 1).quantile(0.5)
    #expect(estimate == QuantileEstimate(level: 0.5, value: 0, lower: 0, upper: 0))
  }

  @Test("A level that the count does not support is refused, and the needed count supports it.")
  func unsupportedLevels() throws {
    func seen(_ count: Int) -> SiteStatistics {
      statistics(of: (0..<count).map { Float($0) }, channels: 1, valuesPerSample: 1)
    }
    for (level, needed) in [(0.01, 100), (0.999, 1000), (0.5, 2), (0.3, 4)] {
      #expect(
        throws: QuantileError.tooFewValues(
          level: level, count: UInt64(needed - 1), needed: UInt64(needed))
      ) { try seen(needed - 1).quantile(level) }
      #expect(try seen(needed).quantile(level).level == level)
    }
    #expect(throws: QuantileError.tooFewValues(level: 0.5, count: 0, needed: 2)) {
      try seen(0).quantile(0.5)
    }
  }

  @Test("A level outside the open interval from 0 to 1 is refused.", arguments: [0, 1, -0.1, 2])
  func levelsOutside(level: Double) {
    #expect(throws: QuantileError.levelOutsideRange(level)) {
      try statistics(of: [1, 2], channels: 1, valuesPerSample: 1).quantile(level)
    }
  }

  @Test("The messages name the fault and what to do.")
  func messages() {
    #expect(
      QuantileError.levelOutsideRange(1.5).description
        == "no quantile has the level 1.5; it lies between 0 and 1, and the ends are the minimum "
        + "and the maximum")
    #expect(
      QuantileError.tooFewValues(level: 0.999, count: 10, needed: 1000).description
        == "10 values do not support the quantile of level 0.999; it takes 1000")
  }
}
