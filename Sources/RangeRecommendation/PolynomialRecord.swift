import PolynomialApproximation

/// A fitted polynomial, or what is made of polynomials, as files carry it.
///
/// It has either `coefficients`, or a `composite`, or a `rational`.
public struct PolynomialRecord: Codable, Hashable, Sendable {
  /// The largest absolute error on the interval scaled by a factor about its centre.
  public struct Overshoot: Codable, Hashable, Sendable {
    public let factor: Double
    /// Missing where it is infinite.
    public let error: Double?
  }

  public let function: String
  public let lower: Double
  public let upper: Double
  public let method: FitMethod
  public let degree: Int
  /// Always `chebyshev`: coefficients are those of T₀, T₁, …, c₀ not halved.
  public let basis: String
  /// The coefficients of a single polynomial on [lower, upper].
  public let coefficients: [Double]?
  /// Composed polynomials, each on an interval of its own.
  public let composite: CompositePolynomial?
  /// A quotient of two polynomials.
  public let rational: RationalFunction?
  /// The part of the interval that counted, where the fit is only bounded beyond it.
  public let core: Fit.Core?
  /// The part of the interval where no error counts.
  public let gap: Interval?
  /// The largest absolute error on the interval.
  public let supremumError: Double
  /// Whose depth and multiplications these are.
  public let backend: EvaluationBackend
  /// Products in sequence by the backend's convention, divisions aside.
  public let depth: Int
  public let multiplications: Int
  /// The largest absolute error that the fuse allows.
  public let errorBound: Double
  /// The largest factor on the interval at which the error is within the bound.
  public let fuse: Double?
  public let overshoots: [Overshoot]

  /// Describes a fit.
  ///
  /// - Parameter errorBound: The largest absolute error that counts as good beyond the interval;
  ///   twice the fit's own by default (a heuristic).
  public init(_ fit: Fit, errorBound: Double? = nil, backend: EvaluationBackend = .scalar) {
    let bound = errorBound ?? 2 * fit.supremumError
    let approximant = fit.approximant
    let fuse = OvershootFuse(fit, tolerance: bound)
    function = fit.function.description
    lower = fit.interval.lower
    upper = fit.interval.upper
    method = fit.method
    degree = approximant.degree
    basis = "chebyshev"
    coefficients = fit.polynomial?.coefficients
    composite = if case .composite(let composite) = approximant { composite } else { nil }
    rational = if case .rational(let quotient) = approximant { quotient } else { nil }
    core = fit.core
    gap = fit.gap
    supremumError = fit.supremumError
    self.backend = backend
    depth = approximant.multiplicativeDepth(on: backend)
    multiplications = approximant.nonScalarMultiplications(on: backend)
    self.errorBound = bound
    self.fuse = fuse.largestFactor
    overshoots = fuse.overshoots.map {
      Overshoot(factor: $0.factor, error: $0.error.isFinite ? $0.error : nil)
    }
  }

  /// The interval of the fit.
  public var interval: Interval { Interval(lower: lower, upper: upper) }

  /// The interval that was asked for.
  public var askedInterval: Interval { core?.interval ?? interval }

  /// The polynomial, if it is a single one.
  public var chebyshev: ChebyshevPolynomial? {
    coefficients.map { ChebyshevPolynomial($0, on: interval) }
  }

  /// What is evaluated in place of the function.
  ///
  /// - Precondition: The record is one of a fit, or of a file without a contradiction.
  public var approximant: Approximant {
    if let composite { return .composite(composite) }
    if let rational { return .rational(rational) }
    return .polynomial(chebyshev!)
  }
}
