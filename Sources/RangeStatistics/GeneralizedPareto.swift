import Glibc

/// The generalised Pareto distribution of what exceeds a high threshold, by how much.
///
/// An excess is above x with probability (1 + ξx/σ)^(−1/ξ), or exp(−x/σ) if ξ is 0. A negative
/// shape has the end −σ/ξ, a positive one a tail like x^(−1/ξ). (Coles, "An Introduction to
/// Statistical Modeling of Extreme Values", 2001, chapter 4.)
public struct GeneralizedPareto: Hashable, Sendable {
  /// The shape ξ.
  public let shape: Double
  /// The scale σ, in the unit of the excesses.
  public let scale: Double

  /// Creates the distribution.
  ///
  /// - Precondition: The scale is positive, and both are finite.
  public init(shape: Double, scale: Double) {
    precondition(
      scale > 0 && scale.isFinite && shape.isFinite, "no distribution: \(shape), \(scale)")
    (self.shape, self.scale) = (shape, scale)
  }

  /// The least shape that is fitted: below, likelihood theory does not hold (Smith, "Maximum
  /// likelihood estimation in a class of nonregular cases", 1985). A distribution that ends more
  /// abruptly is taken for one of this shape, which has the longer tail.
  public static let leastShape = -0.5

  /// Returns the probability of an excess above `x`.
  public func survival(_ x: Double) -> Double {
    if x <= 0 { return 1 }
    guard shape.magnitude > Self.nearZero else { return exp(-x / scale) }
    let base = 1 + shape * x / scale
    return base <= 0 ? 0 : exp(-log(base) / shape)
  }

  /// Returns the excess that is exceeded with the given probability.
  ///
  /// - Precondition: The probability is positive and at most 1.
  public func level(exceededWith probability: Double) -> Double {
    scale * Self.standardLevel(probability, shape: shape)
  }

  /// The level of the distribution of scale 1, (p^(−ξ) − 1)/ξ.
  static func standardLevel(_ probability: Double, shape: Double) -> Double {
    precondition(probability > 0 && probability <= 1, "no probability: \(probability)")
    let returns = -log(probability)
    return shape.magnitude > nearZero ? expm1(shape * returns) / shape : returns
  }

  /// Returns the logarithm of the likelihood of excesses; −∞ if one is beyond the end.
  func logLikelihood(_ excesses: [Double]) -> Double {
    let n = Double(excesses.count)
    guard shape.magnitude > Self.nearZero else {
      return -n * log(scale) - excesses.reduce(0, +) / scale
    }
    guard let sum = Self.logarithms(of: excesses, theta: shape / scale) else { return -.infinity }
    return -n * log(scale) - (1 + 1 / shape) * sum
  }

  /// Returns the distribution of the greatest likelihood with a shape of at least `leastShape`, which
  /// is negative, and the logarithm of that likelihood.
  ///
  /// Along θ = ξ/σ the best shape is the mean of log(1 + θx), so that one number is searched for
  /// (Grimshaw, "Computing maximum likelihood estimates for the generalized Pareto distribution",
  /// Technometrics 35, 1993): on a grid, since there may be several maxima, then by golden section.
  ///
  /// - Precondition: There are excesses, all positive and finite.
  static func fit(
    _ excesses: [Double], leastShape: Double = Self.leastShape
  ) -> (distribution: GeneralizedPareto, logLikelihood: Double) {
    let n = Double(excesses.count)
    let mean = excesses.reduce(0, +) / n
    guard let largest = excesses.max(), mean > 0 else { preconditionFailure("no excess") }
    func distribution(_ theta: Double) -> GeneralizedPareto {
      guard (theta * mean).magnitude > nearZero else {
        return GeneralizedPareto(shape: 0, scale: mean)
      }
      let shape = Self.logarithms(of: excesses, theta: theta)! / n
      return GeneralizedPareto(shape: shape, scale: shape / theta)
    }
    func profile(_ theta: Double) -> Double {
      let best = distribution(theta)
      return best.shape < leastShape ? -.infinity : -n * (log(best.scale) + best.shape + 1)
    }
    let steps = (0...gridSteps).map { Double($0) / Double(gridSteps) }
    // From next to −1/x_max, where the likelihood of shapes below −1 diverges, over 0, to where the
    // shape is far above any that is of use.
    let grid =
      steps.map { -(1 - exp(-14 * (1 - $0))) / largest }.dropLast()
      + steps.map { exp(12 * $0 - 9) / mean }
    let values = grid.map(profile)
    let top = values.indices.max { values[$0] < values[$1] }!
    let (lower, upper) = (grid[max(top - 1, 0)], grid[min(top + 1, grid.count - 1)])
    let theta = Maximum.goldenSection(in: lower...upper, of: profile).x
    let candidates = [
      distribution(theta), distribution(grid[top]), fit(excesses, shape: leastShape),
    ].filter { $0.shape >= leastShape }
    return candidates.map { ($0, $0.logLikelihood(excesses)) }.max { $0.1 < $1.1 }!
  }

  /// Returns the distribution of the greatest likelihood with a given negative shape.
  private static func fit(_ excesses: [Double], shape: Double) -> GeneralizedPareto {
    let (mean, largest) = (excesses.reduce(0, +) / Double(excesses.count), excesses.max()!)
    let least = log(-shape * largest) + 1e-12
    let logarithm = Maximum.goldenSection(in: least...max(least + 1, log(8 * mean))) {
      GeneralizedPareto(shape: shape, scale: exp($0)).logLikelihood(excesses)
    }.x
    return GeneralizedPareto(shape: shape, scale: exp(logarithm))
  }

  /// Returns the sum of log(1 + θx) over excesses; nil if one is beyond the end of a distribution with
  /// the ratio θ = ξ/σ, or there is none.
  ///
  /// Fits and confidence limits spend their time here, so that of several factors one logarithm is
  /// taken: 4 times as fast. Where all factors are near 1, that would lose digits.
  static func logarithms(of excesses: [Double], theta: Double) -> Double? {
    guard let largest = excesses.max(), theta * largest > -1 else { return nil }
    if (theta * largest).magnitude < 0.01 { return excesses.reduce(0) { $0 + log1p(theta * $1) } }
    var (sum, product, factors) = (0.0, 1.0, 0)
    for excess in excesses {
      product *= 1 + theta * excess
      factors += 1
      // Eight factors between 1e-38 and 1e38 have a product.
      if factors == 8 {
        sum += log(product)
        (product, factors) = (1, 0)
      }
    }
    return sum + log(product)
  }

  /// Shapes this near 0 are taken for 0: the formulas differ by less than rounding there.
  private static let nearZero = 1e-9
  /// Points of the grid on either side of 0 (heuristic).
  private static let gridSteps = 48
}
