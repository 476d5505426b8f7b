import ActivationProfiling
import PolynomialApproximation

/// Turns a profile into intervals and degrees.
public struct Recommender: Sendable {
  public let policy: IntervalPolicy
  /// Shown beside the recommended policy.
  public let comparisons: [IntervalPolicy]
  public let tolerance: Tolerance
  public let method: FitMethod
  public let degreeLimit: Int
  public let backend: EvaluationBackend

  /// What is shown beside the recommended policy unless told otherwise.
  public static let standardComparisons: [IntervalPolicy] = [
    .minmax(margin: 1), .minmax(margin: 2), .quantile(share: 0.999), .quantile(share: 0.9999),
    .inference(coverage: 0.99, confidence: 0.95, seed: 1),
    .tail(exceedance: 1e-4, confidence: 0.95),
  ]

  /// Heuristic: depth 7.
  public static let standardDegreeLimit = 127

  public init(
    policy: IntervalPolicy, comparisons: [IntervalPolicy] = Recommender.standardComparisons,
    tolerance: Tolerance = .standard, method: FitMethod = .minimax,
    degreeLimit: Int = Recommender.standardDegreeLimit, backend: EvaluationBackend = .scalar
  ) {
    self.policy = policy
    self.comparisons = comparisons
    self.tolerance = tolerance
    self.method = method
    self.degreeLimit = degreeLimit
    self.backend = backend
  }

  /// Recommends an interval and a degree for every site, from all inputs of a profile.
  ///
  /// - Throws: As `recommend(from:)`.
  public func recommend(for profile: Profile) throws -> Recommendation {
    try recommend(from: CalibrationInputs(profile))
  }

  /// Recommends an interval and a degree for every site.
  ///
  /// A comparison that the data cannot support is listed with its refusal, and so is a site that it
  /// cannot support.
  ///
  /// - Throws: `RecommendationError` if the data cannot support the recommended policy at every
  ///   site.
  public func recommend(from inputs: CalibrationInputs) throws -> Recommendation {
    let profile = inputs.profile
    let chosen = try IntervalSet(policy, for: inputs)
    try chosen.requireAll(profile)
    let densities = profile.sites.map { Density($0.statistics.histogram) }
    var policies: [Recommendation.Policy] = []
    var options = [[Recommendation.Option]](repeating: [], count: profile.sites.count)
    var refusals = [[Recommendation.Refusal]](repeating: [], count: profile.sites.count)
    for other in [policy] + comparisons.filter({ $0.label != policy.label }) {
      let set: IntervalSet
      do {
        set = try other == policy ? chosen : IntervalSet(other, for: inputs)
      } catch let error as RecommendationError where error.isUnkeepablePromise {
        policies.append(Recommendation.Policy(refused: other, because: error))
        continue
      }
      let findings = EscapeFindings(set, from: inputs)
      var totalDepth: Int? = 0
      for (index, site) in profile.sites.enumerated() {
        if case .refused(let reason) = set.outcomes[index] {
          refusals[index].append(Recommendation.Refusal(policy: other.label, reason: reason))
          totalDepth = nil
          continue
        }
        let answer = approximate(site.function, set.outcomes[index], densities[index])
        options[index].append(
          Recommendation.Option(
            other, set.outcomes[index], findings.perSite[index], answer))
        totalDepth = totalDepth.flatMap { sum in answer.depth.map { sum + $0 } }
      }
      policies.append(Recommendation.Policy(set, findings, totalDepth: totalDepth))
    }
    return Recommendation(
      format: Recommendation.formatName, version: Recommendation.formatVersion,
      model: profile.provenance.model, modelDigest: profile.provenance.modelDigest,
      data: profile.provenance.data, inputs: profile.sampleCount, holdout: inputs.holdout,
      policy: policy.label,
      toleranceKind: tolerance.kind, tolerance: tolerance.value, method: method,
      degreeLimit: degreeLimit, backend: backend, policies: policies,
      sites: profile.sites.indices.map { index in
        let site = profile.sites[index]
        return Recommendation.Site(
          site: site.name, layer: site.layer, function: site.function, options: options[index],
          refusals: refusals[index])
      })
  }
}

extension IntervalSet {
  /// - Throws: `RecommendationError.sitesRefused` if the policy has no interval for some site.
  func requireAll(_ profile: Profile) throws(RecommendationError) {
    var refusals: [String] = []
    for (site, outcome) in zip(profile.sites, outcomes) {
      if case .refused(let reason) = outcome { refusals.append("'\(site.name)': \(reason)") }
    }
    guard refusals.isEmpty else {
      throw .sitesRefused(policy: policy.label, refusals: refusals)
    }
  }
}
