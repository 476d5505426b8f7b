import Glibc

/// The number of successes among trials whose probability is drawn from a beta distribution: what
/// escapes from an interval calibrated by ranks follow.
public struct BetaBinomialDistribution: Hashable, Sendable {
  /// The probabilities of 0, 1, …, `trials` successes.
  public let probabilities: [Double]

  /// Creates the distribution for a number of trials with a probability drawn from Beta(a, b).
  ///
  /// - Precondition: The number is not negative; a and b are positive and finite.
  public init(trials: Int, a: Double, b: Double) {
    precondition(trials >= 0 && a > 0 && b > 0 && a.isFinite && b.isFinite, "no distribution")
    func logBeta(_ a: Double, _ b: Double) -> Double { lgamma(a) + lgamma(b) - lgamma(a + b) }
    let n = Double(trials)
    probabilities = (0...trials).map { successes in
      let k = Double(successes)
      let logarithm =
        lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) + logBeta(k + a, n - k + b)
        - logBeta(a, b)
      return exp(logarithm)
    }
  }

  /// The least number of successes that is not exceeded with at least the given probability.
  public func quantile(_ probability: Double) -> Int {
    var sum = 0.0
    for (successes, share) in probabilities.enumerated() {
      sum += share
      if sum >= probability { return successes }
    }
    return probabilities.count - 1
  }
}
