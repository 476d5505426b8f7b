import RangeStatistics
import Testing

@testable import CoverageExperiment

@Suite("Simulated inputs")
struct SourcesTests {
  @Test("A number's quantile is exceeded with what is left of the probability.")
  func quantiles() {
    for source in SimulatedSource.all {
      for probability in [0.1, 0.5, 0.9, 0.9999] {
        #expect(abs(source.cumulative(source.quantile(probability)) - probability) < 1e-12)
      }
    }
  }

  @Test("The share of inputs inside is that of a large draw, within its error.")
  func coverage() {
    let source = SimulatedSource.all[1]
    var generator = SplitMix64(seed: 1)
    let drawn = source.draw(20_000, &generator)
    let bounds = [ClosedRange<Double>](repeating: -3...4, count: source.sites)
    let inside = (0..<20_000).count { input in
      drawn.allSatisfy { $0.minima[input] >= -3 && $0.maxima[input] <= 4 }
    }
    let share = source.coverage(of: bounds)
    // Four standard errors.
    #expect(abs(Double(inside) / 20_000 - share) < 4 * (share * (1 - share) / 20_000).squareRoot())
  }

  @Test("The known levels of tails.")
  func levels() {
    func level(_ name: String) -> Double? {
      TailSource.all.first { $0.name.hasPrefix(name) }?.level(1e-4)
    }
    #expect(level("normal").map { abs($0 - 3.719016) < 1e-5 } == true)
    #expect(level("uniform") == 1 - 1e-4)
    #expect(level("generalised Pareto, ξ = 0.0").map { abs($0 - 9.21034) < 1e-5 } == true)
    #expect(level("Pareto, index 1").map { abs($0 - 1e4) < 1e-8 } == true)
  }
}
