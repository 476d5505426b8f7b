import Testing

@testable import RangeStatistics

@Suite("Sites side by side")
struct SiteStatisticsSideBySideTests {
  @Test("Statistics of joined channels are those of the parts, with their places moved.")
  func joined() {
    var generator = SplitMix64(seed: 34)
    let (places, samples, widths) = (6, 5, [3, 1, 16])
    let parts = widths.map { width in
      (0..<samples * places * width).map { index in
        index % 97 == 5 ? Float.nan : generator.dyadic()
      }
    }
    var whole: [Float] = []
    for place in 0..<samples * places {
      for (width, values) in zip(widths, parts) {
        whole += values[place * width..<(place + 1) * width]
      }
    }
    let joined = SiteStatistics(
      sideBySide: zip(widths, parts).map {
        statistics(of: $1, channels: $0, valuesPerSample: places * $0, firstSample: 3)
      })
    #expect(
      joined == statistics(of: whole, channels: 20, valuesPerSample: 20 * places, firstSample: 3))
  }
}
