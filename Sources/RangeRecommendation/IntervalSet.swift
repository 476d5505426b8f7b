import ActivationProfiling
import RangeStatistics

/// One interval for each site of a profile, by one policy.
public struct IntervalSet: Sendable, Equatable {
  public let policy: IntervalPolicy
  /// Lower and upper ends, in the order of the profile's sites.
  public let bounds: [ClosedRange<Double>]
  /// The promise that the intervals carry, for the policies that make one.
  public let promise: InferencePromise?

  /// Makes the intervals.
  ///
  /// - Throws: `RecommendationError` if a site saw nothing, or the data cannot support the policy.
  public init(_ policy: IntervalPolicy, for profile: Profile) throws {
    self.policy = policy
    switch policy {
    case .minmax(let margin):
      bounds = try profile.sites.map { try $0.observedRange().widened(by: margin) }
      promise = nil
    case .quantile(let share):
      bounds = try profile.sites.map { try $0.middle(share, policy: policy) }
      promise = nil
    case .inference(let coverage, let confidence, let seed):
      for site in profile.sites { _ = try site.observedRange() }
      let calibration = try InferenceCalibration(
        profile.sites.map { ($0.name, $0.statistics.samples) }, coverage: coverage,
        confidence: confidence, seed: seed)
      bounds = calibration.bounds
      promise = calibration.promise
    }
  }
}

extension Profile.Site {
  /// The smallest and the largest finite value seen.
  ///
  /// - Throws: `RecommendationError.noValues` if there was none.
  func observedRange() throws -> ClosedRange<Double> {
    guard let minimum = statistics.minimum, let maximum = statistics.maximum else {
      throw RecommendationError.noValues(site: name)
    }
    return Double(minimum)...Double(maximum)
  }

  /// The middle share of all values, out to the outer edges of the bins at both ends.
  fileprivate func middle(_ share: Double, policy: IntervalPolicy) throws -> ClosedRange<Double> {
    _ = try observedRange()
    do {
      let lower = try statistics.quantile((1 - share) / 2)
      let upper = try statistics.quantile((1 + share) / 2)
      return lower.lower...upper.upper
    } catch .tooFewValues(_, let count, let needed) {
      throw RecommendationError.tooFewValues(
        policy: policy.label, site: name, found: count, needed: needed)
    }
  }
}

extension ClosedRange<Double> {
  /// The range with `factor` times the width and the same centre.
  fileprivate func widened(by factor: Double) -> ClosedRange<Double> {
    guard factor != 1 else { return self }
    let growth = (factor - 1) * (upperBound - lowerBound) / 2
    // Rounding may exchange the ends of a range narrowed to almost nothing.
    let lower = lowerBound - growth
    return lower...Swift.max(lower, upperBound + growth)
  }
}
