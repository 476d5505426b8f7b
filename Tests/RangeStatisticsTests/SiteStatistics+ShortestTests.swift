import Testing

@testable import RangeStatistics

@Suite("Shortest intervals")
struct ShortestIntervalTests {
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

  @Test("No interval of bins with the share is narrower, found by trying all.")
  func leastWidth() throws {
    for seed in 1...20 as ClosedRange<UInt64> {
      var generator = SplitMix64(seed: seed)
      let values = (0..<300).map { _ in
        Float(Int64(bitPattern: generator.next()) >> 40) / 4e5 * Float(generator.next() % 5)
      }
      let share = 0.8
      let found = try statistics(values).shortest(share)
      let edges = values.map { BFloat16Histogram.edges(ofKey: BFloat16Histogram.key(of: $0)) }
      let (least, greatest) = (values.min()!, values.max()!)
      var best = Double(greatest) - Double(least)
      for lower in Set(edges.map(\.lowerBound)) {
        for upper in Set(edges.map(\.upperBound)) where upper > lower {
          let held = edges.count { $0.lowerBound >= lower && $0.upperBound <= upper }
          guard held >= 240 else { continue }
          best = min(best, Double(min(upper, greatest)) - Double(max(lower, least)))
        }
      }
      #expect(found.upperBound - found.lowerBound == best)
      #expect(values.count { found.contains(Double($0)) } >= 240)
    }
  }

  @Test("Of a one-sided distribution the shortest interval is narrower than the middle one.")
  func skewed() throws {
    let seen = statistics((1...1000).map { 1000 / Float($0) })
    let shortest = try seen.shortest(0.9)
    let middle = try seen.quantile(0.05).lower...seen.quantile(0.95).upper
    #expect(shortest.lowerBound == 1)
    #expect(
      shortest.upperBound - shortest.lowerBound < 0.6 * (middle.upperBound - middle.lowerBound))
  }

  @Test("A share beyond the data is refused with the number of values that would do.")
  func tooFew() throws {
    let seen = statistics((0..<999).map(Float.init))
    #expect(throws: QuantileError.tooFewValues(level: 0.999, count: 999, needed: 1000)) {
      try seen.shortest(0.999)
    }
    #expect(throws: Never.self) { try statistics((0..<1000).map(Float.init)).shortest(0.999) }
    #expect(throws: QuantileError.levelOutsideRange(1)) { try seen.shortest(1) }
  }
}
