import ActivationProfiling
import PolynomialApproximation

extension Recommender {
  /// What can be said of one site: a polynomial, or why there is none.
  struct Answer {
    var approximation: Recommendation.Approximation?
    var note: String?
    /// What the site adds to the total depth; `nil` if it needs a polynomial and none will do.
    var depth: Int?
  }

  /// Functions of several numbers at once, which no polynomial of one replaces.
  private static let jointFunctions: Set = ["softmax", "max", "prelu"]

  /// The polynomial of least degree on what a policy says of a site, or why there is none.
  func approximate(
    _ function: String, _ outcome: IntervalSet.Outcome, _ density: Density?
  ) -> Answer {
    guard let range = outcome.bounds else { return Answer() }
    if case .certified(_, let ratio?) = outcome, ratio > IntervalSet.uselessRatio {
      return Answer(
        note: "the certified interval is \(Float(ratio)) × as wide as the observed range: of no use"
      )
    }
    return approximate(function, on: range, density)
  }

  /// The polynomial of least degree for a site, or of a given one, or why there is none.
  func approximate(
    _ function: String, on range: ClosedRange<Double>, _ density: Density?, degree: Int? = nil
  ) -> Answer {
    if Self.jointFunctions.contains(function) {
      return Answer(
        note: "\(function) is no function of one number: use the interval alone", depth: 0)
    }
    guard Interval.isValid(lower: range.lowerBound, upper: range.upperBound) else {
      return Answer(note: "the interval is a single number: nothing has to be fitted", depth: 0)
    }
    do {
      return try approximate(TargetFunction(function), on: Interval(range), density, degree)
    } catch {
      return Answer(note: "\(error)")
    }
  }

  private func approximate(
    _ function: TargetFunction, on interval: Interval, _ density: Density?, _ degree: Int?
  ) throws(FitError) -> Answer {
    guard function.admissibleDomain.contains(interval.lower) else {
      throw .outsideDomain(function: function, interval: interval)
    }
    let weightedError = { (fit: Fit) in
      density?.rootMeanSquare(on: interval) { fit.approximant($0) - function($0) }
    }
    let output = density?.rootMeanSquare(on: interval) { function($0) } ?? 0
    guard output.isFinite else { throw .notFinite(function: function, interval: interval) }
    let (bound, measure): (Double, (Fit) -> Double) =
      switch tolerance {
      case .supremum(let bound): (bound, \.coreError)
      case .relative(let share): (share * output, \.coreError)
      case .weighted(let bound): (bound, { weightedError($0) ?? 0 })
      }
    let fit: Fit
    let meetsTolerance: Bool
    if let degree {
      fit = try Fit(of: function, on: interval, degree: degree, method: method, density: density)
      meetsTolerance = measure(fit) <= bound
    } else {
      let choice = try Fit.leastDegree(
        for: function, on: interval, tolerance: bound, method: method, density: density,
        among: backend.degreeCandidates(upTo: degreeLimit), limit: degreeLimit, measuring: measure)
      (fit, meetsTolerance) = (choice.fit, choice.meetsTolerance)
    }
    guard fit.supremumError.isFinite else {
      throw .notFinite(function: function, interval: interval)
    }
    let errorBound = errorBound(for: fit, output: output)
    let depth = fit.approximant.multiplicativeDepth(on: backend)
    return Answer(
      approximation: Recommendation.Approximation(
        method: fit.method, degree: fit.approximant.degree, meetsTolerance: meetsTolerance,
        supremumError: fit.coreError, weightedRMSError: weightedError(fit),
        errorBound: errorBound, depth: depth,
        multiplications: fit.approximant.nonScalarMultiplications(on: backend),
        fuse: OvershootFuse(fit, tolerance: errorBound).largestFactor),
      note: meetsTolerance || degree != nil
        ? nil : "no degree up to \(degreeLimit) meets the tolerance; this is the best",
      depth: meetsTolerance ? depth : nil)
  }

  /// The largest absolute error that counts as good. A bound on the mean does not say, so twice the
  /// fit's own largest error is taken there (a heuristic).
  private func errorBound(for fit: Fit, output: Double) -> Double {
    switch tolerance {
    case .supremum(let bound): bound
    case .relative(let share): share * output
    case .weighted: 2 * fit.supremumError
    }
  }
}
