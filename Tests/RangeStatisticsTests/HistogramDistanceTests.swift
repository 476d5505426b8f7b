import Glibc
import Testing

@testable import RangeStatistics

@Suite("Distances of histograms")
struct HistogramDistanceTests {
  private func statistics(_ values: [Float]) -> SiteStatistics {
    let recorder = SiteRecorder(channels: 1, valuesPerSample: 1)
    var values = values
    recorder.beginBlock(samples: 0..<values.count)
    values.withUnsafeMutableBufferPointer {
      recorder.record($0, firstSample: 0, samples: $0.count)
    }
    recorder.endBlock()
    return recorder.snapshot()
  }

  private func randomValues(_ count: Int, shift: Float, seed: UInt64) -> [Float] {
    var generator = SplitMix64(seed: seed)
    return (0..<count).map { _ in
      let sum = (0..<4).reduce(Float(0)) { sum, _ in sum + Float(generator.next() >> 40) * 0x1p-24 }
      return 3 * (sum - 2) + shift
    }
  }

  /// Both distances of the values themselves, from their definition.
  private func exact(_ a: [Float], _ b: [Float]) -> (Double, Double) {
    let places = (a + b).sorted()
    var (greatest, area) = (0.0, 0.0)
    for (index, x) in places.enumerated() {
      let difference =
        Double(a.count { $0 <= x }) / Double(a.count) - Double(b.count { $0 <= x })
        / Double(b.count)
      greatest = max(greatest, abs(difference))
      if index + 1 < places.count {
        area += abs(difference) * (Double(places[index + 1]) - Double(x))
      }
    }
    return (greatest, area)
  }

  @Test("The distances of the values are within the bounds, which are narrow.")
  func enclosure() throws {
    for seed in 1...15 as ClosedRange<UInt64> {
      let a = randomValues(300, shift: 0, seed: seed)
      let b = randomValues(200, shift: Float(seed) / 8, seed: seed + 50)
      let distance = try #require(HistogramDistance(statistics(a), statistics(b)))
      let (greatest, area) = exact(a, b)
      #expect(distance.kolmogorovSmirnov.lowerBound <= greatest + 1e-12)
      #expect(distance.kolmogorovSmirnov.upperBound >= greatest - 1e-12)
      #expect(distance.wasserstein.lowerBound <= area + 1e-9)
      #expect(distance.wasserstein.upperBound >= area - 1e-9)
      // A bin holds a few of these values; it is at most 2⁻⁷ of its value wide.
      let width = distance.kolmogorovSmirnov.upperBound - distance.kolmogorovSmirnov.lowerBound
      #expect(width < 0.05)
      #expect(distance.wasserstein.upperBound - distance.wasserstein.lowerBound < 0.06)
    }
  }

  @Test("Equal values are at no distance at all, shifted ones at the shift, others at all of it.")
  func knownDistances() throws {
    let a = statistics([1, 2, 3, 4])
    let none = try #require(HistogramDistance(a, a))
    #expect(none.kolmogorovSmirnov.lowerBound == 0 && none.wasserstein.lowerBound == 0)
    let apart = try #require(HistogramDistance(a, statistics([10, 20])))
    #expect(apart.kolmogorovSmirnov == 1...1)
    // The mean moves from 2.5 to 15; a bin at 20 is 1/8 wide.
    #expect(apart.wasserstein.contains(12.5))
    #expect(apart.wasserstein.upperBound - apart.wasserstein.lowerBound < 0.13)
  }

  @Test("The order of the two does not matter, and nothing is said without values.")
  func symmetry() throws {
    let a = statistics(randomValues(50, shift: 0, seed: 1))
    let b = statistics(randomValues(70, shift: 1, seed: 2))
    #expect(HistogramDistance(a, b) == HistogramDistance(b, a))
    #expect(HistogramDistance(a, statistics([.nan])) == nil)
  }
}
