import Glibc
import RangeStatistics
import Testing

@testable import RangeRecommendation

@Suite("The law of inference intervals")
struct InferenceCoverageTests {
  private static let calibrations = 2000
  private static let freshInputs = 50

  /// Two sites that depend on each other: a normal number and a skewed one.
  private static func input(_ generator: inout SplitMix64) -> [ClosedRange<Float>] {
    let (x, y) = (generator.normal(), generator.normal())
    let skewed = exp(0.5 * x + 0.5 * y)
    return [
      Float(x - generator.unit())...Float(x + generator.unit()), Float(-skewed)...Float(3 * skewed),
    ]
  }

  private static func sites(
    _ inputs: [[ClosedRange<Float>]]
  ) throws -> [(name: String, extremes: SampleExtremes)] {
    try (0..<2).map { site in
      (
        "site\(site)",
        try SampleExtremes(
          indices: Array(inputs.indices), minima: inputs.map { $0[site].lowerBound },
          maxima: inputs.map { $0[site].upperBound }, seen: inputs.count)
      )
    }
  }

  /// How many of the fresh inputs leave an interval, for each of many calibrations.
  private static func escapes(
    inputs: Int, coverage: Double, confidence: Double
  ) throws -> (counts: [Int], rank: Int, scored: Int) {
    var generator = SplitMix64(seed: 2024)
    var promise: InferencePromise?
    let counts = try (0..<calibrations).map { _ in
      let result = try InferenceCalibration(
        sites((0..<inputs).map { _ in input(&generator) }), coverage: coverage,
        confidence: confidence, seed: generator.next())
      promise = result.promise
      return (0..<freshInputs).count { _ in
        zip(input(&generator), result.bounds).contains { range, bounds in
          !bounds.contains(Double(range.lowerBound)) || !bounds.contains(Double(range.upperBound))
        }
      }
    }
    return (counts, promise!.rank, promise!.scored)
  }

  /// The probabilities of 0, 1, …, m escapes: the Beta-binomial law with m, n + 1 − k and k.
  private static func law(rank k: Int, of n: Int) -> [Double] {
    let (m, a, b) = (Double(freshInputs), Double(n + 1 - k), Double(k))
    func logBeta(_ a: Double, _ b: Double) -> Double { lgamma(a) + lgamma(b) - lgamma(a + b) }
    return (0...freshInputs).map { escaped in
      let x = Double(escaped)
      return exp(
        lgamma(m + 1) - lgamma(x + 1) - lgamma(m - x + 1) + logBeta(x + a, m - x + b)
          - logBeta(a, b))
    }
  }

  /// The greatest distance between the distribution functions of counts and of a law.
  private static func distance(_ counts: [Int], _ law: [Double]) -> Double {
    var (expected, greatest) = (0.0, 0.0)
    for (escaped, probability) in law.enumerated() {
      expected += probability
      let observed = Double(counts.count { $0 <= escaped }) / Double(counts.count)
      greatest = max(greatest, abs(observed - expected))
    }
    return greatest
  }

  @Test(
    "Fresh inputs escape as the Beta-binomial law of the rank says, and not as that of the next.",
    arguments: [(40, 0.8, 0.5), (41, 0.7, 0.9), (24, 0.6, 0.8)])
  func escapesFollowTheLaw(inputs: Int, coverage: Double, confidence: Double) throws {
    let (counts, rank, scored) = try Self.escapes(
      inputs: inputs, coverage: coverage, confidence: confidence)
    #expect(scored == inputs / 2)
    #expect(rank < scored)
    // Exceeded with probability 1e-6 at most (Dvoretzky, Kiefer, Wolfowitz; Massart 1990).
    let limit = (log(2 / 1e-6) / (2 * Double(Self.calibrations))).squareRoot()
    #expect(Self.distance(counts, Self.law(rank: rank, of: scored)) < limit)
    #expect(Self.distance(counts, Self.law(rank: rank - 1, of: scored)) > limit)
    #expect(Self.distance(counts, Self.law(rank: rank + 1, of: scored)) > limit)
  }
}
