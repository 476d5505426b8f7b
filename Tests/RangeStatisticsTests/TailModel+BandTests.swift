import TestSupport
import Testing

@testable import RangeStatistics

@Suite("The confidence band of return levels")
struct TailModelBandTests {
  /// Models of tails that are short, exponential and heavy, from few and many inputs.
  private func models() throws -> [TailModel] {
    try [(-0.3, 600, 21), (-0.05, 3000, 22), (0, 800, 23), (0.2, 1500, 24), (0.35, 6000, 25)].map {
      shape, inputs, seed in
      try TailModel(paretoExcesses(inputs, shape: shape, scale: 3, seed: UInt64(seed)))
    }
  }

  @Test("Its upper edge is the upper limit that the profile likelihood gives level by level.")
  func upper() throws {
    for model in try models() {
      let band = model.band(confidence: 0.9)
      for exceedance in [1e-2, 1e-3, 1e-4, 1e-5] {
        let limit = try model.upperLimit(exceedance: exceedance, confidence: 0.9)
        let edge = band.limits(exceedance: exceedance).upperBound
        #expect(abs(edge - limit) < 0.01 * (limit - model.threshold), "\(exceedance)")
      }
    }
  }

  @Test("It holds the estimate, and a band of more confidence.")
  func order() throws {
    for model in try models() {
      let (narrow, wide) = (model.band(confidence: 0.5), model.band(confidence: 0.95))
      for exceedance in [1e-1, 1e-3, 1e-5] {
        let inner = narrow.limits(exceedance: exceedance)
        let outer = wide.limits(exceedance: exceedance)
        let level = model.returnLevel(exceedance: exceedance)
        let slack = 1e-6 * (level - model.threshold)
        #expect(inner.lowerBound - slack...inner.upperBound + slack ~= level, "\(exceedance)")
        #expect(outer.lowerBound <= inner.lowerBound && outer.upperBound >= inner.upperBound)
      }
    }
  }

  @Test("The 90 % band covers the true level in most runs, on both sides.")
  func coverage() throws {
    let pareto = GeneralizedPareto(shape: 0.1, scale: 1)
    let truth = pareto.level(exceededWith: 1e-4)
    var (covered, runs) = (0, 0)
    for seed in 0..<UInt64(60) {
      guard let model = try? TailModel(paretoExcesses(800, shape: 0.1, scale: 1, seed: 300 + seed))
      else { continue }
      runs += 1
      if model.band(confidence: 0.9).limits(exceedance: 1e-4).contains(truth) { covered += 1 }
    }
    #expect(runs >= 50)
    #expect(Double(covered) >= 0.8 * Double(runs), "\(covered) of \(runs)")
  }
}
