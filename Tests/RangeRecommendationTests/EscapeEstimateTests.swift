import ActivationProfiling
import RangeStatistics
import Testing

@testable import RangeRecommendation

@Suite("Estimated escapes")
struct EscapeEstimateTests {
  private func ownRange(_ ranges: [ClosedRange<Float>]) -> ClosedRange<Double> {
    Double(ranges.map(\.lowerBound).min()!)...Double(ranges.map(\.upperBound).max()!)
  }

  @Test("The range of N inputs gives 2/(N + 1), also when the interval is far wider.")
  func ownRanges() {
    for inputs in [2, 3, 10, 99] {
      let ranges = (0..<inputs).map { Float($0)...Float($0) + 1 }
      let profile = recordedProfile([rangeSite(ranges)])
      for bounds in [ownRange(ranges), -1e9...1e9] {
        let estimate = EscapeEstimate([bounds], in: profile)
        #expect(estimate.perSite == [ToleranceInterval.expectedEscape(samples: inputs)])
        #expect(estimate.anywhere == estimate.perSite[0])
      }
    }
  }

  @Test("An input that is outermost on both sides counts once.")
  func bothSides() {
    let profile = recordedProfile([rangeSite([-9...9, -1...2, 0...3])])
    #expect(EscapeEstimate([-9...9], in: profile).perSite == [1.0 / 4])
  }

  @Test("Inputs at the edge are inside; those beyond count, and the outermost of the rest.")
  func narrow() {
    let ranges: [ClosedRange<Float>] = [0...1, 0...2, 0...3, -1...4, 1...5, 1...1]
    let profile = recordedProfile([rangeSite(ranges)])
    // −1...4 and 1...5 are outside; 0...1 is the first of the lowest inside, 0...3 the highest.
    #expect(EscapeEstimate([0...3], in: profile).perSite == [4.0 / 7])
    #expect(EscapeEstimate([7...8], in: profile).perSite == [6.0 / 7])
  }

  @Test("Several sites count the union of their inputs.")
  func union() {
    func points(_ numbers: [Int]) -> [ClosedRange<Float>] {
      numbers.map(Float.init).map { $0...$0 }
    }
    let one = points(Array(0..<10))
    let other = points(Array(5..<10) + Array(0..<5))
    let profile = recordedProfile([rangeSite(one), rangeSite(other), rangeSite(one)])
    let estimate = EscapeEstimate([0...9, 0...9, 0...9], in: profile)
    #expect(estimate.perSite == [Double](repeating: 2.0 / 11, count: 3))
    #expect(estimate.anywhere == 4.0 / 11)
  }

  @Test("An input without finite values at a site cannot leave it.")
  func emptyInputs() {
    let profile = recordedProfile([recordedSite([[.nan], [1], [2], [.infinity], [3]])])
    #expect(EscapeEstimate([1...3], in: profile).perSite == [2.0 / 6])
  }

  @Test("Any intervals give the share that counting by hand gives.")
  func bruteForce() {
    var generator = SplitMix64(seed: 12)
    for _ in 0..<30 {
      let inputs = 30
      let sites = (0..<3).map { _ in randomRanges(inputs, &generator) }
      let bounds: [ClosedRange<Double>] = (0..<3).map { _ in
        let (below, above) = (8 * generator.unit(), 8 * generator.unit())
        return -below...above
      }
      let estimate = EscapeEstimate(
        bounds, in: recordedProfile(sites.map { rangeSite($0) }))
      let counted = zip(sites, bounds).map { ranges, interval -> Set<Int> in
        let (lower, upper) = (ranges.map(\.lowerBound), ranges.map(\.upperBound))
        let inside = ranges.indices.filter {
          interval.contains(Double(lower[$0])) && interval.contains(Double(upper[$0]))
        }
        let lowest = inside.first { place in inside.allSatisfy { lower[place] <= lower[$0] } }
        let highest = inside.first { place in inside.allSatisfy { upper[place] >= upper[$0] } }
        return Set(ranges.indices).subtracting(inside).union([lowest, highest].compactMap(\.self))
      }
      let union = counted.reduce(Set()) { $0.union($1) }
      #expect(estimate.perSite == counted.map { Double($0.count) / 31 })
      #expect(estimate.anywhere == Double(union.count) / 31)
    }
  }
}
