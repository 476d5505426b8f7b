import ArgumentParser
import FoundationEssentials
import PolynomialApproximation
import RangeRecommendation

/// One fit, no network needed.
struct ApproximateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "approximate",
    abstract: "Fits one function on one interval; no network needed.",
    discussion: """
      rangefinder approximate sigmoid --interval -8:8 --degree 15
      rangefinder approximate 'elu(1)' --interval -5:3 --tolerance 1e-3
      """)

  @Argument(help: "The function: \(TargetFunction.knownNames.joined(separator: ", ")).")
  var function: String

  @Option(parsing: .unconditional, help: "The interval, as in -8:8.")
  var interval: String

  @Option(help: "The degree.")
  var degree: Int?

  @Option(help: "The largest absolute error; the least degree that meets it is found.")
  var tolerance: Double?

  @Option(help: "The fit: \(FitMethod.names).")
  var method: FitMethod = .minimax

  @Option(help: "The highest degree that is tried for a tolerance.")
  var maxDegree = Recommender.standardDegreeLimit

  @OptionGroup var common: CommonOptions

  func validate() throws {
    if Self.interval(interval) == nil {
      throw ValidationError(
        "--interval takes two ends, the smaller first, as in -8:8, not '\(interval)'.")
    }
    if (degree == nil) == (tolerance == nil) {
      throw ValidationError("Give either --degree or --tolerance.")
    }
    if let degree, !(0...Fit.degreeLimit).contains(degree) {
      throw ValidationError("--degree takes a degree from 0 to \(Fit.degreeLimit).")
    }
    if let tolerance, !(tolerance > 0 && tolerance.isFinite) {
      throw ValidationError("--tolerance takes a positive number.")
    }
    if !(1...Fit.degreeLimit).contains(maxDegree) {
      throw ValidationError("--max-degree takes a degree from 1 to \(Fit.degreeLimit).")
    }
    do {
      _ = try TargetFunction(function)
    } catch {
      throw ValidationError("\(error)")
    }
  }

  static func interval(_ text: String) -> Interval? {
    let ends = text.split(separator: ":", omittingEmptySubsequences: false).map { Double($0) }
    guard ends.count == 2, let lower = ends[0], let upper = ends[1],
      Interval.isValid(lower: lower, upper: upper)
    else { return nil }
    return Interval(lower: lower, upper: upper)
  }

  func run() throws {
    let function = try TargetFunction(function)
    let interval = Self.interval(interval)!
    let fit: Fit
    if let degree {
      fit = try Fit(of: function, on: interval, degree: degree, method: method)
    } else {
      let choice = try Fit.leastDegree(
        for: function, on: interval, tolerance: tolerance!, method: method, limit: maxDegree)
      guard choice.meetsTolerance else {
        throw ToleranceError.unreachable(
          tolerance: tolerance!, limit: maxDegree, best: choice.fit.coreError)
      }
      fit = choice.fit
    }
    let record = PolynomialRecord(fit, errorBound: tolerance)
    if common.json {
      print(String(decoding: try record.json(), as: UTF8.self), terminator: "")
    } else {
      print(text(record))
    }
  }

  private func text(_ record: PolynomialRecord) -> String {
    var lines = [
      "\(record.function) on [\(record.lower), \(record.upper)], \(record.method.rawValue), "
        + "degree \(record.degree), depth \(record.depth), "
        + "\(record.multiplications) multiplications",
      "largest error \(record.supremumError.text(digits: 6))",
      "fuse \(record.fuse.map { $0.text() } ?? "none"): the interval may grow by this factor "
        + "before the error passes \(record.errorBound.text())",
    ]
    for overshoot in record.overshoots {
      lines.append(
        "  error at \(overshoot.factor.text()) × the interval: "
          + "\(overshoot.error?.text() ?? "∞")")
    }
    lines += polynomials(record)
    return lines.joined(separator: "\n")
  }
}

extension ApproximateCommand {
  /// The coefficients, polynomial by polynomial.
  private func polynomials(_ record: PolynomialRecord) -> [String] {
    let coefficients = { (polynomial: ChebyshevPolynomial, name: String) in
      ["\(name), coefficients of T0, T1, … on \(polynomial.domain) (c0 not halved):"]
        + polynomial.coefficients.map { "  \($0)" }
    }
    switch record.approximant {
    case .polynomial(let polynomial): return coefficients(polynomial, "polynomial")
    case .composite(let composite):
      return [
        "value: \(composite.linear)·x + (\(composite.step) + \(composite.bend)·x)·s(x), where s is "
          + "the last stage of … of the first stage of x"
      ]
        + composite.stages.enumerated().flatMap { coefficients($1, "stage \($0 + 1)") }
    case .rational(let quotient):
      return coefficients(quotient.numerator, "numerator")
        + coefficients(quotient.denominator, "denominator")
    }
  }
}

/// Why a tolerance cannot be met.
enum ToleranceError: Error, Hashable, CustomStringConvertible {
  case unreachable(tolerance: Double, limit: Int, best: Double)

  var description: String {
    switch self {
    case .unreachable(let tolerance, let limit, let best):
      """
      no degree up to \(limit) has an error of at most \(tolerance); the best has \
      \(best.text(digits: 6)).
        Allow more with --tolerance or --max-degree, or choose a smaller --interval.
      """
    }
  }
}
