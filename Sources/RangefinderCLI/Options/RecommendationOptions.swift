import ArgumentParser
import PolynomialApproximation
import RangeRecommendation

/// How intervals and degrees are chosen.
struct RecommendationOptions: ParsableArguments {
  enum PolicyName: String, CaseIterable, ExpressibleByArgument {
    case minmax, quantile, inference, tail, certified
  }

  enum ToleranceKind: String, CaseIterable, ExpressibleByArgument {
    case supremum, relative, weighted
  }

  @Option(
    help: """
      inference: a share of inputs stays inside all intervals at once, with confidence. \
      quantile: the middle share of each site's values. minmax: the observed range. tail: an \
      extrapolation beyond the data. certified: proved for a box of inputs.
      """)
  var policy: PolicyName = .inference

  @Option(help: "inference: the share of inputs.")
  var coverage = 0.99

  @Option(help: "inference, tail: the confidence.")
  var confidence = 0.95

  @Option(help: "inference, holdout: the seed of the split of the inputs.")
  var seed = standardSeed

  @Option(help: "quantile: the share of values.")
  var share = 0.999

  @Flag(help: "quantile: the narrowest interval with the share, in place of the middle one.")
  var shortest = false

  @Option(help: "tail: the probability with which an input may leave a site's interval.")
  var exceedance = 1e-4

  @Option(help: "minmax: the factor on the observed range.")
  var margin = 1.0

  @Option(help: "The error that a polynomial may make.")
  var tolerance = Tolerance.standard.value

  @Option(
    help: """
      What the tolerance bounds. supremum: the largest absolute error. relative: the largest \
      error over the root mean square of the function's outputs. weighted: the root mean square \
      error over the site's values.
      """)
  var toleranceKind = ToleranceKind(rawValue: Tolerance.standard.kind)!

  @Option(help: "The fit: \(FitMethod.names).")
  var method: FitMethod = .minimax

  @Option(help: "The highest degree that is tried.")
  var maxDegree = Recommender.standardDegreeLimit

  @Option(
    help: """
      Where polynomials will be evaluated: scalar, ckks-openfhe, ckks-lattigo or tensor-train. \
      Decides the degrees that are tried, and the depth (docs/Depth.md).
      """)
  var backend: EvaluationBackend = .scalar

  func validate() throws {
    for (name, value) in [("coverage", coverage), ("confidence", confidence), ("share", share)]
    where !(value > 0 && value < 1) {
      throw ValidationError("--\(name) takes a number between 0 and 1, not \(value).")
    }
    if !(exceedance > 0 && exceedance <= 0.1) {
      throw ValidationError("--exceedance takes a probability up to 0.1, not \(exceedance).")
    }
    if !(margin > 0 && margin.isFinite) {
      throw ValidationError("--margin takes a positive number.")
    }
    if !(tolerance > 0 && tolerance.isFinite) {
      throw ValidationError("--tolerance takes a positive number.")
    }
    if !(1...Fit.degreeLimit).contains(maxDegree) {
      throw ValidationError("--max-degree takes a degree from 1 to \(Fit.degreeLimit).")
    }
  }

  /// What is recommended unless told otherwise.
  static let standard = Recommender(
    policy: .inference(coverage: 0.99, confidence: 0.95, seed: standardSeed))
  static let standardSeed: UInt64 = 1

  /// The validated choice.
  ///
  /// - Parameter certified: What was proved, to be recommended or shown beside the others.
  func recommender(certified: CertifiedBounds?) -> Recommender {
    let policy: IntervalPolicy
    switch self.policy {
    case .minmax: policy = .minmax(margin: margin)
    case .quantile: policy = shortest ? .shortestQuantile(share: share) : .quantile(share: share)
    case .inference:
      policy = .inference(coverage: coverage, confidence: confidence, seed: seed)
    case .tail: policy = .tail(exceedance: exceedance, confidence: confidence)
    case .certified:
      guard let certified else { preconditionFailure("validated: there is a box") }
      policy = .certified(certified)
    }
    return Recommender(
      policy: policy,
      comparisons: Recommender.standardComparisons + (certified.map { [.certified($0)] } ?? []),
      tolerance: Tolerance(kind: toleranceKind.rawValue, value: tolerance)!, method: method,
      degreeLimit: maxDegree, backend: backend)
  }
}

extension FitMethod: ExpressibleByArgument {
  /// The names of all methods, for help.
  static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}

extension EvaluationBackend: ExpressibleByArgument {}
