/// The Remez exchange algorithm for the best uniform approximation by polynomials.
///
/// References start at Chebyshev points and move, all at once, to the extrema of the error, until
/// no error exceeds the levelled one (Pachón & Trefethen, 2009; Trefethen, *Approximation Theory
/// and Approximation Practice*, 2013, chapter 10). An iteration takes O(degree²) operations.
struct Remez {
  /// The outcome of an exchange that came to its end.
  struct Solution {
    /// The coefficients of T₀, T₁, … of the best approximation to the target's part.
    var coefficients: [Double]
    /// The references in ascending order, in [-1, 1]; the error alternates from one to the next.
    var references: [Double]
    /// The absolute value of the error at the references.
    var levelledError: Double
    /// The number of exchanges.
    var iterations: Int
  }

  /// What an exchange that did not come to its end had reached.
  struct Shortfall: Error {
    /// The largest error of the best polynomial that was found.
    var error: Double
    /// The largest levelled error: no polynomial has a smaller largest error.
    var levelledError: Double
    /// The number of exchanges.
    var iterations: Int
  }

  /// The relative excess of the largest error over the levelled one at which the exchange ends unless
  /// told otherwise.
  static let tolerance = 1e-10

  /// The exchanges tried from one start (heuristic; most functions take five to ten).
  static let iterationLimit = 60

  /// The starts, as shrinkages of the Chebyshev points towards one half or the other.
  ///
  /// On the Chebyshev points themselves the levelled error is zero by symmetry for some functions,
  /// such as the sine over a whole period, and the exchange cannot begin.
  static let starts = [0.0, 0.2, -0.3]

  let target: UnitTarget
  let degree: Int
  /// The relative excess at which this exchange ends.
  var tolerance = Remez.tolerance

  /// How far off an extremum's place may be, as a part of the stretch it is searched in: its value is
  /// then off by less than the exchange's aim.
  var precision: Double { 0.1 * tolerance.squareRoot() }

  /// Runs the exchange.
  func solve() throws(Shortfall) -> Solution {
    var shortfall = Shortfall(error: .infinity, levelledError: 0, iterations: 0)
    for start in Remez.starts {
      switch run(from: initialReferences(shrinkage: start)) {
      case .success(let solution):
        return solution
      case .failure(let failure):
        shortfall.error = min(shortfall.error, failure.error)
        shortfall.levelledError = max(shortfall.levelledError, failure.levelledError)
        shortfall.iterations += failure.iterations
      }
    }
    throw shortfall
  }

  /// The free coefficients: those of q in q(t), q(t²) or t·q(t²).
  private var unknowns: Int {
    switch target.parity {
    case .even: degree / 2 + 1
    case .odd: (degree + 1) / 2
    case .neither: degree + 1
    }
  }

  private func run(from start: [Double]) -> Result<Solution, Shortfall> {
    var references = start
    var best: (interpolant: LevelledInterpolant, references: [Double], error: Double)?
    var leastExcess = Double.infinity
    var levelled = 0.0
    var idle = 0
    var iterations = 0
    while iterations < Remez.iterationLimit {
      iterations += 1
      let interpolant = LevelledInterpolant(of: target, at: references)
      guard interpolant.levelledError.isFinite else { break }
      let extrema = extrema(
        of: { target.part($0) - interpolant($0) }, references: references)
      let largest = extrema.map { abs($0.error) }.max() ?? 0

      let excess = largest - abs(interpolant.levelledError)
      levelled = max(levelled, abs(interpolant.levelledError))
      idle += 1
      if excess < leastExcess {
        (leastExcess, idle) = (excess, 0)
        best = (interpolant, references, largest)
      }
      if excess <= tolerance * largest || largest <= target.rounding { break }
      if leastExcess <= target.rounding && idle > 1 { break }
      guard let exchanged = exchange(extrema, count: references.count) else { break }
      references = exchanged
    }
    guard let best else {
      return .failure(Shortfall(error: .infinity, levelledError: 0, iterations: iterations))
    }
    guard leastExcess <= max(tolerance * best.error, target.rounding) else {
      return .failure(
        Shortfall(error: best.error, levelledError: levelled, iterations: iterations))
    }
    return .success(
      Solution(
        coefficients: ChebyshevCoefficients.interpolating(
          { best.interpolant($0) }, degree: degree, parity: target.parity),
        references: unfolded(best.references), levelledError: abs(best.interpolant.levelledError),
        iterations: iterations))
  }

  /// Returns Chebyshev points of the problem at hand, ascending, one more than there are unknowns.
  private func initialReferences(shrinkage: Double) -> [Double] {
    let scale = 1 - abs(shrinkage)
    let isFolded = target.parity != .neither && target.pieces == [0...1]
    return (0...unknowns).map { index in
      if isFolded {
        return target.parity == .even
          ? scale * sine(index, of: 2 * unknowns)
          : scale * sine(2 * index + 1, of: 2 * (2 * unknowns + 1))
      }
      return place(of: scale * sine(2 * index - unknowns, of: 2 * unknowns) + shrinkage / 2)
    }
  }

  /// Returns the point of the pieces at `t`, where they are laid end to end over [-1, 1].
  private func place(of t: Double) -> Double {
    let lengths = target.pieces.map { $0.upperBound - $0.lowerBound }
    var distance = (t + 1) / 2 * lengths.reduce(0, +)
    for (piece, length) in zip(target.pieces, lengths) {
      if distance <= length { return piece.lowerBound + distance }
      distance -= length
    }
    return 1
  }

  /// Returns references on all of [-1, 1], of which a symmetric problem holds the right half.
  private func unfolded(_ references: [Double]) -> [Double] {
    switch target.parity {
    case .neither: references
    // The error has the same sign at -t and t, so that the innermost pair counts once.
    case .even: references.dropFirst().reversed().map { -$0 } + references
    case .odd: references.reversed().map { -$0 } + references
    }
  }
}
