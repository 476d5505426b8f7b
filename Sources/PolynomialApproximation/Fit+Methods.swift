extension Fit {
  /// Fits `function` on `interval` with at most `degree`.
  ///
  /// A Taylor series has its centre at 0 when 0 lies in the interval and the function is smooth
  /// there, otherwise at the interval's centre. The degree of a composite is that of the single
  /// polynomial that it equals; `init(composing:for:on:omitting:)` takes the degrees of its stages.
  ///
  /// - Parameter density: The values that count; for `density` and `clampedTail` only.
  /// - Parameter gap: A part inside the interval where no error counts; for `minimax` and
  ///   `composite` only. With it, a function may jump inside the gap.
  /// - Throws: `FitError`. A minimax fit is never returned short of its aim: its measured error
  ///   exceeds the levelled error by at most 1e-4 of it, or by rounding; usually by 1e-10 of it.
  public init(
    of function: TargetFunction, on interval: Interval, degree: Int, method: FitMethod = .minimax,
    density: Density? = nil, omitting gap: Interval? = nil
  ) throws(FitError) {
    if let gap {
      guard method == .minimax || method == .composite else { throw .gapUnsupported(method) }
      guard interval.lower < gap.lower, gap.upper < interval.upper else {
        throw .gapOutside(gap: gap, interval: interval)
      }
    }
    switch method {
    case .taylor:
      let startsAtZero = interval.contains(0) && function.isSmooth(at: 0)
      try self.init(
        taylorSeriesOf: function, centre: startsAtZero ? 0 : interval.centre, on: interval,
        degree: degree)
    case .chebyshev:
      try self.init(projecting: function, on: interval, degree: degree, method: method) {
        ChebyshevCoefficients.interpolating($0.part, degree: degree, parity: $0.parity)
      }
    case .leastSquares:
      try self.init(projecting: function, on: interval, degree: degree, method: method) {
        LegendreProjection.coefficients(of: $0, degree: degree)
      }
    case .minimax:
      try self.init(minimaxTo: function, on: interval, degree: degree, omitting: gap)
    case .density, .clampedTail:
      guard let density else { throw .densityMissing(method) }
      try self.init(
        of: function, on: interval, degree: degree, weighedBy: density,
        tail: method == .density ? 1 : Fit.tailFactor)
    case .composite:
      try self.init(compositeFor: function, on: interval, degree: degree, omitting: gap)
    case .rational:
      try self.init(rationalTo: function, on: interval, degree: degree)
    }
  }

  /// Fits by a linear map from the function to coefficients.
  private init(
    projecting function: TargetFunction, on interval: Interval, degree: Int, method: FitMethod,
    by coefficients: (UnitTarget) -> [Double]
  ) throws(FitError) {
    try Fit.checkDegree(degree)
    let target = try UnitTarget(function, on: interval, degree: degree)
    let polynomial = try Fit.polynomial(
      target.restored(coefficients(target)), for: function, on: interval)
    self.init(
      .polynomial(polynomial), for: function, on: interval, method: method, degree: degree)
  }

  private init(
    minimaxTo function: TargetFunction, on interval: Interval, degree: Int, omitting gap: Interval?
  ) throws(FitError) {
    try Fit.checkDegree(degree)
    try Fit.checkJump(of: function, on: interval, omitting: gap)
    let target = try UnitTarget(function, on: interval, degree: degree, omitting: gap)
    let solution: Remez.Solution
    do throws(Remez.Shortfall) {
      solution = try Remez(target: target, degree: degree).solve()
    } catch {
      throw .notConverged(
        .minimax, function: function, interval: interval, degree: degree, reached: error.error,
        bound: error.levelledError, iterations: error.iterations)
    }
    let polynomial = try Fit.polynomial(
      target.restored(solution.coefficients), for: function, on: interval)
    self.init(
      .polynomial(polynomial), for: function, on: interval, method: .minimax, degree: degree,
      omitting: gap,
      equioscillation: Equioscillation(
        points: solution.references.map(interval.number(atUnitCoordinate:)),
        levelledError: solution.levelledError, iterations: solution.iterations))
    guard supremumError <= 1.0001 * solution.levelledError + 2 * target.rounding else {
      throw .notConverged(
        .minimax, function: function, interval: interval, degree: degree, reached: supremumError,
        bound: solution.levelledError, iterations: solution.iterations)
    }
  }

  /// Creates a polynomial without the last coefficients that are exactly zero.
  static func polynomial(
    _ coefficients: [Double], for function: TargetFunction, on interval: Interval
  ) throws(FitError) -> ChebyshevPolynomial {
    guard coefficients.allSatisfy(\.isFinite) else {
      throw .notFinite(function: function, interval: interval)
    }
    let last = coefficients.lastIndex { $0 != 0 } ?? 0
    return ChebyshevPolynomial(Array(coefficients[...last]), on: interval)
  }

  static func checkDegree(_ degree: Int, limit: Int = degreeLimit) throws(FitError) {
    guard 0...limit ~= degree else { throw .degreeOutOfRange(degree, limit: limit) }
  }

  static func checkJump(
    of function: TargetFunction, on interval: Interval, omitting gap: Interval?
  ) throws(FitError) {
    guard let jump = function.jump, interval.contains(jump) else { return }
    if let gap, gap.lower < jump, jump < gap.upper { return }
    throw .discontinuous(function: function, at: jump)
  }
}
