import RangeStatistics
import Testing

@testable import CoverageExperiment

@Suite("Whether counts follow a law")
struct GoodnessOfFitTests {
  /// Counts that are spread over the law's quantiles as evenly as can be.
  private func typicalCounts(_ law: BetaBinomialDistribution) -> [Int] {
    (0..<300).map { law.quantile((Double($0) + 0.5) / 300) }
  }

  @Test("Counts as the law expects them fit it, and not the law of the next rank.")
  func fit() {
    let law = BetaBinomialDistribution(trials: 100, a: 10, b: 191)
    let next = BetaBinomialDistribution(trials: 100, a: 13, b: 188)
    #expect(GoodnessOfFit(typicalCounts(law), law, seed: 1).probability > 0.5)
    #expect(GoodnessOfFit(typicalCounts(next), law, seed: 1).probability < 0.001)
  }

  @Test("Counts of too narrow a spread do not fit either.")
  func narrowSpread() {
    let law = BetaBinomialDistribution(trials: 100, a: 10, b: 191)
    let counts = [Int](repeating: 5, count: 300)
    #expect(GoodnessOfFit(counts, law, seed: 1).probability < 0.001)
  }

  @Test("A law on a single cell fits whatever is counted.")
  func singleCell() {
    let law = BetaBinomialDistribution(trials: 3, a: 1e-6, b: 1e6)
    #expect(GoodnessOfFit([0, 0, 0], law, seed: 1).probability == 1)
  }
}
