import RangeStatistics
import Testing

@Suite("Tolerance interval")
struct ToleranceIntervalTests {
  @Test("The least ranks are those that SciPy's betaincc gives.")
  func ranks() {
    let expected: [(Int, Double, Double, Int?)] = [
      (2995, 0.999, 0.95, 2995), (2994, 0.999, 0.95, nil), (5000, 0.999, 0.95, 4999),
      (100, 0.9, 0.95, 96), (59, 0.95, 0.95, 59), (58, 0.95, 0.95, nil),
      (1000, 0.99, 0.99, 998), (10_000, 0.5, 0.9, 5065), (0, 0.5, 0.5, nil),
    ]
    for (n, coverage, confidence, rank) in expected {
      #expect(
        ToleranceInterval.rank(samples: n, coverage: coverage, confidence: confidence) == rank)
    }
  }

  @Test("A lower rank's score covers too much, with the confidence; the next rank's does not.")
  func lowerRanks() throws {
    for (n, coverage, confidence) in [
      (300, 0.99, 0.95), (1000, 0.9, 0.99), (7, 0.5, 0.9), (5000, 0.999, 0.95),
    ] {
      let rank = try #require(
        ToleranceInterval.lowerRank(samples: n, coverage: coverage, confidence: confidence))
      // What the k-th smallest score covers is distributed as Beta(k, n + 1 − k).
      func confidenceOfExcess(_ k: Int) -> Double {
        1 - BetaDistribution(Double(k), Double(n + 1 - k)).survival(coverage)
      }
      #expect(confidenceOfExcess(rank) >= confidence)
      #expect(confidenceOfExcess(rank + 1) < confidence)
    }
    // Of one score it is not known that it is low.
    #expect(ToleranceInterval.lowerRank(samples: 1, coverage: 0.5, confidence: 0.95) == nil)
  }

  @Test("The samples needed are the least for which there is a rank.")
  func samplesNeeded() {
    for (coverage, confidence, needed) in [
      (0.999, 0.95, 2995), (0.95, 0.95, 59), (0.99, 0.99, 459), (0.9, 0.95, 29), (0.3, 0.1, 1),
    ] {
      #expect(
        ToleranceInterval.samplesNeeded(coverage: coverage, confidence: confidence) == needed)
    }
  }

  @Test("The range's confidence is Wilks's formula: 93 samples for 95 % and 95 %.")
  func rangeConfidence() {
    let expected = [
      (93, 0.95, 0.9500242047573836), (92, 0.95, 0.9478635970683232), (2, 0.5, 0.25),
      (1000, 0.999, 0.2642410869698324), (1, 0.5, 0),
    ]
    for (n, coverage, confidence) in expected {
      let found = ToleranceInterval.rangeConfidence(samples: n, coverage: coverage)
      #expect((found - confidence).magnitude < 1e-12)
    }
    #expect(ToleranceInterval.expectedEscape(samples: 199) == 0.01)
  }

  @Test("Clopper and Pearson's limits agree with SciPy's beta.ppf to 11 digits.")
  func clopperPearson() {
    let expected: [(Int, Int, Double, Double, Double)] = [
      (0, 10, 0.95, 0, 0.3084971078187607), (10, 10, 0.95, 0.6915028921812392, 1),
      (3, 50, 0.95, 0.012548587835334064, 0.16548194660377288),
      (120, 400, 0.99, 0.24243160319173962, 0.36243388601687654),
    ]
    for (successes, trials, confidence, lower, upper) in expected {
      let limits = ToleranceInterval.clopperPearson(
        successes: successes, trials: trials, confidence: confidence)
      #expect((limits.lowerBound - lower).magnitude <= 1e-11 * lower)
      #expect((limits.upperBound - upper).magnitude <= 1e-11 * upper)
    }
  }

  @Test("Over seeded draws the rank covers as often as it promises.")
  func coverage() throws {
    let (n, coverage, confidence) = (200, 0.95, 0.9)
    let rank = try #require(
      ToleranceInterval.rank(samples: n, coverage: coverage, confidence: confidence))
    var generator = SplitMix64(seed: 81)
    let draws = 2000
    let kept = (0..<draws).count { _ in
      let scores = (0..<n).map { _ in Double(generator.next() >> 11) * 0x1p-53 }.sorted()
      return scores[rank - 1] >= coverage
    }
    // The true share is Beta(rank, n + 1 − rank)'s survival; five standard errors of 2,000 draws.
    let expected = BetaDistribution(Double(rank), Double(n + 1 - rank)).survival(coverage)
    let error = (expected * (1 - expected) / Double(draws)).squareRoot()
    #expect(expected >= confidence)
    #expect((Double(kept) / Double(draws) - expected).magnitude < 5 * error)
  }
}
