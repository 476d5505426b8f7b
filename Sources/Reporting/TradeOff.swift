import PolynomialApproximation
import RangeRecommendation

/// What a polynomial's degree buys: the least error by degree, on the intervals of policies.
struct TradeOff: Sendable {
  /// One site and one policy's interval.
  struct Line: Encodable, Sendable {
    let policy: String
    let lower: Double
    let upper: Double
    /// The least error that a polynomial of each degree can have; nil where the fit fails.
    let errors: [Double?]
    /// The error that is allowed.
    let bound: Double
    /// The recommended degree, and the error there.
    let degree: Int
    let error: Double

    private enum CodingKeys: String, CodingKey {
      case policy, lower, upper, errors, degree
      case bound = "errorBound"
      case error = "supremumError"
    }
  }

  /// The highest degree of each depth.
  let degrees: [Int]
  /// Their depths on the recommended backend.
  let depths: [Int]
  /// The policies, the chosen one first.
  let policies: [String]
  /// For each site of the report in order, a line for each policy that gives it a polynomial.
  let lines: [[Line]]

  /// Fits as a page of so many sites tells.
  init(_ recommendation: Recommendation, policy: String) {
    self.init(
      recommendation, chosen: policy, isBrief: recommendation.sites.count > Detail.fullLimit)
  }

  /// Fits every site on every policy's interval; where there are many sites, on the chosen and the
  /// widest.
  init(_ recommendation: Recommendation, chosen: String?, isBrief: Bool) {
    let backend = recommendation.backend
    let depth = { EvaluationCost(degree: $0, backend: backend).multiplicativeDepth }
    let steps = (1...Self.degreeLimit).filter { depth($0) < depth($0 + 1) }
    // Where every degree costs more than the one below, the powers of two tell enough.
    let degrees = steps.count > 10 ? steps.filter { $0 & ($0 + 1) == 0 } : steps
    let policies = Self.policies(recommendation, chosen: chosen, isBrief: isBrief)
    let errors = Self.errors(recommendation, policies, degrees)
    lines = recommendation.sites.map { site in
      policies.compactMap { policy in
        guard let option = site.option(policy), let choice = option.approximation,
          let errors = errors[Key(site, option)]
        else { return nil }
        return Line(
          policy: policy, lower: option.lower, upper: option.upper, errors: errors,
          bound: choice.errorBound, degree: choice.degree, error: choice.supremumError)
      }
    }
    self.degrees = degrees
    depths = degrees.map(depth)
    self.policies = policies
  }

  /// What errors depend on.
  private struct Key: Hashable {
    let function: String
    let lower: Double
    let upper: Double

    init(_ site: Recommendation.Site, _ option: Recommendation.Option) {
      (function, lower, upper) = (site.function, option.lower, option.upper)
    }
  }

  /// The least error of each degree for every function and interval that has a polynomial.
  private static func errors(
    _ recommendation: Recommendation, _ policies: [String], _ degrees: [Int]
  ) -> [Key: [Double?]] {
    let keys = Set(
      recommendation.sites.flatMap { site in
        policies.compactMap { site.option($0) }.filter { $0.approximation != nil }
          .map { Key(site, $0) }
      })
    let errors = Array(keys).concurrentMap { key -> (Key, [Double?])? in
      guard Interval.isValid(lower: key.lower, upper: key.upper),
        let function = try? TargetFunction(key.function)
      else { return nil }
      let interval = Interval(lower: key.lower, upper: key.upper)
      let errors = degrees.map { try? Fit.leastError(of: function, on: interval, degree: $0) }
      return (key, errors)
    }
    return Dictionary(uniqueKeysWithValues: errors.compactMap { $0 })
  }

  /// Beyond it fits take long (heuristic).
  private static let degreeLimit = 63

  /// The policies that have intervals, without those whose intervals are much like another's: the
  /// chosen one first, the others from narrow to wide.
  private static func policies(
    _ recommendation: Recommendation, chosen: String?, isBrief: Bool
  ) -> [String] {
    // The sum of widths, each in those of the chosen interval.
    let widths = recommendation.policies.filter { $0.refusal == nil }.map { policy in
      let ratios = recommendation.sites.compactMap { site -> Double? in
        guard let chosen, let base = site.option(chosen), base.upper > base.lower,
          let option = site.option(policy.label)
        else { return nil }
        return (option.upper - option.lower) / (base.upper - base.lower)
      }
      return (policy.label, ratios.isEmpty ? 1 : ratios.reduce(0, +) / Double(ratios.count))
    }.sorted { $0.1 < $1.1 }
    var taken = widths.filter { $0.0 == chosen }
    let others =
      isBrief ? widths.suffix(1) : widths
    for other in others where taken.allSatisfy({ abs($0.1 - other.1) > alike * $0.1 }) {
      taken.append(other)
    }
    return taken.map(\.0)
  }

  /// Intervals whose mean widths differ by less are not told apart (heuristic).
  private static let alike = 0.05
}
