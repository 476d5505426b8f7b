/// A fit that could not be made.
public enum FitError: Error, Hashable {
  /// The degree is negative or above the limit.
  case degreeOutOfRange(Int, limit: Int = Fit.degreeLimit)
  /// A composite of this degree or less does not exist.
  case degreeTooLow(Int, least: Int)
  /// The degrees of a composite's stages are not odd, or out of range, or there are none.
  case stagesInvalid([Int])
  /// The function has more than a kink or jump at 0, so that the sign of x does not make it.
  case notPiecewiseLinear(function: TargetFunction)
  /// The interval holds no numbers on both sides of the kink.
  case oneSided(function: TargetFunction, interval: Interval)
  /// The function is not defined on the whole interval.
  case outsideDomain(function: TargetFunction, interval: Interval)
  /// A value of the function or a coefficient of the polynomial overflows.
  case notFinite(function: TargetFunction, interval: Interval)
  /// The function jumps inside the interval, so that no polynomial comes near.
  case discontinuous(function: TargetFunction, at: Double)
  /// The function has no Taylor series at this centre.
  case noTaylorSeries(function: TargetFunction, centre: Double)
  /// The method needs the values that count.
  case densityMissing(FitMethod)
  /// The method takes no gap.
  case gapUnsupported(FitMethod)
  /// The gap does not lie inside the interval.
  case gapOutside(gap: Interval, interval: Interval)
  /// The exchange stopped with a largest error of `reached`, where `bound` may be possible.
  case notConverged(
    _ method: FitMethod, function: TargetFunction, interval: Interval, degree: Int, reached: Double,
    bound: Double,
    iterations: Int)
}

extension FitError {
  /// Whether the method has nothing for this function, whatever the degree.
  public var isOfFunction: Bool {
    switch self {
    case .notPiecewiseLinear, .oneSided: true
    default: false
    }
  }
}

extension FitError: CustomStringConvertible {
  /// What stood in the way, and what to do about it.
  public var description: String {
    switch self {
    case .degreeOutOfRange(let degree, let limit):
      "degree \(degree) is not supported; choose one from 0 to \(limit)"
    case .degreeTooLow(let degree, let least):
      "there is no composite of degree \(degree); choose a degree from \(least) on"
    case .stagesInvalid(let degrees):
      "the degrees \(degrees.map(String.init).joined(separator: ",")) make no composite; choose odd "
        + "ones from 1 to \(Fit.stageDegreeLimit) with a product of at most "
        + "\(Fit.compositeDegreeLimit)"
    case .notPiecewiseLinear(let function):
      "\(function) is not made of x and its sign; "
        + "a composite exists for relu, leaky_relu, abs and sign"
    case .oneSided(let function, let interval):
      "\(function) is a line on \(interval); choose an interval with 0 inside, "
        + "or the method minimax"
    case .densityMissing(let method):
      "the method \(method.rawValue) needs the values that count; "
        + "give a density, or choose the method least-squares"
    case .gapUnsupported(let method):
      "the method \(method.rawValue) takes no gap; choose the method minimax or composite"
    case .gapOutside(let gap, let interval):
      "the gap \(gap) does not lie inside \(interval); choose a smaller one"
    case .outsideDomain(let function, let interval):
      "\(function) is not defined on all of \(interval); choose an interval of "
        + (function.admissibleDomain == .positive ? "positive" : "non-negative") + " numbers"
    case .notFinite(let function, let interval):
      "the fit of \(function) overflows on \(interval); choose a smaller interval or degree"
    case .discontinuous(let function, let at):
      "\(function) jumps at \(at.shortText), where no polynomial can follow; "
        + "choose an interval on one side of it, or a gap around it"
    case .noTaylorSeries(let function, let centre):
      "\(function) has no Taylor series at \(centre.shortText); "
        + "choose another centre, or the method chebyshev or minimax"
    case .notConverged(
      let method, let function, let interval, let degree, let reached, let bound, let count):
      "the \(method.rawValue) fit of \(function) on \(interval) at degree \(degree) stopped after "
        + "\(count) exchanges at error \(reached), where \(bound) may be possible; "
        + "choose another degree or interval, or the method chebyshev"
    }
  }
}
