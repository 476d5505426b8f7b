extension Fit {
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
    let polynomial = try Fit.polynomial(coefficients, for: function, on: interval)
    self.init(
      .polynomial(polynomial), for: function, on: interval, method: .taylor, degree: degree,
      centre: centre)
  }

  /// Returns the distance from the series' centre beyond which the error exceeds `tolerance`, to six
  /// digits; only for Taylor fits.
  ///
  /// The search ends at twice the distance to the farther end of the interval, which is returned
  /// where the error is still within the tolerance, and 0 where it is so nowhere.
  public func taylorRadius(tolerance: Double) -> Double? {
    guard let centre else { return nil }
    let meets = { (radius: Double) in
      let (lower, upper) = function.admissibleDomain.clip(centre - radius, centre + radius)
      return SupremumError.measure(approximant, from: function, lower: lower, upper: upper)
        <= tolerance
    }
    var (good, bad) = (0.0, 2 * max(interval.upper - centre, centre - interval.lower))
    if meets(bad) { return bad }
    while bad - good > 1e-6 * bad, bad > .leastNormalMagnitude {
      let middle = (good + bad) / 2
      if meets(middle) { good = middle } else { bad = middle }
    }
    return good
  }
}
