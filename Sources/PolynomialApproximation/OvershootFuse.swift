/// How a fit fares on inputs outside its interval.
public struct OvershootFuse: Hashable, Sendable, Codable {
  /// The largest error on a scaled interval.
  public struct Overshoot: Hashable, Sendable, Codable {
    /// The width of the scaled interval as a multiple of the fit's.
    public let factor: Double

    /// The largest absolute error there; infinite where the function or polynomial is unbounded.
    public let error: Double
  }

  /// The factors for which errors are listed.
  public static let factors = [1.05, 1.1, 1.25, 2]

  /// The search for the largest factor ends here (heuristic).
  public static let searchLimit = 1024.0

  /// The error that is allowed.
  public let tolerance: Double

  /// The largest factor by which the interval may be scaled about its centre so that the error
  /// stays within the tolerance, to six digits.
  ///
  /// Below 1 where the fit misses the tolerance on its own interval, nil where it does so within
  /// 1/1024 of it, and `searchLimit` where the true factor is that or more.
  public let largestFactor: Double?

  /// The errors for each of `factors`.
  public let overshoots: [Overshoot]

  /// Measures `fit` outside its interval.
  ///
  /// - Precondition: `tolerance` is not negative.
  public init(_ fit: Fit, tolerance: Double) {
    precondition(tolerance >= 0, "not a tolerance: \(tolerance)")
    self.tolerance = tolerance
    largestFactor = OvershootFuse.largestFactor(of: fit, tolerance: tolerance)
    overshoots = OvershootFuse.factors.map { Overshoot(factor: $0, error: fit.error(atFactor: $0)) }
  }

  /// Brackets the factor by doubling or halving, then bisects.
  private static func largestFactor(of fit: Fit, tolerance: Double) -> Double? {
    var (good, bad) = (1.0, 1.0)
    if fit.supremumError <= tolerance {
      while fit.error(atFactor: bad) <= tolerance {
        if bad == searchLimit { return searchLimit }
        (good, bad) = (bad, 2 * bad)
      }
    } else {
      while fit.error(atFactor: good) > tolerance {
        if good < 1 / searchLimit { return nil }
        (good, bad) = (good / 2, good)
      }
    }
    while bad - good > 1e-6 * good {
      let middle = (good + bad) / 2
      if fit.error(atFactor: middle) <= tolerance { good = middle } else { bad = middle }
    }
    return good
  }
}

extension Fit {
  /// Returns the largest absolute error on the interval scaled by `factor` about its centre.
  ///
  /// Where the scaled interval leaves the function's domain, the part inside counts. The error is
  /// infinite where the function is unbounded, or a value overflows.
  ///
  /// - Precondition: `factor` is positive.
  public func error(atFactor factor: Double) -> Double {
    precondition(factor > 0, "not a factor: \(factor)")
    let growth = (factor - 1) * interval.halfWidth
    let (lower, upper) = (interval.lower - growth, interval.upper + growth)
    if function.admissibleDomain == .positive && lower <= 0 { return .infinity }
    let inside = function.admissibleDomain.clip(lower, upper).lower
    let error = { (lower: Double, upper: Double) in
      lower < upper
        ? SupremumError.measure(approximant, from: function, lower: lower, upper: upper) : 0
    }
    if factor >= 1 {
      // The interval itself has been measured.
      return max(supremumError, error(inside, interval.lower), error(interval.upper, upper))
    }
    guard let gap else { return error(inside, upper) }
    return max(error(inside, min(gap.lower, upper)), error(max(gap.upper, inside), upper))
  }
}
