import RangeStatistics
import Testing

@testable import ActivationProfiling
@testable import RangeRecommendation

@Suite("When enough inputs have been run")
struct StoppingRuleTests {
  private let rule = StoppingRule(slack: 0.1, coverage: 0.9, confidence: 0.95, seed: 1)

  @Test("It looks after fixed numbers of blocks, one at first, later a tenth apart.")
  func looks() {
    let looks = (0...300).filter(StoppingRule.looks)
    #expect(Array(looks.prefix(23)) == Array(1...20) + [22, 24, 26])
    for (look, next) in zip(looks, looks.dropFirst()) {
      #expect(next - look == max(1, look / 10))
    }
  }

  @Test("The slack is the distance between the ranked scores, and shrinks with the inputs.")
  func slack() throws {
    var slacks: [Double] = []
    for inputs in [100, 1_000, 10_000] {
      let sites = (1...2).map { seed in
        normalSite("relu", inputs: inputs, each: 2, seed: UInt64(seed), name: "\(seed)/relu")
      }
      let profile = recordedProfile(sites)
      let slack = try #require(rule.slack(of: profile))
      let calibration = try InferenceCalibration(
        sites.map { ($0.name, $0.statistics.samples) }, coverage: 0.9, confidence: 0.95, seed: 1)
      let scored = Set(calibration.scoredInputs)
      let scores = calibration.scores(of: sites.map(\.statistics.samples)).enumerated()
        .filter { scored.contains($0.offset) }.map(\.element).sorted()
      let lower = try #require(
        ToleranceInterval.lowerRank(samples: scores.count, coverage: 0.9, confidence: 0.95))
      #expect(slack == 1 - scores[lower - 1] / scores[calibration.promise.rank - 1])
      slacks.append(slack)
    }
    #expect(slacks[0] > slacks[1] && slacks[1] > slacks[2] && slacks[2] > 0)
  }

  @Test("Of too few inputs nothing is said; if all are alike, the intervals are known.")
  func bounds() {
    #expect(rule.slack(of: recordedProfile([normalSite("relu", inputs: 40)])) == nil)
    let alike = recordedSite(Array(repeating: [-1, 2], count: 200))
    #expect(rule.slack(of: recordedProfile([alike])) == 0)
  }
}
