/// The answer to the question for the least degree that meets a tolerance.
public enum DegreeChoice: Hashable, Sendable {
  /// The fit of the least degree that meets the tolerance.
  case found(Fit)
  /// No degree up to the limit meets it; the fit comes nearest.
  case unreachable(best: Fit)

  /// The fit, whether it meets the tolerance or not.
  public var fit: Fit {
    switch self {
    case .found(let fit), .unreachable(let fit): fit
    }
  }

  /// Whether the fit meets the tolerance.
  public var meetsTolerance: Bool {
    if case .found = self { true } else { false }
  }
}

extension Fit {
  /// The highest degree that a search tries unless told otherwise (heuristic: depth 6).
  public static let searchLimit = 63

  /// Finds the least of `degrees` whose error on `interval` is at most `tolerance`.
  ///
  /// Minimax errors fall as the degree grows, until they reach rounding, so that these are searched
  /// by doubling and bisection; the degrees of the other methods are tried one by one.
  ///
  /// - Parameter degrees: The candidates in any order; nil for all from 1 on.
  /// - Parameter limit: The highest candidate that is tried.
  /// - Parameter error: The error of a fit that counts; the largest on the interval by default.
  /// - Throws: `FitError` when a fit that the search needs cannot be made.
  /// - Precondition: `tolerance` is not negative, and some candidate is at most `limit`.
  public static func leastDegree(
    for function: TargetFunction, on interval: Interval, tolerance: Double,
    method: FitMethod = .minimax, among degrees: [Int]? = nil, limit: Int = searchLimit,
    measuring error: (Fit) -> Double = { $0.supremumError }
  ) throws(FitError) -> DegreeChoice {
    precondition(tolerance >= 0, "not a tolerance: \(tolerance)")
    let candidates = Set(degrees ?? Array(1...max(limit, 1))).filter { $0 <= limit }.sorted()
    precondition(!candidates.isEmpty, "no candidate degree is at most \(limit)")

    let fit = { (index: Int) throws(FitError) -> Fit in
      try Fit(of: function, on: interval, degree: candidates[index], method: method)
    }
    if method == .minimax {
      return try firstMeeting(tolerance, count: candidates.count, fit: fit, error: error)
    }
    var best = try fit(0)
    for index in candidates.indices.dropFirst() where error(best) > tolerance {
      let next = try fit(index)
      if error(next) < error(best) { best = next }
    }
    return error(best) <= tolerance ? .found(best) : .unreachable(best: best)
  }

  /// Searches fits whose errors fall with the index.
  private static func firstMeeting(
    _ tolerance: Double, count: Int, fit: (Int) throws(FitError) -> Fit, error: (Fit) -> Double
  ) throws(FitError) -> DegreeChoice {
    var (missed, next) = (-1, 0)
    var found = try fit(next)
    while error(found) > tolerance {
      if next == count - 1 { return .unreachable(best: found) }
      missed = next
      next = min(2 * next + 1, count - 1)
      found = try fit(next)
    }
    while next - missed > 1 {
      let middle = (missed + next) / 2
      let candidate = try fit(middle)
      if error(candidate) <= tolerance {
        (found, next) = (candidate, middle)
      } else {
        missed = middle
      }
    }
    return .found(found)
  }
}
