import PolynomialApproximation
import RangeRecommendation

/// What `approximate` prints of one fit.
struct ApproximationText: CustomStringConvertible {
  private let record: PolynomialRecord

  init(_ record: PolynomialRecord) { self.record = record }

  var description: String {
    var lines = [
      "\(record.function) on [\(record.lower), \(record.upper)], \(record.method.rawValue), "
        + "degree \(record.degree), depth \(record.depth) (\(record.backend.rawValue)), "
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
    return (lines + polynomials).joined(separator: "\n")
  }

  /// The coefficients, polynomial by polynomial.
  private var polynomials: [String] {
    let coefficients = { (polynomial: ChebyshevPolynomial, name: String) in
      ["\(name), coefficients of T0, T1, … on \(polynomial.domain) (c0 not halved):"]
        + polynomial.coefficients.map { "  \($0)" }
    }
    switch record.approximant {
    case .polynomial(let polynomial): return coefficients(polynomial, "polynomial")
    case .composite(let composite):
      let value =
        "value: \(composite.linear)·x + (\(composite.step) + \(composite.bend)·x)·s(x), where s is "
        + "the last stage of … of the first stage of x"
      return [value] + composite.stages.enumerated().flatMap { coefficients($1, "stage \($0 + 1)") }
    case .rational(let quotient):
      return coefficients(quotient.numerator, "numerator")
        + coefficients(quotient.denominator, "denominator")
    }
  }
}

/// All methods side by side, for `approximate --compare`.
struct FitComparison: Encodable {
  /// A method without a fit.
  struct Failure: Encodable {
    let method: FitMethod
    let reason: String
  }

  let function: String
  let interval: String
  private(set) var fits: [PolynomialRecord] = []
  private(set) var failures: [Failure] = []

  /// Tries every method.
  init(
    _ function: String, _ interval: String, fit: (FitMethod) throws -> PolynomialRecord
  ) {
    self.function = function
    self.interval = interval
    for method in FitMethod.allCases {
      do {
        fits.append(try fit(method))
      } catch FitError.densityMissing {
        failures.append(Failure(method: method, reason: "needs --weights PROFILE:SITE"))
      } catch {
        failures.append(Failure(method: method, reason: "\(error)"))
      }
    }
  }

  /// A table, then why some methods have no fit.
  var text: String {
    var table = TextTable([
      "method", "degree", "depth", "products", "error", "at 1.1 ×", "at 2 ×", "fuse",
    ])
    for fit in fits {
      let beyond = [1.1, 2].map { factor in
        fit.overshoots.first { $0.factor == factor }?.error.text(digits: 3) ?? "∞"
      }
      table.append(
        [
          fit.method.rawValue, "\(fit.degree)", "\(fit.depth)", "\(fit.multiplications)",
          fit.supremumError.text(digits: 4),
        ] + beyond + [fit.fuse.text(digits: 5)])
    }
    let reasons = failures.map { failure in
      "\(failure.method.rawValue): \(failure.reason.split(separator: "\n").first ?? "")"
    }
    return (["\(function) on \(interval)", "\(table)"] + reasons).joined(separator: "\n")
  }
}
