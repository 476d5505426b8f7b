import Glibc
import RangeStatistics

/// What an `inference` interval set promises, and from what.
public struct InferencePromise: Hashable, Sendable, Codable {
  /// The share of new inputs that stay inside every interval at once.
  public let coverage: Double
  public let confidence: Double
  /// The inputs whose scores were ranked (the second half).
  public let scored: Int
  /// The rank of the score that scales the intervals, from 1.
  public let rank: Int
  /// The factor on the first half's own ranges.
  public let factor: Double
  public let seed: UInt64

  /// The expectation of the probability that a new input leaves some interval, which is distributed
  /// as Beta(n + 1 − k, k).
  public var expectedEscape: Double { Double(scored + 1 - rank) / Double(scored + 1) }
}

/// Split calibration of all sites' intervals at once.
///
/// Values inside one input depend on each other, so the input is the unit. The first half of the
/// inputs, by a seeded permutation, gives each site a centre and two half-widths. An input of the
/// second half scores the least factor by which all half-widths must be scaled to hold it. Scaled
/// by the k-th smallest of n scores, the intervals hold a new input with a probability that is
/// distributed as Beta(k, n + 1 − k) over draws of the calibration set (Vovk, Conditional validity
/// of inductive conformal predictors, 2012; Wilks 1941 for one site).
public struct InferenceCalibration: Sendable {
  public let bounds: [ClosedRange<Double>]
  public let promise: InferencePromise
  /// The share of its widths by which the intervals may be too wide, with the promise's confidence:
  /// how far the lower confidence limit of the factor that is just enough lies below the upper one,
  /// which is the promise's; 1 if there is no lower limit.
  public let slack: Double
  /// The inputs whose scores were ranked, by their places in the extremes, ascending.
  public let scoredInputs: [Int]
  private let shapes: [SiteScale]

  /// Calibrates the intervals of sites that saw the same inputs.
  ///
  /// - Parameter inputsLeaving: The inputs to ask for, so that a number of them is left here.
  /// - Throws: `RecommendationError.tooFewInputs`, `.noScale`.
  public init(
    _ sites: [(name: String, extremes: SampleExtremes)], coverage: Double, confidence: Double,
    seed: UInt64, inputsLeaving: (Int) -> Int = { $0 }
  ) throws(RecommendationError) {
    let label = IntervalPolicy.inference(
      coverage: coverage, confidence: confidence, seed: seed
    ).label
    let extremes = sites.map(\.extremes)
    let inputs = extremes.first?.minima.count ?? 0
    var generator = SplitMix64(seed: seed)
    let order = generator.permutation(of: inputs)
    // An odd input goes to the first half, so that twice the scores needed are the inputs needed.
    let (first, second) = (order.dropLast(inputs / 2), order.suffix(inputs / 2))
    guard
      let rank = ToleranceInterval.rank(
        samples: second.count, coverage: coverage, confidence: confidence)
    else {
      throw Self.refusal(
        label, inputs: inputs, coverage: coverage, confidence: confidence, inputsLeaving)
    }

    let shapes = extremes.map { SiteScale($0, inputs: first) }
    let scores = second.map { shapes.factor(holding: extremes, input: $0) }.sorted()
    let factor = scores[rank - 1]
    guard factor.isFinite else {
      let culprit = sites.indices.first { site in
        second.contains { !shapes[site].factor(holding: extremes[site], input: $0).isFinite }
      }!
      throw RecommendationError.noScale(policy: label, site: sites[culprit].name)
    }
    self.shapes = shapes
    let lower = ToleranceInterval.lowerRank(
      samples: scores.count, coverage: coverage, confidence: confidence)
    slack = factor > 0 ? 1 - (lower.map { scores[$0 - 1] } ?? 0) / factor : 0
    scoredInputs = second.sorted()
    bounds = shapes.map { $0.bounds(scaledBy: factor) }
    promise = InferencePromise(
      coverage: coverage, confidence: confidence, scored: second.count, rank: rank,
      factor: factor, seed: seed)
  }

  /// The intervals with another factor in place of that of the promise.
  public func bounds(scaledBy factor: Double) -> [ClosedRange<Double>] {
    shapes.map { $0.bounds(scaledBy: factor) }
  }

  /// For each input, the least factor whose intervals hold it at all sites.
  ///
  /// - Precondition: The sites are those of the calibration, and saw the same inputs.
  public func scores(of extremes: [SampleExtremes]) -> [Double] {
    precondition(extremes.count == shapes.count, "extremes of other sites")
    return (extremes.first?.minima.indices ?? 0..<0).map {
      shapes.factor(holding: extremes, input: $0)
    }
  }

  /// The error for a promise that the number of inputs cannot support, with what it can.
  private static func refusal(
    _ label: String, inputs: Int, coverage: Double, confidence: Double,
    _ inputsLeaving: (Int) -> Int
  ) -> RecommendationError {
    let needed = 2 * ToleranceInterval.samplesNeeded(coverage: coverage, confidence: confidence)
    // Rounded down to thousandths, and away from one that is met exactly but for rounding, so that
    // what is offered is possible.
    let scored = Double(inputs / 2)
    let most = scored > 0 ? exp(log1p(-confidence) / scored) * 1000 * (1 - 1e-9) : 0
    let possible = most >= 500 ? "--coverage \((most.rounded(.down) / 1000).shortText)" : nil
    return .tooFewInputs(
      policy: label, found: inputs, needed: inputsLeaving(needed), possible: possible)
  }
}

/// The centre and half-widths of one site, from the first half of the inputs.
private struct SiteScale: Sendable {
  let centre: Double
  let below: Double
  let above: Double

  init(_ extremes: SampleExtremes, inputs: some Collection<Int>) {
    let finite = inputs.filter { extremes.minima[$0] <= extremes.maxima[$0] }
    let minima = finite.map { Double(extremes.minima[$0]) }
    let maxima = finite.map { Double(extremes.maxima[$0]) }
    centre =
      finite.isEmpty ? 0 : (minima.reduce(0, +) + maxima.reduce(0, +)) / Double(2 * finite.count)
    below = max(centre - (minima.min() ?? centre), 0)
    above = max((maxima.max() ?? centre) - centre, 0)
  }

  /// The least factor on both half-widths that holds an input's extremes; 0 if it has no values.
  func factor(holding extremes: SampleExtremes, input: Int) -> Double {
    let (minimum, maximum) = (Double(extremes.minima[input]), Double(extremes.maxima[input]))
    guard minimum <= maximum else { return 0 }
    return max(Self.ratio(centre - minimum, below), Self.ratio(maximum - centre, above))
  }

  private static func ratio(_ distance: Double, _ halfWidth: Double) -> Double {
    distance <= 0 ? 0 : distance / halfWidth
  }

  /// The interval, with room for the rounding of the factor; a single number if the first half saw
  /// no other.
  func bounds(scaledBy factor: Double) -> ClosedRange<Double> {
    guard below > 0 || above > 0 else { return centre...centre }
    let scale = factor * (1 + 8 * Double.ulpOfOne)
    return (centre - scale * below).nextDown...(centre + scale * above).nextUp
  }
}

extension [SiteScale] {
  /// The least factor that holds an input at all sites.
  fileprivate func factor(holding extremes: [SampleExtremes], input: Int) -> Double {
    zip(self, extremes).reduce(0.0) { Swift.max($0, $1.0.factor(holding: $1.1, input: input)) }
  }
}
