import ActivationProfiling
import RangeStatistics
import TestSupport
import Testing

@testable import RangeRecommendation

@Suite("Drift between two profiles")
struct DriftComparisonTests {
  private func profile(_ seed: UInt64, means: [Double], inputs: Int = 400) -> Profile {
    recordedProfile(
      means.enumerated().map { index, mean in
        normalSite(
          "tanh", inputs: inputs, each: 5, mean: mean, seed: seed + UInt64(index) * 1000,
          name: "site\(index)/tanh")
      })
  }

  private let policy = IntervalPolicy.inference(coverage: 0.95, confidence: 0.9, seed: 1)

  @Test("Profiles of one source have not drifted.")
  func noDrift() throws {
    let comparison = try DriftComparison(
      from: profile(1, means: [0, 1, 2]), to: profile(2, means: [0, 1, 2]), policy: policy)
    #expect(!comparison.hasDrifted && comparison.movedSites.isEmpty)
    #expect(comparison.escapes.promised.map { abs($0 - 0.05) < 1e-12 } == true)
    #expect(comparison.inputs == [400, 400])
  }

  @Test("Sites that moved are named, the others are not, and distances say how far.")
  func movedSites() throws {
    let comparison = try DriftComparison(
      from: profile(1, means: [0, 1, 2]), to: profile(2, means: [0, 2.5, 2]), policy: policy)
    #expect(comparison.movedSites == ["site1/tanh"])
    #expect(comparison.hasDrifted)
    let site = comparison.sites[1]
    let (lower, upper) = try (
      #require(site.wassersteinLower), #require(site.wassersteinUpper)
    )
    // Moved by one standard deviation of 1.5; 2000 values know their mean to 0.03 of it.
    #expect(lower > 0.9 && upper < 1.1 && lower <= upper)
    let distances = comparison.sites.map { $0.kolmogorovSmirnovLower ?? 0 }
    #expect(distances[1] > 0.3 && distances[0] < 0.1 && distances[2] < 0.1)
  }

  @Test("A promise that the second profile's inputs rule out is drift, too.")
  func brokenPromise() throws {
    let wide = recordedProfile([normalSite("tanh", inputs: 400, each: 5, deviation: 3, seed: 9)])
    let comparison = try DriftComparison(
      from: recordedProfile([normalSite("tanh", inputs: 400, each: 5, seed: 8)]), to: wide,
      policy: policy)
    #expect(comparison.escapes.isBroken && comparison.hasDrifted)
    #expect(comparison.sites[0].escaped == comparison.escapes.escaped)
  }

  @Test("The probabilities allow for their number as Holm's method does.")
  func adjustment() {
    let adjusted = DriftComparison.adjusted([0.01, 0.04, nil, 0.03, 0.005])
    let expected = [0.03, 0.06, nil, 0.06, 0.02]
    for (found, wanted) in zip(adjusted, expected) {
      #expect((found == nil) == (wanted == nil))
      if let found, let wanted { #expect(abs(found - wanted) < 1e-15) }
    }
  }

  @Test("Profiles of different networks are refused by name.")
  func differentNetworks() {
    let other = recordedProfile([normalSite("relu", name: "other/relu")])
    let text = message {
      _ = try DriftComparison(from: profile(1, means: [0]), to: other, policy: policy)
    }
    #expect(text.hasPrefix("the profiles are of different networks: model, digest 0123; model"))
  }

  @Test("A first profile with too few inputs for the promise is refused.")
  func refusal() {
    #expect {
      try DriftComparison(
        from: profile(1, means: [0], inputs: 20), to: profile(2, means: [0]), policy: policy)
    } throws: {
      ($0 as? RecommendationError)?.isUnkeepablePromise == true
    }
  }
}
