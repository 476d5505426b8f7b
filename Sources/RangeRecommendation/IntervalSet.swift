import ActivationProfiling
import RangeStatistics

/// One interval for each site of a profile, by one policy.
public struct IntervalSet: Sendable, Equatable {
  public let policy: IntervalPolicy
  /// What the policy says of each site, in the order of the profile's sites.
  public let outcomes: [Outcome]
  /// The promise that the intervals carry, for the `inference` policy.
  public let promise: InferencePromise?

  /// What a policy says of one site.
  public enum Outcome: Sendable, Equatable {
    case interval(ClosedRange<Double>)
    /// An interval that extrapolates, and the models that it comes from.
    case tail(ClosedRange<Double>, TailPair)
    /// An interval that was proved, and its width over that of the observed range; `nil` if that
    /// has none.
    case certified(ClosedRange<Double>, ratio: Double?)
    /// There is no interval, for this reason.
    case refused(String)
  }

  /// The intervals; `nil` for a site that the policy refuses.
  public var bounds: [ClosedRange<Double>?] { outcomes.map(\.bounds) }

  /// Makes the intervals from all inputs of a profile.
  ///
  /// - Throws: `RecommendationError` if a site saw nothing, or the data cannot support the policy
  ///   for any site.
  public init(_ policy: IntervalPolicy, for profile: Profile) throws {
    try self.init(policy, for: CalibrationInputs(profile))
  }

  /// Makes the intervals.
  ///
  /// - Throws: `RecommendationError` if a site saw nothing, or the data cannot support the policy
  ///   for any site.
  public init(_ policy: IntervalPolicy, for inputs: CalibrationInputs) throws {
    self.policy = policy
    let sites = inputs.profile.sites
    let ranges = try sites.indices.map { try inputs.range(ofSite: $0) }
    switch policy {
    case .minmax(let margin):
      outcomes = ranges.map { .interval($0.widened(by: margin)) }
      promise = nil
    case .quantile(let share):
      outcomes = try sites.map {
        .interval(try $0.narrowed(policy) { statistics in try statistics.middle(share) })
      }
      promise = nil
    case .shortestQuantile(let share):
      outcomes = try sites.map {
        .interval(try $0.narrowed(policy) { statistics in try statistics.shortest(share) })
      }
      promise = nil
    case .inference(let coverage, let confidence, let seed):
      let calibration = try InferenceCalibration(
        zip(sites, inputs.extremes).map { ($0.name, $1) }, coverage: coverage,
        confidence: confidence, seed: seed, inputsLeaving: inputs.inputs(leaving:))
      outcomes = calibration.bounds.map { .interval($0) }
      promise = calibration.promise
    case .tail(let exceedance, let confidence):
      outcomes = zip(inputs.extremes, ranges).map { extremes, range in
        Self.tail(extremes, range, exceedance: exceedance, confidence: confidence)
      }
      promise = nil
      try requireSome(inputs)
    case .certified(let certified):
      precondition(certified.bounds.count == sites.count, "bounds of another network")
      outcomes = zip(certified.bounds, ranges).map { bounds, range in
        Self.certified(bounds, observed: range)
      }
      promise = nil
      try requireSome(inputs)
    }
  }

  /// - Throws: `RecommendationError.noSiteSupported` if every site is refused.
  private func requireSome(_ inputs: CalibrationInputs) throws(RecommendationError) {
    guard !outcomes.isEmpty, outcomes.allSatisfy({ $0.bounds == nil }),
      case .refused(let reason) = outcomes[0]
    else { return }
    throw .noSiteSupported(
      policy: policy.label, site: inputs.profile.sites[0].name, reason: reason,
      others: outcomes.count - 1)
  }
}

extension IntervalSet.Outcome {
  public var bounds: ClosedRange<Double>? {
    switch self {
    case .interval(let bounds), .tail(let bounds, _), .certified(let bounds, _): bounds
    case .refused: nil
    }
  }
}

extension Profile.Site {
  /// An interval by shares of values.
  ///
  /// - Throws: `RecommendationError.tooFewValues` if they are too few for it.
  fileprivate func narrowed(
    _ policy: IntervalPolicy, by rule: (SiteStatistics) throws -> ClosedRange<Double>
  ) throws -> ClosedRange<Double> {
    do {
      return try rule(statistics)
    } catch QuantileError.tooFewValues(_, let count, let needed) {
      throw RecommendationError.tooFewValues(
        policy: policy.label, site: name, found: count, needed: needed)
    }
  }
}

extension SiteStatistics {
  /// The middle share of all values, out to the outer edges of the bins at both ends.
  fileprivate func middle(_ share: Double) throws -> ClosedRange<Double> {
    try quantile((1 - share) / 2).lower...quantile((1 + share) / 2).upper
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
