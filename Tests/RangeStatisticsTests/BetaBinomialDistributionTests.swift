import Testing

@testable import RangeStatistics

@Suite("The Beta-binomial distribution")
struct BetaBinomialDistributionTests {
  @Test("Probabilities sum to 1, with the mean and variance of the formulas.")
  func moments() {
    for (trials, a, b) in [(10, 2.0, 3.0), (400, 5, 396), (1, 0.5, 0.5), (0, 1, 1)] {
      let law = BetaBinomialDistribution(trials: trials, a: a, b: b).probabilities
      let n = Double(trials)
      let mean = law.enumerated().reduce(0) { $0 + Double($1.offset) * $1.element }
      let square = law.enumerated().reduce(0) { $0 + Double($1.offset * $1.offset) * $1.element }
      let variance = n * a * b * (a + b + n) / ((a + b) * (a + b) * (a + b + 1))
      // lgamma of numbers below 1000 is good to 1e-12.
      #expect(abs(law.reduce(0, +) - 1) < 1e-10)
      #expect(abs(mean - n * a / (a + b)) < 1e-8)
      #expect(abs(square - mean * mean - variance) < 1e-6)
    }
  }

  @Test("With a uniform probability every number of successes is equally likely.")
  func uniform() {
    let law = BetaBinomialDistribution(trials: 9, a: 1, b: 1).probabilities
    #expect(law.allSatisfy { abs($0 - 0.1) < 1e-13 })
  }

  @Test("A quantile is the least number with the probability below or at it.")
  func quantiles() {
    let law = BetaBinomialDistribution(trials: 3, a: 1, b: 1)
    #expect([0.1, 0.2, 0.26, 0.7, 0.99].map(law.quantile) == [0, 0, 1, 2, 3])
  }
}
