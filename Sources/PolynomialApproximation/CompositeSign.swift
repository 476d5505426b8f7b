import Glibc

/// Composed odd minimax polynomials that stand for the sign of x on [-1, -gap] ∪ [gap, 1].
///
/// Each stage is the best odd polynomial of its degree near 1 on what the stage before leaves of
/// [gap, 1] (Lee, Lee, No & Kim, "Minimax approximation of sign function by composite polynomial for
/// homomorphic comparison", IEEE TDSC 2022).
struct CompositeSign {
  /// A stage whose error would be below this, where rounding rules, is fitted on more than it needs
  /// (heuristic).
  private static let leastError = 1e-14

  /// The stages, the first one on [-1, 1].
  let stages: [ChebyshevPolynomial]

  /// The largest distance from 1 on [gap, 1], as the exchange found it.
  let error: Double

  /// Composes stages of the given odd degrees.
  ///
  /// - Precondition: `gap` is between 0 and 1, and there is a degree.
  init(degrees: [Int], gap: Double) throws(Remez.Shortfall) {
    var (lower, upper) = (gap, 1.0)
    var stages: [ChebyshevPolynomial] = []
    for degree in degrees {
      let stage = try CompositeSign.stage(degree: degree, lower: lower / upper)
      stages.append(
        ChebyshevPolynomial(stage.coefficients, on: Interval(lower: -upper, upper: upper)))
      (lower, upper) = (1 - stage.error, 1 + stage.error)
    }
    self.stages = stages
    error = upper - 1
  }

  /// Returns the best odd polynomial near 1 on [`lower`, 1], and its error.
  private static func stage(
    degree: Int, lower: Double
  ) throws(Remez.Shortfall) -> (coefficients: [Double], error: Double) {
    var lower = lower
    while true {
      let target = UnitTarget({ _ in 1 }, parity: .odd, pieces: [lower...1], size: 1)
      let solution = try Remez(target: target, degree: degree).solve()
      // The whole line 1·x has degree 1; a lower end of 0 leaves an error of 1.
      if solution.levelledError >= leastError {
        return (solution.coefficients, solution.levelledError * (1 + 2 * Remez.tolerance))
      }
      lower = 1 - min(2 * (1 - lower) + leastError, 0.9 + 0.1 * (1 - lower))
    }
  }

  /// The value at `x` in [-1, 1].
  func callAsFunction(_ x: Double) -> Double { stages.reduce(x) { $1($0) } }

  /// Returns the stages for which the largest x·|1 - s(x)| on [0, 1] is least.
  ///
  /// That error has two parts. On [gap, 1] it is the stages' own, which grows as the gap shrinks; on
  /// [0, gap] it is a hump that shrinks with the gap. Where the two are equal, their maximum is
  /// least: the gap is found by bisection of its logarithm.
  static func forProducts(degrees: [Int]) throws(Remez.Shortfall) -> CompositeSign {
    let product = degrees.reduce(1.0) { $0 * Double($1) }
    // The hump is at most the gap, and one polynomial of the whole degree leaves 0.28 divided by it.
    var (low, high) = (log2(0.05 / product), -0.01)
    var best: (sign: CompositeSign, error: Double)?
    while high - low > 1e-3 {
      let middle = (low + high) / 2
      let sign = try CompositeSign(degrees: degrees, gap: exp2(middle))
      let hump = sign.hump(gap: exp2(middle))
      let error = max(hump, sign.error)
      if error < best?.error ?? .infinity { best = (sign, error) }
      if hump > sign.error { high = middle } else { low = middle }
    }
    return best!.sign
  }

  /// Returns the largest x·|1 - s(x)| on [0, `gap`].
  private func hump(gap: Double) -> Double {
    let error = { (x: Double) in x * abs(1 - self(x)) }
    let points = (0...64).map { gap * Double($0) / 64 }
    let errors = points.map(error)
    let top = errors.indices.max { errors[$0] < errors[$1] }!
    let peak = maximum(
      of: error, from: points[max(top - 1, 0)], near: points[top], to: points[min(top + 1, 64)])
    return error(peak)
  }
}
