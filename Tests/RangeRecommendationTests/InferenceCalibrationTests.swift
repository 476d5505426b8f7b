import Glibc
import RangeStatistics
import TestSupport
import Testing

@testable import RangeRecommendation

@Suite("The inference policy")
struct InferenceCalibrationTests {
  typealias Ranges = [ClosedRange<Float>]

  private func calibrate(
    _ sites: [Ranges], coverage: Double = 0.8, confidence: Double = 0.9, seed: UInt64 = 1
  ) throws -> InferenceCalibration {
    try InferenceCalibration(
      named(sites), coverage: coverage, confidence: confidence, seed: seed)
  }

  private func named(_ sites: [Ranges]) -> [(name: String, extremes: SampleExtremes)] {
    sites.enumerated().map { index, ranges in
      let extremes = try? SampleExtremes(
        indices: Array(ranges.indices), minima: ranges.map(\.lowerBound),
        maxima: ranges.map(\.upperBound), seen: ranges.count)
      return ("site\(index)", extremes!)
    }
  }

  private func randomSites(_ count: Int, inputs: Int, seed: UInt64) -> [Ranges] {
    var generator = SplitMix64(seed: seed)
    return (0..<count).map { _ in randomRanges(inputs, &generator) }
  }

  /// The intervals from the words of the method: centres and half-widths from the first half, and
  /// for each input of the second the least factor, found by bisection.
  private struct Derivation {
    var scores: [Double] = []
    var centres: [Double] = []
    var below: [Double] = []
    var above: [Double] = []

    init(_ sites: [Ranges], seed: UInt64) {
      var generator = SplitMix64(seed: seed)
      let inputs = sites[0].count
      let order = generator.permutation(of: inputs)
      let (first, second) = (order[..<(inputs - inputs / 2)], order[(inputs - inputs / 2)...])
      for site in sites {
        let ranges = first.map { Double(site[$0].lowerBound)...Double(site[$0].upperBound) }
        let middles = ranges.map { ($0.lowerBound + $0.upperBound) / 2 }
        centres.append(middles.reduce(0, +) / Double(middles.count))
        below.append(centres.last! - ranges.map(\.lowerBound).min()!)
        above.append(ranges.map(\.upperBound).max()! - centres.last!)
      }
      for input in second {
        var (misses, holds) = (0.0, 1e6)
        for _ in 0..<100 {
          let factor = (misses + holds) / 2
          let isHeld = sites.indices.allSatisfy { site in
            Double(sites[site][input].lowerBound) >= centres[site] - factor * below[site]
              && Double(sites[site][input].upperBound) <= centres[site] + factor * above[site]
          }
          if isHeld { holds = factor } else { misses = factor }
        }
        scores.append(holds)
      }
      scores.sort()
    }
  }

  /// The least k with P[Binomial(n, p) < k] ≥ c, which is P[Beta(k, n + 1 − k) ≥ p] ≥ c.
  private func rank(_ n: Int, _ p: Double, _ c: Double) -> Int? {
    var below = 0.0
    for k in 1...n {
      let log =
        lgamma(Double(n + 1)) - lgamma(Double(k)) - lgamma(Double(n - k + 2))
        + Double(k - 1) * Glibc.log(p) + Double(n - k + 1) * log1p(-p)
      below += exp(log)
      if below >= c { return k }
    }
    return nil
  }

  @Test("The intervals are those that the method's words give, for any number of sites.")
  func derivation() throws {
    for seed in 1...30 as ClosedRange<UInt64> {
      let inputs = 20 + 3 * Int(seed)
      let sites = randomSites(1 + Int(seed % 4), inputs: inputs, seed: seed)
      let result = try calibrate(sites, coverage: 0.7, confidence: 0.8, seed: seed)
      let expected = Derivation(sites, seed: seed)
      #expect(result.promise.scored == inputs / 2)
      #expect(result.promise.rank == rank(inputs / 2, 0.7, 0.8))
      let factor = expected.scores[result.promise.rank - 1]
      // Bisection and the intervals' rounding, on numbers below 100.
      #expect(abs(result.promise.factor - factor) <= 1e-12 * factor)
      for (site, bounds) in result.bounds.enumerated() {
        let lower = expected.centres[site] - factor * expected.below[site]
        let upper = expected.centres[site] + factor * expected.above[site]
        #expect(abs(bounds.lowerBound - lower) < 1e-12)
        #expect(abs(bounds.upperBound - upper) < 1e-12)
      }
    }
  }

  @Test("As many inputs of the second half as the rank says are held, to the last bit.")
  func heldInputs() throws {
    for seed in 1...500 as ClosedRange<UInt64> {
      var generator = SplitMix64(seed: seed)
      let sites: [Ranges] = (0..<3).map { _ in
        (0..<41).map { _ in
          // Far from zero the ends round most, near zero the factor does.
          let lower = Float((seed.isMultiple(of: 2) ? 1000 : 0) + generator.normal())
          return lower...lower + Float(generator.unit())
        }
      }
      let result = try calibrate(sites, seed: seed)
      var permuting = SplitMix64(seed: seed)
      let held = permuting.permutation(of: 41).suffix(20).count { input in
        sites.indices.allSatisfy { site in
          result.bounds[site].contains(Double(sites[site][input].lowerBound))
            && result.bounds[site].contains(Double(sites[site][input].upperBound))
        }
      }
      #expect(held == result.promise.rank)
    }
  }

