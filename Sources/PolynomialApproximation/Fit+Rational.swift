extension Fit {
  /// The highest degree of a quotient's polynomials (heuristic: beyond it rounding rules).
  public static let rationalDegreeLimit = 64

  /// What the largest error may be of the levelled one (heuristic).
  static let rationalExcess = 1.25

  /// Fits a quotient of two polynomials of at most `degree`, without a pole on the interval.
  ///
  /// Where the function is x/2 and an even part (relu, softplus, gelu), or a constant and an odd one
  /// (sigmoid), the quotient has that symmetry exactly; the line adds 1 to the dividend's degree.
  ///
  /// - Throws: `FitError`; `notConverged` where the measured error exceeds the levelled one, below
  ///   which no quotient of the degree gets, by more than a quarter of it and rounding.
  init(
    rationalTo function: TargetFunction, on interval: Interval, degree: Int
  ) throws(FitError) {
    try Fit.checkDegree(degree, limit: Fit.rationalDegreeLimit)
    try Fit.checkJump(of: function, on: interval, omitting: nil)
    let unit = try UnitTarget(function, on: interval, degree: max(degree, 1))
    let target = RationalTarget(unit: unit)
    var reached = (error: Double.infinity, bound: 0.0, iterations: 0)
    // A function that is a quotient of a lower degree leaves only rounding to the higher ones.
    for inner in (0...target.degree(within: degree)).reversed() {
      guard let solution = RationalRemez(target: target, degree: inner).solve() else { continue }
      let quotient = Fit.chebyshevQuotient(solution.quotient, target, degree: inner, on: interval)
      guard let quotient else { continue }
      let fit = Fit(
        .rational(quotient), for: function, on: interval, method: .rational, degree: degree,
        equioscillation: Equioscillation(
          points: target.unfolded(solution.references).map(interval.number(atUnitCoordinate:)),
          levelledError: solution.levelledError, iterations: solution.iterations))
      let isWhole = inner == target.degree(within: degree)
      let aim = Fit.rationalExcess * solution.levelledError
      if fit.supremumError <= (isWhole ? aim : 0) + 4 * unit.rounding {
        self = fit
        return
      }
      if isWhole { reached = (fit.supremumError, solution.levelledError, solution.iterations) }
    }
    throw .notConverged(
      .rational, function: function, interval: interval, degree: degree, reached: reached.error,
      bound: reached.bound, iterations: reached.iterations)
  }

  /// Returns a quotient in the Chebyshev basis of `interval`, with the target's line, or nil where a
  /// coefficient overflows.
  private static func chebyshevQuotient(
    _ quotient: BarycentricQuotient, _ target: RationalTarget, degree: Int, on interval: Interval
  ) -> RationalFunction? {
    let unit = target.unit
    let isFolded = unit.parity != .neither
    let whole = isFolded ? 2 * degree : degree
    let hasLine = unit.constant != 0 || unit.slope != 0
    let dividend = whole + (unit.parity == .odd || unit.slope != 0 ? 1 : 0)
    let at = { (degree: Int, part: (Double, Double, Double) -> Double) in
      (0...degree).map { index in
        let t = ChebyshevCoefficients.point(index, of: degree)
        let values = quotient.polynomials(at: target.place(of: t))
        return part(t, values.numerator, values.denominator)
      }
    }
    let divisors = at(whole) { _, _, denominator in denominator }
    let dividends = at(dividend) { t, numerator, denominator in
      (unit.parity == .odd ? t : 1) * numerator + (unit.constant + unit.slope * t) * denominator
    }
    let size = divisors.map(abs).max()!
    let sign: Double = divisors[0] < 0 ? -1 : 1
    guard size > 0, size.isFinite, dividends.allSatisfy(\.isFinite) else { return nil }
    let scaled = { (values: [Double], parity: Parity) in
      ChebyshevPolynomial(
        ChebyshevCoefficients.ofValues(values.map { $0 / (sign * size) }, parity: parity),
        on: interval)
    }
    return RationalFunction(
      numerator: scaled(dividends, hasLine ? .neither : unit.parity),
      denominator: scaled(divisors, isFolded ? .even : .neither))
  }
}
