import ActivationProfiling
import RangeStatistics
import TestSupport
import Testing

@testable import RangeRecommendation

@Suite("Intervals by policy")
struct IntervalSetTests {
  @Test("The margin widens the observed range about its centre.")
  func minmax() throws {
    let profile = recordedProfile([
      rangeSite([-1...2, 0...6]), rangeSite([3...3, 5...9]), rangeSite([2...2, 2...2]),
    ])
    #expect(try IntervalSet(.minmax(margin: 1), for: profile).bounds == [-1...6, 3...9, 2...2])
    #expect(
      try IntervalSet(.minmax(margin: 2), for: profile).bounds == [-4.5...9.5, 0...12, 2...2])
    #expect(
      try IntervalSet(.minmax(margin: 0.5), for: profile).bounds == [0.75...4.25, 4.5...7.5, 2...2])
    #expect(try IntervalSet(.minmax(margin: 1), for: profile).promise == nil)
  }

  @Test("A margin of almost nothing leaves the centre.")
  func smallestMargin() throws {
    var generator = SplitMix64(seed: 4)
    for _ in 0..<100 {
      let range = Float(generator.normal())...Float(generator.normal() + 20)
      let bounds = try #require(
        try IntervalSet(
          .minmax(margin: 1e-300), for: recordedProfile([rangeSite([range])])
        ).bounds[0])
      let centre = (Double(range.lowerBound) + Double(range.upperBound)) / 2
      // Two roundings of numbers below 32.
      #expect(abs(bounds.lowerBound - centre) < 1e-14 && abs(bounds.upperBound - centre) < 1e-14)
    }
  }

  @Test("A quantile interval never holds fewer values than it says.", arguments: [0.5, 0.9, 0.99])
  func quantileCoverage(share: Double) throws {
    for seed in 1...20 as ClosedRange<UInt64> {
      var generator = SplitMix64(seed: seed)
      // Some values are frequent, so that quantiles fall on them.
      let values = (0..<Int.random(in: 220...2000, using: &generator)).map { _ in
        generator.unit() < 0.3 ? Float(Int(4 * generator.normal())) : Float(generator.normal())
      }
      let site = recordedSite(values.map { [$0] })
      for policy in [IntervalPolicy.quantile(share: share), .shortestQuantile(share: share)] {
        let bounds = try #require(try IntervalSet(policy, for: recordedProfile([site])).bounds[0])
        let held = values.count { bounds.contains(Double($0)) }
        #expect(Double(held) >= share * Double(values.count))
      }
    }
  }

  @Test("A quantile interval ends at the outer edges of its quantiles' bins.")
  func quantileEdges() throws {
    let site = normalSite("relu", inputs: 500, each: 20, seed: 3)
    let share = 0.9
    let bounds = try #require(
      try IntervalSet(.quantile(share: share), for: recordedProfile([site])).bounds[0])
    let lower = try site.statistics.quantile((1 - share) / 2)
    let upper = try site.statistics.quantile((1 + share) / 2)
    #expect(bounds.lowerBound == lower.lower && lower.lower < lower.value)
    #expect(bounds.upperBound == upper.upper && upper.upper > upper.value)
  }

  @Test("A quantile beyond the data is refused with the number of values it needs.")
  func tooFewValues() throws {
    let profile = recordedProfile([normalSite("relu", inputs: 99, each: 10)])
    let text = message { _ = try IntervalSet(.quantile(share: 0.998), for: profile) }
    #expect(
      text == """
        quantile(0.998) cannot be read from the 990 values of 'layer/relu': it needs at least 1000.
          Profile more inputs, or ask for a smaller share.
        """)
    let enough = recordedProfile([normalSite("relu", inputs: 100, each: 10)])
    #expect(throws: Never.self) { try IntervalSet(.quantile(share: 0.998), for: enough) }
  }

  @Test(
    "A site without finite values is refused by every policy, by name.",
    arguments: [
      IntervalPolicy.minmax(margin: 1), .quantile(share: 0.5),
      .inference(coverage: 0.5, confidence: 0.5, seed: 1),
    ])
  func noValues(policy: IntervalPolicy) {
    let profile = recordedProfile([
      rangeSite([0...1, 1...2, 0...3, 1...1], name: "fine/relu"),
      recordedSite([[.nan], [.nan], [.infinity], [.nan]], name: "empty/relu"),
    ])
    let text = message { _ = try IntervalSet(policy, for: profile) }
    #expect(text.hasPrefix("'empty/relu' saw no finite value, so it has no range."))
  }

  @Test("An inference interval set carries its promise.")
  func promise() throws {
    let profile = recordedProfile([normalSite("relu")])
    let policy = IntervalPolicy.inference(coverage: 0.8, confidence: 0.9, seed: 5)
    let set = try IntervalSet(policy, for: profile)
    let promise = try #require(set.promise)
    #expect(set.policy == policy)
    #expect(promise.coverage == 0.8 && promise.confidence == 0.9 && promise.seed == 5)
    #expect(promise.scored == 30)
    #expect(
      promise.rank == ToleranceInterval.rank(samples: 30, coverage: 0.8, confidence: 0.9))
  }

  @Test("A certified interval is what was proved, with its width over the observed range.")
  func certified() throws {
    let profile = recordedProfile([rangeSite([-1...6]), rangeSite([3...3])])
    let bounds = CertifiedBounds(box: "-1:1", bounds: [-8...13, 0...4])
    let set = try IntervalSet(.certified(bounds), for: profile)
    #expect(
      set.outcomes == [.certified(-8...13, ratio: 3), .certified(0...4, ratio: nil)])
  }

  @Test("A site of which nothing was proved is refused, and so is a policy that has no other.")
  func nothingProved() throws {
    let profile = recordedProfile([rangeSite([-1...6]), rangeSite([3...9])])
    let unknown = -Double.infinity...Double.infinity
    let half = CertifiedBounds(box: "data", bounds: [-2...7, unknown])
    #expect(
      try IntervalSet(.certified(half), for: profile).outcomes[1]
        == .refused("nothing finite can be proved of it"))
    let none = CertifiedBounds(box: "data", bounds: [unknown, unknown])
    #expect(
      message { _ = try IntervalSet(.certified(none), for: profile) } == """
        certified(data) supports no site. 'layer/relu': nothing finite can be proved of it \
        (and 1 others).
          Profile more inputs, or use another policy.
        """)
  }

  @Test("A tail interval holds what was seen, and ends where its models say.")
  func tail() throws {
    let site = normalSite("tanh", inputs: 800, each: 4, seed: 5)
    let set = try IntervalSet(
      .tail(exceedance: 1e-4, confidence: 0.9), for: recordedProfile([site]))
    guard case .tail(let bounds, let tails) = set.outcomes[0] else {
      Issue.record("refused: \(set.outcomes[0])")
      return
    }
    let samples = site.statistics.samples
    let above = try TailModel(samples.maxima.map { Double($0) })
    let below = try TailModel(samples.minima.map { -Double($0) })
    #expect(bounds.upperBound == (try above.upperLimit(exceedance: 5e-5, confidence: 0.9)))
    #expect(bounds.lowerBound == -(try below.upperLimit(exceedance: 5e-5, confidence: 0.9)))
    #expect(tails.upper.limit == bounds.upperBound && tails.lower.limit == bounds.lowerBound)
    #expect(tails.upper.returnLevel == above.returnLevel(exceedance: 5e-5))
    #expect(tails.lower.threshold == -below.threshold && tails.lower.excesses == 80)
    #expect(bounds.lowerBound < Double(samples.minima.min()!))
    #expect(bounds.upperBound > Double(samples.maxima.max()!))
  }

  @Test("A tail that the data does not support is refused for its site alone.")
  func refusedTail() throws {
    let flat = recordedSite(
      (0..<800).map { [0, Float($0 % 7)] }, "max", name: "flat/max")
    let profile = recordedProfile([
      normalSite("tanh", inputs: 800, each: 4, seed: 5), flat,
    ])
    let set = try IntervalSet(.tail(exceedance: 1e-4, confidence: 0.9), for: profile)
    #expect(
      set.outcomes[1]
        == .refused(
          "below, no extrapolation is supported: only 0 inputs exceed the threshold, as many are "
            + "equal; it needs 50"))
    #expect(
      message {
        _ = try Recommender(policy: .tail(exceedance: 1e-4, confidence: 0.9), comparisons: [])
          .recommend(for: profile)
      } == """
        tail(0.0001,0.9) cannot be promised for 1 of the sites:
          'flat/max': below, no extrapolation is supported: only 0 inputs exceed the threshold, as \
        many are equal; it needs 50
          Profile more inputs, or use another policy.
        """)
  }

  @Test("Too few inputs for any tail are refused with the number that is needed.")
  func tooFewForTails() {
    let profile = recordedProfile([normalSite("tanh", inputs: 499)])
    let text = message {
      _ = try IntervalSet(.tail(exceedance: 1e-4, confidence: 0.95), for: profile)
    }
    #expect(text.contains("it needs 500 inputs, not 499"))
  }
}
