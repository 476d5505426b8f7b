import Testing

@testable import RangeStatistics

@Suite("Extremes of samples")
struct SampleExtremesTests {
  private func extremes(_ indices: Range<Int>) throws -> SampleExtremes {
    try SampleExtremes(
      indices: Array(indices), minima: indices.map { -Float($0) },
      maxima: indices.map { Float($0) },
      seen: indices.count)
  }

  @Test("Few samples are all kept, in ascending order whatever the order of merging.")
  func fewSamples() throws {
    var merged = try extremes(20..<30)
    try merged.merge(extremes(0..<5))
    try merged.merge(extremes(30..<31))
    #expect(merged.indices == Array(0..<5) + Array(20..<31))
    #expect(merged.minima == merged.indices.map { -Float($0) })
    #expect(merged.maxima == merged.indices.map { Float($0) })
    #expect(merged.seen == 16)
  }

  @Test("Of many samples those with the lowest hashes are kept, in any order of merging.")
  func manySamples() throws {
    let borders = [0, 60_000, 120_000, 150_000, 200_000]
    let parts = try zip(borders, borders.dropFirst()).map { try extremes($0..<$1) }
    var forward = SampleExtremes()
    for part in parts { try forward.merge(part) }
    var (left, right) = (parts[3], parts[2])
    try left.merge(parts[0])
    try right.merge(parts[1])
    try right.merge(left)
    let lowest = (0..<200_000).sorted {
      SplitMix64.hash(UInt64($0)) < SplitMix64.hash(UInt64($1))
    }.prefix(SampleExtremes.capacity)
    #expect(forward.indices == lowest.sorted())
    #expect(forward.maxima == forward.indices.map { Float($0) })
    #expect(forward.seen == 200_000)
    #expect(right == forward)
  }

  @Test("A recorder keeps the same samples as a merge.")
  func recorderKeepsTheSame() throws {
    let recorder = SiteRecorder(channels: 1, valuesPerSample: 1)
    for first in stride(from: 0, to: 180_000, by: 10_000).reversed() {
      record((first..<first + 10_000).map { Float($0) }, firstSample: first, by: recorder)
    }
    let kept = recorder.snapshot().samples
    var expected = SampleExtremes()
    for first in [0, 60_000, 120_000] {
      let indices = first..<first + 60_000
      try expected.merge(
        SampleExtremes(
          indices: Array(indices), minima: indices.map { Float($0) },
          maxima: indices.map { Float($0) }, seen: 60_000))
    }
    #expect(kept == expected)
  }

  @Test("A sample on both sides is refused, and nothing changes.")
  func overlap() throws {
    var merged = try extremes(0..<10)
    let other = try extremes(7..<12)
    #expect(throws: StatisticsError.overlappingSamples(first: 7)) { try merged.merge(other) }
    #expect(try merged == extremes(0..<10))
  }

  @Test("Arrays that contradict each other are refused.")
  func malformed() {
    #expect(throws: StatisticsError.unequalLengths(2, 1, 2)) {
      try SampleExtremes(indices: [1, 2], minima: [0], maxima: [0, 0], seen: 2)
    }
    #expect(throws: StatisticsError.unsortedSamples(position: 1)) {
      try SampleExtremes(indices: [2, 2], minima: [0, 0], maxima: [0, 0], seen: 2)
    }
    #expect(throws: StatisticsError.unsortedSamples(position: 0)) {
      try SampleExtremes(indices: [-1], minima: [0], maxima: [0], seen: 1)
    }
    #expect(throws: StatisticsError.wrongSampleCount(kept: 1, seen: 3)) {
      try SampleExtremes(indices: [4], minima: [0], maxima: [0], seen: 3)
    }
  }
}

@Suite("Selected samples")
struct SelectedSamplesTests {
  @Test("A selection keeps the chosen samples' extremes, and has their range.")
  func selection() throws {
    let all = try SampleExtremes(
      indices: [2, 5, 7, 9], minima: [0, -3, .infinity, 1], maxima: [1, 4, -.infinity, 2], seen: 4)
    let some = all.selecting([0, 2, 3])
    #expect(
      some
        == (try SampleExtremes(
          indices: [2, 7, 9], minima: [0, .infinity, 1], maxima: [1, -.infinity, 2], seen: 3)))
    #expect(some.range == 0...2)
    #expect(all.range == -3...4)
    #expect(all.selecting([2]).range == nil)
    #expect(all.selecting([]).range == nil)
  }
}
