import Foundation
import RangeRecommendation
import RangeStatistics

/// Inputs whose extremes at every site are independent, with a known distribution.
struct SimulatedSource: Sendable {
  let name: String
  /// The probability of at most x for the maximum at a site, and for the mirrored minimum.
  let cumulative: @Sendable (Double) -> Double
  /// The number that is not exceeded with a probability.
  let quantile: @Sendable (Double) -> Double
  let sites: Int

  static let inputs = 8000
  static let heldOut = 1000

  static let all = [
    // F(x) = 1/2 + x/(2√(2 + x²)), and its inverse; |x| has twice the upper half.
    SimulatedSource(
      name: "|t₂|, 3 sites", cumulative: { $0 <= 0 ? 0 : $0 / (2 + $0 * $0).squareRoot() },
      quantile: { $0 * (2 / (1 - $0 * $0)).squareRoot() }, sites: 3),
    SimulatedSource(
      name: "Pareto, index 4, 5 sites", cumulative: { $0 <= 1 ? 0 : 1 - pow($0, -4) },
      quantile: { pow(1 - $0, -0.25) }, sites: 5),
    SimulatedSource(
      name: "exponential, 10 sites", cumulative: { $0 <= 0 ? 0 : -expm1(-$0) },
      quantile: { -log1p(-$0) }, sites: 10),
  ]

  /// Draws inputs: for each site their extremes.
  func draw(_ inputs: Int, _ generator: inout SplitMix64) -> [SampleExtremes] {
    func number() -> Float {
      Float(quantile((Double(generator.next() >> 11) + 0.5) * 0x1p-53))
    }
    return (0..<sites).map { _ in
      let minima = (0..<inputs).map { _ in -number() }
      let maxima = (0..<inputs).map { _ in number() }
      return try! SampleExtremes(
        indices: Array(0..<inputs), minima: minima, maxima: maxima, seen: inputs)
    }
  }

  /// The share of inputs that stay inside.
  func coverage(of bounds: [ClosedRange<Double>]) -> Double {
    bounds.reduce(1) { $0 * cumulative($1.upperBound) * cumulative(-$1.lowerBound) }
  }

  /// The factor on the calibration's shapes that holds exactly the given share.
  func oracle(_ calibration: InferenceCalibration, coverage: Double) -> Double {
    var (low, high) = (0.0, 1.0)
    func holds(_ factor: Double) -> Double {
      self.coverage(of: calibration.bounds(scaledBy: factor))
    }
    while holds(high) < coverage { high *= 2 }
    while high - low > 1e-9 * high {
      let middle = (low + high) / 2
      if holds(middle) < coverage { low = middle } else { high = middle }
    }
    return high
  }
}
