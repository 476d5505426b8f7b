extension Fit {
  /// The largest error of a `density` fit on its interval, in units of the least possible one.
  public static let guardFactor = 2.0

  /// The width of the interval of a `clampedTail` fit, in units of the one asked for.
  public static let tailFactor = 1.25

  /// Fits the polynomial with the least mean square error over `density`, among those whose largest
  /// error on the interval scaled by `tail` is at most `guardFactor` times the least possible there.
  ///
  /// Numbers of the density outside `interval` count as its nearer end. The mean square error is at
  /// most that of the minimax polynomial, which is among those that are searched. A symmetry of the
  /// function is not kept, for the density has none.
  ///
  /// - Parameter tail: 1 for the method `density`; above 1 for `clampedTail`, whose `interval` is
  ///   then the scaled one, and whose `core` is `interval`.
  /// - Throws: `FitError`.
  /// - Precondition: `guardFactor` is above 1, and `tail` at least 1.
  public init(
    of function: TargetFunction, on interval: Interval, degree: Int, weighedBy density: Density,
    guardFactor: Double = Fit.guardFactor, tail: Double = 1
  ) throws(FitError) {
    precondition(guardFactor > 1 && tail >= 1, "not factors: \(guardFactor), \(tail)")
    try Fit.checkDegree(degree)
    // Outside the domain, the error names the interval that was asked for.
    _ = try UnitTarget(function, on: interval, degree: degree)
    let wide = tail == 1 ? interval : function.widened(interval, by: tail)
    let best = try Fit(of: function, on: wide, degree: degree)
    guard let minimax = best.polynomial else { preconditionFailure("a minimax fit is one") }
    var coefficients = minimax.coefficients
    coefficients += [Double](repeating: 0, count: degree + 1 - coefficients.count)
    let target = try UnitTarget(function, on: wide, degree: degree)
    let bound = guardFactor * best.supremumError
    // Where rounding makes the error, there is nothing to be gained.
    if best.supremumError > target.rounding {
      let problem = GuardedLeastSquares(
        residual: { t in
          let x = wide.number(atUnitCoordinate: t)
          return (function(x) - minimax(x)) / bound
        },
        landmarks: target.landmarks, degree: degree,
        density: density.points.map { point in
          let x = min(max(point.x, interval.lower), interval.upper)
          return (wide.unitCoordinate(of: x), point.weight)
        })
      for (index, correction) in problem.solve().enumerated() {
        coefficients[index] += bound * correction
      }
    }
    self.init(
      .polynomial(try Fit.polynomial(coefficients, for: function, on: wide)), for: function,
      on: wide, method: tail == 1 ? .density : .clampedTail, degree: degree,
      core: tail == 1 ? nil : interval)
  }
}

extension TargetFunction {
  /// Returns `interval` widened by `factor` about its centre, as far as the function is defined.
  fileprivate func widened(_ interval: Interval, by factor: Double) -> Interval {
    let wide = interval.widened(by: factor)
    return switch admissibleDomain {
    case .all: wide
    case .nonNegative: Interval(lower: max(wide.lower, 0), upper: wide.upper)
    // Towards the pole no factor of the width means anything.
    case .positive: Interval(lower: wide.lower > 0 ? wide.lower : interval.lower, upper: wide.upper)
    }
  }
}
