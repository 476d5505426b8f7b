import ActivationProfiling
import RangeStatistics
import TestSupport
import Testing

@testable import RangeRecommendation

@Suite("Inputs that are kept out of calibration")
struct CalibrationInputsTests {
  private let profile = recordedProfile([
    normalSite("relu", inputs: 101, seed: 1), normalSite("tanh", inputs: 101, seed: 2),
  ])

  @Test("Every input is on one side, the same at all sites, and the share is rounded down.")
  func split() throws {
    for (share, count) in [(0.2, 20), (0.01, 1), (0.5, 50), (0.99, 99)] {
      let inputs = try CalibrationInputs(profile, holdingOut: share, seed: 3)
      #expect(
        inputs.holdout
          == Holdout(share: share, seed: 3, calibrated: 101 - count, heldOut: count))
      for (site, (rest, out)) in zip(inputs.extremes, inputs.heldOut).enumerated() {
        #expect(out.indices.count == count)
        #expect(Set(rest.indices).isDisjoint(with: out.indices))
        #expect((rest.indices + out.indices).sorted() == Array(0..<101))
        #expect(rest.indices == inputs.extremes[0].indices)
        let all = profile.sites[site].statistics.samples
        for (position, index) in out.indices.enumerated() {
          #expect(out.minima[position] == all.minima[index])
          #expect(out.maxima[position] == all.maxima[index])
        }
      }
    }
  }

  @Test("A seed gives the same split every time, and another seed another.")
  func seeds() throws {
    func heldOut(_ seed: UInt64) throws -> [Int] {
      try CalibrationInputs(profile, holdingOut: 0.3, seed: seed).heldOut[0].indices
    }
    #expect(try heldOut(1) == heldOut(1))
    #expect(try heldOut(1) != heldOut(2))
  }

  @Test("The observed range is that of the inputs that were not kept out.")
  func ranges() throws {
    let inputs = try CalibrationInputs(profile, holdingOut: 0.4, seed: 1)
    let range = try inputs.range(ofSite: 1)
    #expect(range.lowerBound == inputs.extremes[1].minima.min().map { Double($0) })
    #expect(range.upperBound == inputs.extremes[1].maxima.max().map { Double($0) })
    let all = try CalibrationInputs(profile).range(ofSite: 1)
    #expect(range.clamped(to: all) == range && range != all)
    #expect(try IntervalSet(.minmax(margin: 1), for: inputs).bounds[1] == range)
  }

  @Test("A share that would keep out no input is refused with the number that is needed.")
  func noneHeldOut() {
    #expect(
      message { _ = try CalibrationInputs(profile, holdingOut: 0.005, seed: 1) } == """
        a holdout of 0.005 cannot be promised from 101 inputs: it needs at least 200.
          Profile more inputs.
        """)
  }

  @Test("A refusal of a promise asks for inputs of which enough are left, and no fewer.")
  func refusal() throws {
    for share in [0.1, 0.2, 0.3, 0.75] {
      func attempt(_ inputs: Int) throws {
        let site = rangeSite((0..<inputs).map { 0...Float($0) })
        _ = try IntervalSet(
          .inference(coverage: 0.9, confidence: 0.9, seed: 1),
          for: CalibrationInputs(recordedProfile([site]), holdingOut: share, seed: 2))
      }
      do {
        try attempt(30)
        Issue.record("30 inputs cannot be enough")
      } catch RecommendationError.tooFewInputs(_, _, let needed, _) {
        #expect(throws: Never.self) { try attempt(needed) }
        #expect(throws: RecommendationError.self) { try attempt(needed - 1) }
      }
    }
  }
}
