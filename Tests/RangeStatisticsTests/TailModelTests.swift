import Glibc
import TestSupport
import Testing

@testable import RangeStatistics

@Suite("Tails beyond the data")
struct TailModelTests {
  private func normals(_ count: Int, seed: UInt64) -> [Double] {
    var generator = SplitMix64(seed: seed)
    func unit() -> Double { (Double(generator.next() >> 11) + 0.5) * 0x1p-53 }
    return (0..<count).map { _ in (-2 * log(unit())).squareRoot() * cos(2 * .pi * unit()) }
  }

  @Test("The threshold leaves the top tenth, and at least 50.")
  func threshold() throws {
    for inputs in [500, 509, 1234] {
      let values = normals(inputs, seed: 1)
      let model = try TailModel(values)
      #expect(model.inputs == inputs && model.excesses.count == inputs / 10)
      #expect(values.count { $0 > model.threshold } == inputs / 10)
      #expect(model.excesses == model.excesses.sorted())
    }
  }

  @Test("Scaling and shifting the values does so to level and limit.")
  func equivariance() throws {
    let values = normals(700, seed: 2)
    let plain = try TailModel(values)
    let changed = try TailModel(values.map { 64 * $0 - 1000 })
    // The searches stop within 1e-6 of the width.
    #expect(abs(changed.distribution.shape - plain.distribution.shape) < 1e-5)
    let level = 64 * plain.returnLevel(exceedance: 1e-5) - 1000
    #expect(abs(changed.returnLevel(exceedance: 1e-5) - level) < 0.01)
    let limit = 64 * (try plain.upperLimit(exceedance: 1e-5, confidence: 0.95)) - 1000
    #expect(abs(try changed.upperLimit(exceedance: 1e-5, confidence: 0.95) - limit) < 0.01)
  }

  @Test("A limit lies above its level, and rises with confidence and rarity.")
  func order() throws {
    let model = try TailModel(normals(600, seed: 3))
    func limit(_ exceedance: Double, _ confidence: Double) throws -> Double {
      try model.upperLimit(exceedance: exceedance, confidence: confidence)
    }
    #expect(try limit(1e-4, 0.5) > model.returnLevel(exceedance: 1e-4))
    #expect(try limit(1e-4, 0.9) > limit(1e-4, 0.5))
    #expect(try limit(1e-4, 0.99) > limit(1e-4, 0.9))
    #expect(try limit(1e-5, 0.9) > limit(1e-4, 0.9))
  }

  @Test("At the limit the likelihood has fallen by half the χ² quantile.")
  func profile() throws {
    let model = try TailModel(normals(800, seed: 4))
    let limit = try model.upperLimit(exceedance: 1e-4, confidence: 0.95) - model.threshold
    func best(_ level: Double) -> Double {
      stride(from: -0.1, through: 1.5, by: 1e-3).map { shape in
        let scale = level / GeneralizedPareto.standardLevel(1e-3, shape: shape)
        return GeneralizedPareto(shape: shape, scale: scale).logLikelihood(model.excesses)
      }.max()!
    }
    let top = stride(from: 0.3, through: 2, by: 1e-3).map { best($0 * limit) }.max()!
    // χ² with one degree of freedom: 3.841 for 95 %. The grids cost 1e-3.
    #expect(abs(2 * (top - best(limit)) - 3.841) < 0.02)
  }

  @Test("The 95 % limit covers the level that one of 10,000 exceeds in 93 % of runs at least.")
  func coverage() throws {
    let pareto = GeneralizedPareto(shape: 0.2, scale: 1)
    let runs = 60
    var (normal, heavy, bounded) = (0, 0, 0)
    var counted = 0
    for run in 0..<UInt64(runs) {
      func covers(_ values: [Double], _ level: Double) throws -> Bool {
        try TailModel(values).upperLimit(exceedance: 1e-4, confidence: 0.95) >= level
      }
      let draws = paretoExcesses(800, shape: 0.2, scale: 1, seed: 900 + run)
      do {
        if try covers(draws, pareto.level(exceededWith: 1e-4)) { heavy += 1 }
        counted += 1
      } catch {
        // A run that says no number is not counted.
      }
      if (try? covers(normals(800, seed: run), 3.71902)) != false { normal += 1 }
      // The least of three uniform numbers, mirrored: a tail that ends at 1.
      let ends = draws.map { 1 - pow(1 - pareto.survival($0), 1 / 3.0) }
      if (try? covers(ends, 1 - pow(1 - 0.9999, 1 / 3.0))) != false { bounded += 1 }
    }
    // make coverage does this 500 times; here three standard errors are allowed for.
    let least = 0.93 - 3 * (0.93 * 0.07 / Double(runs)).squareRoot()
    #expect(counted > runs * 9 / 10)
    #expect(Double(heavy) >= least * Double(counted))
    #expect(Double(normal) >= least * Double(runs))
    #expect(Double(bounded) >= least * Double(runs))
  }

  @Test("Few inputs, equal values, heavy tails and other shapes get a reason, and no number.")
  func refusals() throws {
    #expect(throws: TailError.tooFewInputs(found: 499, needed: 500)) {
      try TailModel(normals(499, seed: 5))
    }
    #expect {
      try TailModel(normals(2000, seed: 6).map { min($0, 1.5) })
    } throws: {
      if case TailError.poorFit = $0 { true } else { false }
    }
    #expect(throws: TailError.tooFewExcesses(found: 0, needed: 50)) {
      try TailModel([Double](repeating: 2, count: 1000))
    }
    #expect {
      try TailModel(paretoExcesses(2000, shape: 1.2, scale: 1, seed: 7))
    } throws: {
      if case TailError.heavy(let shape) = $0 { shape > 0.5 } else { false }
    }
    // Two lumps above the threshold.
    let lumps = (0..<2000).map { index -> Double in
      let lump: Double = index % 20 == 0 ? 50 : index % 10 == 0 ? 10 : 1
      return lump + Double(index) / 1e5
    }
    #expect {
      try TailModel(lumps)
    } throws: {
      if case TailError.poorFit = $0 { true } else { false }
    }
  }

  @Test("A reason is a sentence with the numbers.")
  func reasons() {
    let reasons: [(TailError, String)] = [
      (.tooFewInputs(found: 3, needed: 500), "it needs 500 inputs, not 3"),
      (
        .tooFewExcesses(found: 3, needed: 50),
        "only 3 inputs exceed the threshold, as many are equal; it needs 50"
      ),
      (.heavy(shape: 0.75), "the tail is too heavy (ξ = 0.75, above 0.5)"),
      (
        .poorFit(statistic: 5, limit: 1.5),
        "the tail does not follow a generalised Pareto distribution (Anderson–Darling 5.0, above "
          + "1.5)"
      ),
      (.noLimit, "any level is plausible"),
    ]
    for (error, text) in reasons {
      #expect("\(error)" == "no extrapolation is supported: \(text)")
    }
  }
}
