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

  /// What is shown beside the recommended policy unless told otherwise.
  public static let standardComparisons: [IntervalPolicy] = [
    .minmax(margin: 1), .minmax(margin: 2), .quantile(share: 0.999), .quantile(share: 0.9999),
  ]

  /// Heuristic: depth 7.
  public static let standardDegreeLimit = 127

  public init(
    policy: IntervalPolicy, comparisons: [IntervalPolicy] = Recommender.standardComparisons,
    tolerance: Tolerance = .standard, method: FitMethod = .minimax,
    degreeLimit: Int = Recommender.standardDegreeLimit
  ) {
    self.policy = policy
    self.comparisons = comparisons
    self.tolerance = tolerance
    self.method = method
    self.degreeLimit = degreeLimit
  }

  /// Recommends an interval and a degree for every site.
  ///
  /// A comparison that the data cannot support is listed with its refusal.
  ///
  /// - Throws: `RecommendationError` if the data cannot support the recommended policy.
  public func recommend(for profile: Profile) throws -> Recommendation {
    let chosen = try IntervalSet(policy, for: profile)
    let densities = profile.sites.map { SiteDensity($0.statistics.histogram) }
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
      for site in profile.sites.indices {
        options[site].append(
          option(
            other, set.bounds[site], escapes.perSite[site], profile.sites[site], densities[site]))
      }
      policies.append(
        Recommendation.Policy(
          label: other.label, promise: other.promise, escapeProbability: escapes.anywhere,
          refusal: nil, inference: set.promise,
          totalDepth: Self.totalDepth(options.map { $0.last! })))
    }
    return Recommendation(
      format: Recommendation.formatName, version: Recommendation.formatVersion,
      model: profile.provenance.model, modelDigest: profile.provenance.modelDigest,
      data: profile.provenance.data, inputs: profile.sampleCount, policy: policy.label,
      toleranceKind: tolerance.kind, tolerance: tolerance.value, method: method,
      degreeLimit: degreeLimit, policies: policies,
      sites: zip(profile.sites, options).map {
        Recommendation.Site(site: $0.name, layer: $0.layer, function: $0.function, options: $1)
      })
  }

  private static func totalDepth(_ options: [Recommendation.Option]) -> Int? {
    var depth = 0
    for option in options {
      guard let approximation = option.approximation else { continue }
      guard approximation.meetsTolerance else { return nil }
      depth += approximation.depth
    }
    return depth
  }

  private func option(
    _ policy: IntervalPolicy, _ range: ClosedRange<Double>, _ escape: Double,
    _ site: Profile.Site, _ density: SiteDensity
  ) -> Recommendation.Option {
    let (approximation, note) = approximate(site.function, on: range, density)
    return Recommendation.Option(
      policy: policy.label, lower: range.lowerBound, upper: range.upperBound,
      escapeProbability: escape, approximation: approximation, note: note)
  }

  /// The polynomial of least degree for a site, or why there is none.
  private func approximate(
    _ function: String, on range: ClosedRange<Double>, _ density: SiteDensity
  ) -> (Recommendation.Approximation?, note: String?) {
    guard let target = try? TargetFunction(function) else {
      return (nil, "\(function) is no function of one number: use the interval alone")
    }
    guard Interval.isValid(lower: range.lowerBound, upper: range.upperBound) else {
      return (nil, "the site saw one value only")
    }
    let interval = Interval(range)
    let weightedError = { (fit: Fit) in
      density.rootMeanSquare(on: interval) { fit.polynomial($0) - target($0) }
    }
    let output = density.rootMeanSquare(on: interval) { target($0) } ?? 0
    do {
      let choice: DegreeChoice
      switch tolerance {
      case .supremum(let bound):
        choice = try leastDegree(target, interval, bound, \.supremumError)
      case .relative(let share):
        choice = try leastDegree(target, interval, share * output, \.supremumError)
      case .weighted(let bound):
        choice = try leastDegree(target, interval, bound) { weightedError($0) ?? 0 }
      }
      let fit = choice.fit
      let errorBound = errorBound(for: fit, output: output)
      let cost = EvaluationCost(degree: fit.polynomial.degree)
      return (
        Recommendation.Approximation(
          method: fit.method, degree: fit.polynomial.degree, meetsTolerance: choice.meetsTolerance,
          supremumError: fit.supremumError, weightedRMSError: weightedError(fit),
          errorBound: errorBound, depth: cost.multiplicativeDepth,
          multiplications: cost.nonScalarMultiplications,
          fuse: OvershootFuse(fit, tolerance: errorBound).largestFactor),
        choice.meetsTolerance
          ? nil
          : "no degree up to \(degreeLimit) meets the tolerance; this is the best"
      )
    } catch {
      return (nil, "\(error)")
    }
  }

  private func leastDegree(
    _ function: TargetFunction, _ interval: Interval, _ bound: Double,
    _ measure: (Fit) -> Double
  ) throws(FitError) -> DegreeChoice {
    try Fit.leastDegree(
      for: function, on: interval, tolerance: bound, method: method, limit: degreeLimit,
      measuring: measure)
  }

  /// The largest absolute error that counts as good. A bound on the mean does not say, so twice the
  /// fit's own largest error is taken there (a heuristic).
  private func errorBound(for fit: Fit, output: Double) -> Double {
    switch tolerance {
    case .supremum(let bound): bound
    case .relative(let share): share * output
    case .weighted: 2 * fit.supremumError
    }
  }
}
