import PolynomialApproximation

/// A fitted polynomial as files carry it.
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
  /// Always `chebyshev`: the coefficients of T₀, T₁, … on [lower, upper], c₀ not halved.
  public let basis: String
  public let coefficients: [Double]
  /// The largest absolute error on the interval.
  public let supremumError: Double
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
  public init(_ fit: Fit, errorBound: Double? = nil) {
    let bound = errorBound ?? 2 * fit.supremumError
    let cost = EvaluationCost(degree: fit.polynomial.degree)
    let fuse = OvershootFuse(fit, tolerance: bound)
    function = fit.function.description
    lower = fit.interval.lower
    upper = fit.interval.upper
    method = fit.method
    degree = fit.polynomial.degree
    basis = "chebyshev"
    coefficients = fit.polynomial.coefficients
    supremumError = fit.supremumError
    depth = cost.multiplicativeDepth
    multiplications = cost.nonScalarMultiplications
    self.errorBound = bound
    self.fuse = fuse.largestFactor
    overshoots = fuse.overshoots.map {
      Overshoot(factor: $0.factor, error: $0.error.isFinite ? $0.error : nil)
    }
  }

  /// The polynomial itself.
  public var chebyshev: ChebyshevPolynomial {
    ChebyshevPolynomial(coefficients, on: Interval(lower: lower, upper: upper))
  }
}
