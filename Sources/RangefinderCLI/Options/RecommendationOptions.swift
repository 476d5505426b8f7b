import ArgumentParser
import PolynomialApproximation
import RangeRecommendation

/// How intervals and degrees are chosen.
struct RecommendationOptions: ParsableArguments {
  enum PolicyName: String, CaseIterable, ExpressibleByArgument {
    case minmax, quantile, inference
  }

  enum ToleranceKind: String, CaseIterable, ExpressibleByArgument {
    case supremum, relative, weighted
  }

  @Option(
    help: """
      inference: a share of inputs stays inside all intervals at once, with confidence. \
      quantile: the middle share of each site's values. minmax: the observed range.
      """)
  var policy: PolicyName = .inference

  @Option(help: "inference: the share of inputs.")
  var coverage = 0.99

  @Option(help: "inference: the confidence.")
  var confidence = 0.95

  @Option(help: "inference: the seed of the split of the inputs.")
  var seed: UInt64 = 1

  @Option(help: "quantile: the share of values.")
  var share = 0.999

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
    policy: .inference(coverage: 0.99, confidence: 0.95, seed: 1))

  /// The validated choice.
  func recommender() -> Recommender {
    let policy: IntervalPolicy =
      switch policy {
      case .minmax: .minmax(margin: margin)
      case .quantile: .quantile(share: share)
      case .inference: .inference(coverage: coverage, confidence: confidence, seed: seed)
      }
    return Recommender(
      policy: policy, tolerance: Tolerance(kind: toleranceKind.rawValue, value: tolerance)!,
      method: method, degreeLimit: maxDegree, backend: backend)
  }
}

extension FitMethod: ExpressibleByArgument {
  /// The names of all methods, for help.
  static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}

extension EvaluationBackend: ExpressibleByArgument {}
