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

  /// Recommends an interval and a degree for every site.
  ///
  /// A comparison that the data cannot support is listed with its refusal.
  ///
  /// - Throws: `RecommendationError` if the data cannot support the recommended policy.
  public func recommend(for profile: Profile) throws -> Recommendation {
    let chosen = try IntervalSet(policy, for: profile)
    let densities = profile.sites.map { Density($0.statistics.histogram) }
    var policies: [Recommendation.Policy] = []
    var options = [[Recommendation.Option]](repeating: [], count: profile.sites.count)
    for other in [policy] + comparisons.filter({ $0.label != policy.label }) {
      let set: IntervalSet
      do {
        set = try other == policy ? chosen : IntervalSet(other, for: profile)
      } catch let error as RecommendationError where error.isUnkeepablePromise {
        policies.append(
          Recommendation.Policy(
            label: other.label, promise: other.promise, escapeProbability: nil,
            refusal: error.description, inference: nil, totalDepth: nil))
        continue
      }
      let escapes = EscapeEstimate(set.bounds, in: profile)
      var totalDepth: Int? = 0
      for (index, site) in profile.sites.enumerated() {
        let range = set.bounds[index]
        let answer = approximate(site.function, on: range, densities[index])
        options[index].append(
          Recommendation.Option(
            policy: other.label, lower: range.lowerBound, upper: range.upperBound,
            escapeProbability: escapes.perSite[index], approximation: answer.approximation,
            note: answer.note))
        totalDepth = totalDepth.flatMap { sum in answer.depth.map { sum + $0 } }
      }
      policies.append(
        Recommendation.Policy(
          label: other.label, promise: other.promise,
          escapeProbability: set.promise?.expectedEscape ?? escapes.anywhere, refusal: nil,
          inference: set.promise, totalDepth: totalDepth))
    }
    return Recommendation(
      format: Recommendation.formatName, version: Recommendation.formatVersion,
      model: profile.provenance.model, modelDigest: profile.provenance.modelDigest,
      data: profile.provenance.data, inputs: profile.sampleCount, policy: policy.label,
      toleranceKind: tolerance.kind, tolerance: tolerance.value, method: method,
      degreeLimit: degreeLimit, backend: backend, policies: policies,
      sites: zip(profile.sites, options).map {
        Recommendation.Site(site: $0.name, layer: $0.layer, function: $0.function, options: $1)
      })
  }
}
