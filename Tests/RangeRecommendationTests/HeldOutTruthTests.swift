import RangeStatistics
import Testing

@testable import RangeRecommendation

@Suite("Promised against observed")
struct HeldOutTruthTests {
  @Test("Inputs count once however many intervals they leave, and sites without one do not count.")
  func counts() throws {
    func extremes(_ ranges: [ClosedRange<Float>]) throws -> SampleExtremes {
      try SampleExtremes(
        indices: Array(ranges.indices), minima: ranges.map(\.lowerBound),
        maxima: ranges.map(\.upperBound), seen: ranges.count)
    }
    let sites = try [
      extremes([0...1, -1...0, 0...2, 0...1]), extremes([0...9, 0...9, 0...1, 0...1]),
      extremes([0...100, 0...100, 0...100, 0...100]),
    ]
    let count = EscapeCount(sites, outside: [0...1, 0...8, nil])
    #expect(count.perSite == [2, 2, nil])
    #expect(count.anywhere == 3)
  }

  @Test("An input without values at a site does not leave its interval.")
  func emptyInputs() throws {
    let empty = try SampleExtremes(
      indices: [0, 1], minima: [.infinity, 0], maxima: [-.infinity, 5], seen: 2)
    #expect(EscapeCount([empty], outside: [0...1]).perSite == [1])
  }

  @Test("A promise is broken only where the interval of plausible shares lies above it.")
  func broken() {
    func truth(_ escaped: Int, promised: Double?) -> HeldOutTruth {
      HeldOutTruth(inputs: 100, escaped: escaped, promised: promised, isSeen: false)
    }
    // Clopper and Pearson: 0 of 100 gives 0 to 3.62 %, 10 of 100 gives 4.9 to 17.6 %.
    #expect(truth(0, promised: 0.01).lower == 0)
    #expect(abs(truth(0, promised: 0.01).upper - 0.0362) < 1e-4)
    #expect(!truth(10, promised: 0.05).isBroken)
    #expect(truth(10, promised: 0.048).isBroken)
    #expect(!truth(100, promised: nil).isBroken)
  }

  @Test("A recommendation shows what held-out inputs did under every policy.")
  func recommendation() throws {
    let recommendation = try SampleRecommendations.full()
    #expect(recommendation.holdout == Holdout(share: 0.2, seed: 5, calibrated: 560, heldOut: 140))
    for policy in recommendation.policies where policy.refusal == nil {
      let truth = try #require(policy.heldOut)
      #expect(truth.inputs == 140)
      let perSite = recommendation.sites.compactMap { $0.option(policy.label)?.heldOutEscapes }
      #expect(truth.escaped >= perSite.max()! && truth.escaped <= perSite.reduce(0, +))
      #expect(truth.isSeen == policy.label.hasPrefix("quantile"))
    }
    #expect(try SampleRecommendations.plain().chosenPolicy?.heldOut == nil)
  }

  @Test("Every site has each policy's interval or its refusal.")
  func refusals() throws {
    let recommendation = try SampleRecommendations.full()
    let supported = recommendation.policies.filter { $0.refusal == nil }.map(\.label)
    for site in recommendation.sites {
      #expect(
        Set(site.options.map(\.policy) + site.refusals.map(\.policy)) == Set(supported))
      #expect(site.options.count + site.refusals.count == supported.count)
    }
    let useless = recommendation.sites[1].option("certified(-1:1)")
    #expect(useless?.approximation == nil && useless?.note?.hasSuffix("of no use") == true)
    #expect(recommendation.sites[2].refusals.map(\.policy).contains("certified(-1:1)"))
  }
}
