import Glibc

/// The beta distribution, which order statistics and binomial confidence limits follow.
public struct BetaDistribution: Hashable, Sendable {
  /// The first shape parameter.
  public let a: Double

  /// The second shape parameter.
  public let b: Double

  /// Creates the distribution with the given shape parameters.
  ///
  /// - Precondition: Both are positive and finite.
  public init(_ a: Double, _ b: Double) {
    precondition(a > 0 && b > 0 && a.isFinite && b.isFinite, "no beta distribution: \(a), \(b)")
    self.a = a
    self.b = b
  }

  /// Returns the probability of at most `x`, the regularised incomplete beta function.
  ///
  /// A continued fraction by Lentz's method (Press et al., "Numerical Recipes", 6.4); its factor by
  /// Loader's saddle-point expansion ("Fast and accurate computation of binomial probabilities",
  /// 2000), which keeps its accuracy for large parameters.
  public func cumulative(_ x: Double) -> Double {
    if x <= 0 { return 0 }
    if x >= 1 { return 1 }
    return x < (a + 1) / (a + b + 2) ? tail(x, 1 - x) : 1 - swapped.tail(1 - x, x)
  }

  /// Returns the probability of more than `x`, without cancellation where it is small.
  public func survival(_ x: Double) -> Double {
    if x <= 0 { return 1 }
    if x >= 1 { return 0 }
    return x < (a + 1) / (a + b + 2) ? 1 - tail(x, 1 - x) : swapped.tail(1 - x, x)
  }

  /// Returns the least x with a probability of `probability` of at most x, to 15 digits.
  ///
  /// - Precondition: The probability is between 0 and 1.
  public func quantile(_ probability: Double) -> Double {
    precondition(probability >= 0 && probability <= 1, "no probability: \(probability)")
    if probability == 0 { return 0 }
    if probability == 1 { return 1 }
    // Bisection ends where no Double is left between the bounds.
    var (lower, upper) = (0.0, 1.0)
    while true {
      let middle =
        lower > 0 && upper > 4 * lower
        ? (lower * upper).squareRoot() : lower + (upper - lower) / 2
      if middle <= lower || middle >= upper { return upper }
      if cumulative(middle) < probability { lower = middle } else { upper = middle }
    }
  }

  private var swapped: BetaDistribution { BetaDistribution(b, a) }

  /// The cumulative probability at x, which is below the mean, by the continued fraction.
  private func tail(_ x: Double, _ complement: Double) -> Double {
    factor(x, complement) / a * continuedFraction(x)
  }

  private func continuedFraction(_ x: Double) -> Double {
    let tiny = 1e-300
    var c = 1.0
    var d = 1 - (a + b) * x / (a + 1)
    d = 1 / (d.magnitude < tiny ? tiny : d)
    var result = d
    var m = 1.0
    while true {
      var last = 1.0
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      for term in [even, odd] {
        d = 1 + term * d
        d = 1 / (d.magnitude < tiny ? tiny : d)
        c = 1 + term / c
        if c.magnitude < tiny { c = tiny }
        last = c * d
        result *= last
      }
      if (last - 1).magnitude <= 2 * Double.ulpOfOne { return result }
      m += 1
    }
  }

  /// xᵃ(1 − x)ᵇ/B(a, b).
  private func factor(_ x: Double, _ complement: Double) -> Double {
    let n = a + b
    let exponent =
      Self.stirlingError(n) - Self.stirlingError(a) - Self.stirlingError(b)
      - Self.deviance(a, n * x) - Self.deviance(b, n * complement)
    return exp(exponent) * (a * b / (2 * .pi * n)).squareRoot()
  }

  /// log Γ(n + 1) less Stirling's approximation of it.
  private static func stirlingError(_ n: Double) -> Double {
    if n <= 15 { return lgamma(n + 1) - (n + 0.5) * log(n) + n - 0.5 * log(2 * .pi) }
    let s = 1 / (n * n)
    return (1.0 / 12 - (1.0 / 360 - (1.0 / 1260 - (1.0 / 1680 - s / 1188) * s) * s) * s) / n
  }

  /// k·log(k/m) + m − k, without cancellation where k is near m.
  private static func deviance(_ k: Double, _ m: Double) -> Double {
    guard (k - m).magnitude < 0.1 * (k + m) else { return k * log(k / m) + m - k }
    let v = (k - m) / (k + m)
    var sum = (k - m) * v
    var term = 2 * k * v
    var j = 1.0
    while true {
      term *= v * v
      let next = sum + term / (2 * j + 1)
      if next == sum { return next }
      sum = next
      j += 1
    }
  }
}