  @Test("Scaling, shifting or mirroring a site does so to its interval, and to no other.")
  func equivariance() throws {
    let sites = randomSites(3, inputs: 60, seed: 9)
    let plain = try calibrate(sites)
    for (scale, shift) in [(4, 0), (0.25, 100), (-2, 3), (-1, -512)] as [(Float, Float)] {
      var changed = sites
      changed[1] = sites[1].map { range in
        let ends = [scale * range.lowerBound + shift, scale * range.upperBound + shift]
        return ends.min()!...ends.max()!
      }
      let bounds = try calibrate(changed).bounds
      let ends = [plain.bounds[1].lowerBound, plain.bounds[1].upperBound].map {
        Double(scale) * $0 + Double(shift)
      }
      // A few roundings of numbers below 1024.
      #expect(abs(bounds[1].lowerBound - ends.min()!) < 1e-11)
      #expect(abs(bounds[1].upperBound - ends.max()!) < 1e-11)
      for site in [0, 2] {
        #expect(abs(bounds[site].lowerBound - plain.bounds[site].lowerBound) < 1e-11)
        #expect(abs(bounds[site].upperBound - plain.bounds[site].upperBound) < 1e-11)
      }
    }
  }

  @Test("The order of the sites does not matter.")
  func siteOrder() throws {
    let sites = randomSites(4, inputs: 50, seed: 2)
    let plain = try calibrate(sites)
    for order in [[3, 2, 1, 0], [1, 3, 0, 2]] {
      let permuted = try calibrate(order.map { sites[$0] })
      #expect(permuted.bounds == order.map { plain.bounds[$0] })
      #expect(permuted.promise == plain.promise)
    }
  }

  @Test("A seed gives the same intervals every time, and another seed others.")
  func seeds() throws {
    let sites = randomSites(2, inputs: 50, seed: 3)
    let one = try calibrate(sites, seed: 1)
    #expect(try calibrate(sites, seed: 1).bounds == one.bounds)
    #expect(try calibrate(sites, seed: 2).bounds != one.bounds)
  }

  @Test("Inputs without finite values at a site are no reason to widen its interval.")
  func emptyInputs() throws {
    var sites = randomSites(2, inputs: 40, seed: 5)
    let extremes = named(sites)
    sites[1][3] = 0...0
    var minima = extremes[1].extremes.minima
    var maxima = extremes[1].extremes.maxima
    (minima[3], maxima[3]) = (.infinity, -.infinity)
    let emptied = try SampleExtremes(
      indices: Array(0..<40), minima: minima, maxima: maxima, seen: 40)
    let result = try InferenceCalibration(
      [extremes[0], ("site1", emptied)], coverage: 0.8, confidence: 0.9, seed: 1)
    #expect(result.bounds.allSatisfy { abs($0.lowerBound) < 50 && abs($0.upperBound) < 50 })
    #expect(result.promise.factor.isFinite)
  }

  @Test("A site that only ever saw one value has an interval of that value.")
  func constantSite() throws {
    var sites = randomSites(2, inputs: 40, seed: 6)
    let plain = try calibrate([sites[0]])
    sites[1] = sites[1].map { _ in 0.1...0.1 }
    let result = try calibrate(sites)
    #expect(result.bounds == [plain.bounds[0], Double(Float(0.1))...Double(Float(0.1))])
  }

  @Test("A site whose second half alone moves has no scale, which is said with its name.")
  func noScale() {
    var generator = SplitMix64(seed: 1)
    let second = generator.permutation(of: 40).suffix(20)
    var ranges = Ranges(repeating: 1...1, count: 40)
    for input in second { ranges[input] = 0...2 }
    let sites = [randomSites(1, inputs: 40, seed: 7)[0], ranges]
    #expect(
      message { _ = try calibrate(sites) } == """
        inference(0.8,0.9) cannot be promised: half of the inputs gave 'site1' one value only, the \
        others more.
          Profile more inputs.
        """)
  }

  @Test("Too few inputs are refused with the number that is needed: twice the scores.")
  func refusal() {
    let sites = randomSites(1, inputs: 1000, seed: 8)
    #expect(
      message { _ = try calibrate(sites, coverage: 0.999, confidence: 0.95) } == """
        inference(0.999,0.95) cannot be promised from 1000 inputs: it needs at least 5990.
          Profile more inputs, or ask for less: --coverage 0.994.
        """)
  }

  @Test(
    "What a refusal offers is possible, the next thousandth is not, and the number needed is exact.",
    arguments: [(0.9, 0.9), (0.95, 0.95), (0.99, 0.95), (0.99, 0.6)])
  func alternatives(coverage: Double, confidence: Double) throws {
    for inputs in 0...130 {
      let sites = randomSites(1, inputs: inputs, seed: UInt64(inputs))
      do {
        _ = try calibrate(sites, coverage: coverage, confidence: confidence)
      } catch RecommendationError.tooFewInputs(_, let found, let needed, let possible) {
        #expect(found == inputs && needed > inputs && needed.isMultiple(of: 2))
        let scores = needed / 2
        #expect(rank(scores, coverage, confidence) == scores)
        #expect(rank(scores - 1, coverage, confidence) == nil)
        guard let possible else {
          #expect(inputs < 2 || rank(inputs / 2, 0.5, confidence) == nil)
          continue
        }
        let less = try #require(possible.split(separator: " ").last.flatMap { Double($0) })
        #expect(less < coverage)
        #expect(throws: Never.self) {
          try calibrate(sites, coverage: less, confidence: confidence)
        }
        #expect(throws: RecommendationError.self) {
          try calibrate(sites, coverage: less + 0.001, confidence: confidence)
        }
        continue
      }
      #expect(rank(inputs / 2, coverage, confidence) != nil)
    }
  }
}
