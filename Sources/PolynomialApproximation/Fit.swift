/// A way to find a polynomial near a function.
public enum FitMethod: String, CaseIterable, Hashable, Sendable, Codable {
  /// The Taylor series, cut off.
  case taylor
  /// Interpolation at the Chebyshev points of the first kind.
  case chebyshev
  /// The polynomial with the least possible largest error, by the Remez exchange.
  case minimax
}

/// A polynomial that stands for a function on an interval, with the error that this makes.
public struct Fit: Hashable, Sendable, Codable {
  /// The points where a minimax error takes its largest value, with alternating signs.
  public struct Equioscillation: Hashable, Sendable, Codable {
    /// The points in ascending order; at least two more than the degree.
    public let points: [Double]

    /// The error at the points as the exchange left it, up to sign. No polynomial of the degree
    /// has a smaller largest error, apart from rounding (de la Vallée Poussin, 1910).
    public let levelledError: Double

    /// The exchanges that were made.
    public let iterations: Int
  }

  /// The highest degree that can be fitted.
  public static let degreeLimit = 512

  /// The function.
  public let function: TargetFunction

  /// How the polynomial was found.
  public let method: FitMethod

  /// The degree that was asked for.
  public let degree: Int

  /// The polynomial, in the Chebyshev basis of the interval.
  ///
  /// Its degree is below `degree` where the last coefficients are exactly zero: sigmoid on a
  /// symmetric interval, asked for degree 8, gets degree 7.
  public let polynomial: ChebyshevPolynomial

  /// The largest absolute error on the interval, measured on the polynomial itself.
  public let supremumError: Double

  /// Where the error alternates; only for minimax fits.
  public let equioscillation: Equioscillation?

  /// The interval of the fit.
  public var interval: Interval { polynomial.domain }

  /// Fits `function` on `interval` by a polynomial of at most `degree`.
  ///
  /// A Taylor series has its centre at 0 when 0 lies in the interval and the function is smooth
  /// there, otherwise at the interval's centre.
  ///
  /// - Throws: `FitError`. A minimax fit is never returned short of its aim: its measured error
  ///   exceeds the levelled error by at most 1e-4 of it, or by rounding; usually by 1e-10 of it.
  public init(
    of function: TargetFunction, on interval: Interval, degree: Int, method: FitMethod = .minimax
  ) throws(FitError) {
    switch method {
    case .taylor:
      let startsAtZero = interval.contains(0) && function.isSmooth(at: 0)
      try self.init(
        taylorSeriesOf: function, centre: startsAtZero ? 0 : interval.centre, on: interval,
        degree: degree)
    case .chebyshev:
      try Fit.checkDegree(degree)
      let target = try UnitTarget(function, on: interval, degree: degree)
      let coefficients = ChebyshevCoefficients.interpolating(
        target.part, degree: degree, parity: target.parity)
      try self.init(
        function, .chebyshev, degree, coefficients: target.restored(coefficients), interval, nil)
    case .minimax:
      try self.init(minimaxTo: function, on: interval, degree: degree)
    }
  }

  /// Cuts off the Taylor series of `function` at `centre` after `degree`, for use on `interval`.
  ///
  /// - Throws: `FitError`, `noTaylorSeries` when `centre` is a kink or outside the domain.
  public init(
    taylorSeriesOf function: TargetFunction, centre: Double, on interval: Interval, degree: Int
  ) throws(FitError) {
    try Fit.checkDegree(degree)
    _ = try UnitTarget(function, on: interval, degree: degree)
    let powers = try function.taylorCoefficients(
      at: centre, degree: degree, scale: interval.halfWidth)
    let coefficients = ChebyshevCoefficients.ofPowers(
      powers, shift: interval.unitCoordinate(of: centre))
    try self.init(function, .taylor, degree, coefficients: coefficients, interval, nil)
  }

  private init(
    minimaxTo function: TargetFunction, on interval: Interval, degree: Int
  ) throws(FitError) {
    try Fit.checkDegree(degree)
    if let jump = function.jump, interval.contains(jump) {
      throw .discontinuous(function: function, at: jump)
    }
    let target = try UnitTarget(function, on: interval, degree: degree)
    let solution: Remez.Solution
    do throws(Remez.Shortfall) {
      solution = try Remez(target: target, degree: degree).solve()
    } catch {
      throw .notConverged(
        function: function, interval: interval, degree: degree, reached: error.error,
        bound: error.levelledError, iterations: error.iterations)
    }
    let equioscillation = Equioscillation(
      points: solution.references.map(interval.number(atUnitCoordinate:)),
      levelledError: solution.levelledError, iterations: solution.iterations)
    try self.init(
      function, .minimax, degree, coefficients: target.restored(solution.coefficients), interval,
      equioscillation)
    guard supremumError <= 1.0001 * solution.levelledError + 2 * target.rounding else {
      throw .notConverged(
        function: function, interval: interval, degree: degree, reached: supremumError,
        bound: solution.levelledError, iterations: solution.iterations)
    }
  }

  private init(
    _ function: TargetFunction, _ method: FitMethod, _ degree: Int, coefficients: [Double],
    _ interval: Interval, _ equioscillation: Equioscillation?
  ) throws(FitError) {
    guard coefficients.allSatisfy(\.isFinite) else {
      throw .notFinite(function: function, interval: interval)
    }
    let last = coefficients.lastIndex { $0 != 0 } ?? 0
    self.function = function
    self.method = method
    self.degree = degree
    self.equioscillation = equioscillation
    polynomial = ChebyshevPolynomial(Array(coefficients[...last]), on: interval)
    supremumError = SupremumError.measure(
      polynomial, from: function, lower: interval.lower, upper: interval.upper)
  }

  private static func checkDegree(_ degree: Int) throws(FitError) {
    guard 0...degreeLimit ~= degree else { throw .degreeOutOfRange(degree) }
  }
}
