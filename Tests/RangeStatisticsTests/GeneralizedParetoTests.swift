import Glibc
import Testing

@testable import RangeStatistics

@Suite("The generalised Pareto distribution")
struct GeneralizedParetoTests {
  @Test("A level is exceeded with the probability that it was asked for.")
  func inverse() {
    for shape in [-0.5, -0.2, -1e-12, 0, 1e-12, 1e-5, 0.3, 1] {
      let distribution = GeneralizedPareto(shape: shape, scale: 2.5)
      for probability in [1, 0.3, 1e-3, 1e-8] {
        let level = distribution.level(exceededWith: probability)
        #expect(abs(distribution.survival(level) / probability - 1) < 1e-9)
      }
    }
  }

  @Test("The known values: exponential, uniform, and Pareto tails.")
  func knownValues() {
    #expect(abs(GeneralizedPareto(shape: 0, scale: 2).survival(3) - exp(-1.5)) < 1e-15)
    #expect(GeneralizedPareto(shape: -1, scale: 4).survival(3) == 0.25)
    #expect(GeneralizedPareto(shape: -1, scale: 4).survival(4.5) == 0)
    #expect(abs(GeneralizedPareto(shape: 1, scale: 1).survival(9) - 0.1) < 1e-15)
    #expect(GeneralizedPareto(shape: 0.2, scale: 1).survival(-1) == 1)
  }

  @Test("The fit of many excesses is near the distribution that they come from.")
  func consistency() {
    for shape in [-0.4, -0.2, 0, 0.2, 0.45] {
      let excesses = paretoExcesses(4000, shape: shape, scale: 3, seed: 6)
      let fit = GeneralizedPareto.fit(excesses).distribution
      // Four standard errors, (1 + ξ)/√n and σ√(2(1 + ξ)/n). (Smith 1984)
      let root = Double(excesses.count).squareRoot()
      #expect(abs(fit.shape - shape) < 4 * (1 + shape) / root)
      #expect(abs(fit.scale - 3) < 4 * 3 * (2 * (1 + shape)).squareRoot() / root)
    }
  }

  @Test("No distribution of a grid has a greater likelihood than the fit.")
  func greatestLikelihood() {
    for seed in 1...12 as ClosedRange<UInt64> {
      let shape = Double(seed) / 8 - 0.7
      let excesses = paretoExcesses(60, shape: shape, scale: 1, seed: seed)
      let fit = GeneralizedPareto.fit(excesses)
      #expect(fit.distribution.shape >= GeneralizedPareto.leastShape)
      for other in stride(from: -0.5, through: 1.5, by: 0.05) {
        for scale in stride(from: 0.1, through: 3, by: 0.05) {
          let likelihood = GeneralizedPareto(shape: other, scale: scale).logLikelihood(excesses)
          // The search ends within about 1e-8 of the maximum's place.
          #expect(likelihood <= fit.logLikelihood + 1e-9)
        }
      }
    }
  }

  @Test("The Anderson–Darling statistic is that of its definition.")
  func andersonDarling() {
    // By hand: −n − Σ (2i − 1)(log F_i + log(1 − F_{n+1−i}))/n for F = 1/4, 1/2.
    let statistic = GeneralizedPareto(shape: -1, scale: 4).andersonDarling([1, 2])
    let sum = (log(0.25) + log(0.5)) + 3 * (log(0.5) + log(0.75))
    #expect(abs(statistic - (-2 - sum / 2)) < 1e-14)
  }

  @Test("As many excesses that follow the distribution fail the check as its level says.")
  func falseAlarms() {
    let failed = (0..<300 as Range<UInt64>).count { run in
      let excesses = paretoExcesses(80, shape: 0.1, scale: 1, seed: 500 + run).sorted()
      let fit = GeneralizedPareto.fit(excesses).distribution
      return fit.andersonDarling(excesses)
        > GeneralizedPareto.criticalAndersonDarling(shape: fit.shape)
    }
    // 3 are expected; more than 11 come with probability 1e-4.
    #expect(failed <= 11)
  }
}

/// Independent excesses of a generalised Pareto distribution.
func paretoExcesses(_ count: Int, shape: Double, scale: Double, seed: UInt64) -> [Double] {
  var generator = SplitMix64(seed: seed)
  let distribution = GeneralizedPareto(shape: shape, scale: scale)
  return (0..<count).map { _ in
    distribution.level(exceededWith: (Double(generator.next() >> 11) + 0.5) * 0x1p-53)
  }
}
