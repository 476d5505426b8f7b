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

  /// Finds the least of `degrees` whose error is at most `tolerance`.
  ///
  /// Minimax errors fall as the degree grows, until they reach rounding, so that these are searched
  /// by doubling and bisection; the degrees of the other methods are tried one by one. Composites
  /// are tried in the order of their depth, then of their multiplications.
  ///
  /// - Parameter degrees: The candidates in any order; nil for all from 1 on. Composites have their
  ///   own.
  /// - Parameter limit: The highest candidate that is tried; for composites, of a stage.
  /// - Parameter density: The values that count; for `density` and `clampedTail` only.
  /// - Parameter error: The error of a fit that counts; by default the largest on `interval`.
  /// - Throws: `FitError` when a fit that the search needs cannot be made.
  /// - Precondition: `tolerance` is not negative, and some candidate is at most `limit`.
  public static func leastDegree(
    for function: TargetFunction, on interval: Interval, tolerance: Double,
    method: FitMethod = .minimax, density: Density? = nil, among degrees: [Int]? = nil,
    limit: Int = searchLimit, measuring error: (Fit) -> Double = { $0.coreError }
  ) throws(FitError) -> DegreeChoice {
    precondition(tolerance >= 0, "not a tolerance: \(tolerance)")
    if method == .composite {
      let sets = StageDegrees.sets.filter { $0.allSatisfy { $0 <= limit } }
      precondition(!sets.isEmpty, "no stage has a degree of at most \(limit)")
      return try firstMeeting(tolerance, of: sets, error: error) { set throws(FitError) in
        try Fit(composing: set, for: function, on: interval)
      }
    }
    let candidates = Set(degrees ?? Array(1...max(limit, 1))).filter { $0 <= limit }.sorted()
    precondition(!candidates.isEmpty, "no candidate degree is at most \(limit)")
    let fit = { (degree: Int) throws(FitError) -> Fit in
      try Fit(of: function, on: interval, degree: degree, method: method, density: density)
    }
    if method == .minimax {
      return try bisected(tolerance, count: candidates.count, error: error) {
        index throws(FitError) in try fit(candidates[index])
      }
    }
    return try firstMeeting(tolerance, of: candidates, error: error, fit: fit)
  }

  /// Tries candidates one by one; one whose fit does not converge counts as missing the tolerance.
  private static func firstMeeting<Candidate>(
    _ tolerance: Double, of candidates: [Candidate], error: (Fit) -> Double,
    fit: (Candidate) throws(FitError) -> Fit
  ) throws(FitError) -> DegreeChoice {
    var best: Fit?
    var failure: FitError?
    for candidate in candidates {
      do throws(FitError) {
        let next = try fit(candidate)
        if best.map({ error(next) < error($0) }) ?? true { best = next }
        if error(next) <= tolerance { return .found(next) }
      } catch {
        guard case .notConverged = error else {
          // A degree beyond the method's own limit ends the search.
          if best != nil, case .degreeOutOfRange = error { break }
          throw error
        }
        failure = error
      }
    }
    guard let best else { throw failure! }
    return .unreachable(best: best)
  }

  /// Searches fits whose errors fall with the index.
  private static func bisected(
    _ tolerance: Double, count: Int, error: (Fit) -> Double, fit: (Int) throws(FitError) -> Fit
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
