/// A fit that could not be made.
public enum FitError: Error, Hashable {
  /// The degree is negative or above `Fit.degreeLimit`.
  case degreeOutOfRange(Int)
  /// The function is not defined on the whole interval.
  case outsideDomain(function: TargetFunction, interval: Interval)
  /// A value of the function or a coefficient of the polynomial overflows.
  case notFinite(function: TargetFunction, interval: Interval)
  /// The function jumps inside the interval, so that no polynomial comes near.
  case discontinuous(function: TargetFunction, at: Double)
  /// The function has no Taylor series at this centre.
  case noTaylorSeries(function: TargetFunction, centre: Double)
  /// The exchange stopped with a largest error of `reached`, where `bound` may be possible.
  case notConverged(
    function: TargetFunction, interval: Interval, degree: Int, reached: Double, bound: Double,
    iterations: Int)
}

extension FitError: CustomStringConvertible {
  /// What stood in the way, and what to do about it.
  public var description: String {
    switch self {
    case .degreeOutOfRange(let degree):
      "degree \(degree) is not supported; choose one from 0 to \(Fit.degreeLimit)"
    case .outsideDomain(let function, let interval):
      "\(function) is not defined on all of \(interval); choose an interval of "
        + (function.admissibleDomain == .positive ? "positive" : "non-negative") + " numbers"
    case .notFinite(let function, let interval):
      "the fit of \(function) overflows on \(interval); choose a smaller interval or degree"
    case .discontinuous(let function, let at):
      "\(function) jumps at \(at.shortText), where no polynomial can follow; "
        + "choose an interval on one side of it"
    case .noTaylorSeries(let function, let centre):
      "\(function) has no Taylor series at \(centre.shortText); "
        + "choose another centre, or the method chebyshev or minimax"
    case .notConverged(let function, let interval, let degree, let reached, let bound, let count):
      "the minimax fit of \(function) on \(interval) at degree \(degree) stopped after "
        + "\(count) exchanges at error \(reached), where \(bound) may be possible; "
        + "choose another degree or interval, or the method chebyshev"
    }
  }
}
