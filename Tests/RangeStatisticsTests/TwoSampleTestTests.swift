import Testing

@testable import RangeStatistics

@Suite("The two-sample test")
struct TwoSampleTestTests {
  private func uniform(_ count: Int, _ generator: inout SplitMix64) -> [Float] {
    (0..<count).map { _ in Float(generator.next() >> 40) * 0x1p-24 }
  }

  @Test("The statistic is the greatest difference of the shares at or below any number.")
  func statistic() {
    #expect(TwoSampleTest([1, 2, 3, 4], [3.5, 5]).statistic == 0.75)
    #expect(TwoSampleTest([1, 1, 2], [1, 2, 2, 2]).statistic == 2.0 / 3 - 0.25)
    #expect(TwoSampleTest([1, 2], [1, 2]).statistic == 0)
    #expect(TwoSampleTest([1, 2], [1, 2]).probability == 1)
  }

  @Test("The limiting distribution has its known quantiles.")
  func limit() {
    // Smirnov's table: 1.3581 for 5 %, 1.6276 for 1 %.
    #expect(abs(TwoSampleTest.survival(1.3581) - 0.05) < 1e-5)
    #expect(abs(TwoSampleTest.survival(1.6276) - 0.01) < 1e-5)
    #expect(TwoSampleTest.survival(0.1) == 1 && TwoSampleTest.survival(30) == 0)
  }

  @Test("Samples of one distribution seem different as often as the probability says.")
  func falseAlarms() {
    var generator = SplitMix64(seed: 3)
    let runs = 600
    let probabilities = (0..<runs).map { _ in
      TwoSampleTest(uniform(60, &generator), uniform(90, &generator)).probability
    }
    for level in [0.01, 0.05, 0.2] {
      let share = Double(probabilities.count { $0 < level }) / Double(runs)
      // Three standard errors.
      #expect(share < level + 3 * (level * (1 - level) / Double(runs)).squareRoot())
    }
    #expect(probabilities.count { $0 < 0.2 } > runs / 10)
  }

  @Test("A shift of a fifth of the range is found in samples of 300.")
  func power() {
    var generator = SplitMix64(seed: 4)
    let shifted = uniform(300, &generator).map { $0 + 0.2 }
    #expect(TwoSampleTest(uniform(300, &generator), shifted).probability < 1e-3)
  }
}
