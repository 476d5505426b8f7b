/// What stands for a function on an interval, with the error that this makes.
public struct Fit: Hashable, Sendable, Codable {
  /// The points where a minimax error takes its largest value, with alternating signs.
  public struct Equioscillation: Hashable, Sendable, Codable {
    /// The points in ascending order; at least two more than the degree, for a polynomial.
    public let points: [Double]

    /// The least error at the points. No polynomial of the degree has a smaller largest error,
    /// apart from rounding (de la Vallée Poussin, 1910), nor has a quotient of the same degrees.
    public let levelledError: Double

    /// The exchanges that were made.
    public let iterations: Int
  }

  /// The part of the interval whose values counted in a fit that is bounded beyond it.
  public struct Core: Hashable, Sendable, Codable {
    public let interval: Interval

    /// The largest absolute error there.
    public let supremumError: Double
  }

  /// The highest degree that can be fitted.
  public static let degreeLimit = 512

  /// The function.
  public let function: TargetFunction

  /// How the approximant was found.
  public let method: FitMethod

  /// The degree that was asked for.
  public let degree: Int

  /// The interval of the fit.
  public let interval: Interval

  /// The part of the interval where no error counts, if there is one.
  public let gap: Interval?

  /// What stands for the function, in the Chebyshev basis of the interval.
  ///
  /// The degree of a polynomial is below `degree` where the last coefficients are exactly zero:
  /// sigmoid on a symmetric interval, asked for degree 8, gets degree 7.
  public let approximant: Approximant

  /// The largest absolute error on the interval, measured on the approximant itself.
  public let supremumError: Double

  /// The part that was asked for, of which `interval` is a widening; only for `clampedTail`.
  public let core: Core?

  /// Where the error alternates; only for minimax and rational fits.
  public let equioscillation: Equioscillation?

  /// The centre of the series; only for Taylor fits.
  public let centre: Double?

  /// The polynomial, if the approximant is a single one.
  public var polynomial: ChebyshevPolynomial? { approximant.polynomial }

  /// The largest absolute error on the part of the interval that was asked for.
  public var coreError: Double { core?.supremumError ?? supremumError }

  /// Measures an approximant.
  init(
    _ approximant: Approximant, for function: TargetFunction, on interval: Interval,
    method: FitMethod, degree: Int, omitting gap: Interval? = nil, core: Interval? = nil,
    centre: Double? = nil, equioscillation: Equioscillation? = nil
  ) {
    self.function = function
    self.method = method
    self.degree = degree
    self.interval = interval
    self.gap = gap
    self.approximant = approximant
    self.centre = centre
    self.equioscillation = equioscillation
    let error = { (lower: Double, upper: Double) in
      SupremumError.measure(approximant, from: function, lower: lower, upper: upper)
    }
    self.core = core.map { Core(interval: $0, supremumError: error($0.lower, $0.upper)) }
    supremumError =
      if let gap {
        max(error(interval.lower, gap.lower), error(gap.upper, interval.upper))
      } else {
        error(interval.lower, interval.upper)
      }
  }
}
