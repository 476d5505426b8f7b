extension Fit {
  /// Returns the largest error of the best polynomial of at most `degree`, without the polynomial.
  ///
  /// It is that of the minimax fit, less at most 1e-5 of it and rounding, and takes about half the
  /// time: the exchange ends earlier, and no error is searched for beside its own.
  ///
  /// - Throws: `FitError`, as the fit does.
  public static func leastError(
    of function: TargetFunction, on interval: Interval, degree: Int
  ) throws(FitError) -> Double {
    try checkDegree(degree)
    try checkJump(of: function, on: interval, omitting: nil)
    let target = try UnitTarget(function, on: interval, degree: degree)
    do throws(Remez.Shortfall) {
      return try Remez(target: target, degree: degree, tolerance: 1e-5).solve().levelledError
    } catch {
      throw .notConverged(
        .minimax, function: function, interval: interval, degree: degree, reached: error.error,
        bound: error.levelledError, iterations: error.iterations)
    }
  }
}
