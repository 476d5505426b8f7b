import Testing

@testable import RangeStatistics

@Suite("Statistics of a site")
struct SiteStatisticsTests {
  /// Parts of different character, of disjoint samples.
  private static func parts() -> [SiteStatistics] {
    var generator = SplitMix64(seed: 71)
    return (0..<5).map { part in
      var values = (0..<6 * 30).map { _ in Float(generator.normal()) * Float(1 << part) }
      if part % 2 == 0 { values.replaceSubrange(9..<9 + specialValues.count, with: specialValues) }
      if part == 3 { values = values.map { max(0, $0) } }
      return statistics(of: values, channels: 3, valuesPerSample: 30, firstSample: 6 * part)
    }
  }

  @Test("Merging is associative and commutative, and the empty statistics are its identity.")
  func mergeLaws() throws {
    let parts = Self.parts()
    func merged(_ left: SiteStatistics, _ right: SiteStatistics) throws -> SiteStatistics {
      var result = left
      try result.merge(right)
      return result
    }
    let whole = try parts.dropFirst().reduce(parts[0], merged)
    #expect(try parts.reversed().dropFirst().reduce(parts[4], merged) == whole)
    let left = try merged(parts[3], parts[1])
    let right = try merged(parts[0], merged(parts[4], parts[2]))
    #expect(try merged(left, right) == whole)
    let empty = SiteStatistics(channels: 3, valuesPerSample: 30)
    #expect(try merged(empty, whole) == whole)
    #expect(try merged(whole, empty) == whole)
    for (channel, other) in try zip(whole.channels, merged(right, left).channels) {
      #expect(channel.sum.words == other.sum.words)
      #expect(channel.sumOfSquares.words == other.sumOfSquares.words)
      #expect(channel.minimum.bitPattern == other.minimum.bitPattern)
      #expect(channel.maximum.bitPattern == other.maximum.bitPattern)
    }
  }

  @Test("The site's totals follow from its channels.")
  func totals() {
    let seen = statistics(
      of: [1, -2, 3, 4, 0, .leastNormalMagnitude / 2, .nan, 8], channels: 2, valuesPerSample: 4)
    #expect(seen.count == 7)
    #expect(seen.minimum == -2)
    #expect(seen.maximum == 8)
    #expect(seen.zeros == 1)
    #expect(seen.subnormals == 1)
    #expect(seen.nonFinite == NonFiniteCounts(nan: 1))
    #expect(seen.firstNonFinite == NonFiniteValue(sample: 1, offset: 2, kind: .nan))
    #expect(seen.moments.count == 7)
    #expect(seen.moments.mean == 2)
    #expect(seen.channels.map(\.count) == [3, 4])
    #expect(seen.channels.map(\.maximum) == [3, 8])
    #expect(seen.channels[0].moments.mean == 4.0 / 3)
  }

  @Test("A site that saw nothing has no minimum and no maximum.")
  func nothingSeen() {
    let empty = SiteStatistics(channels: 1, valuesPerSample: 1)
    #expect(empty.minimum == nil)
    #expect(empty.maximum == nil)
    #expect(empty.count == 0)
    #expect(empty.subnormals == 0)
  }

  @Test("Sites of different shapes and overlapping samples do not merge.")
  func refusedMerges() {
    var seen = Self.parts()[0]
    let before = seen
    #expect(
      throws: StatisticsError.differentShapes(
        channels: 3, valuesPerSample: 30, otherChannels: 2, otherValuesPerSample: 30)
    ) { try seen.merge(SiteStatistics(channels: 2, valuesPerSample: 30)) }
    #expect(throws: StatisticsError.overlappingSamples(first: 0)) { try seen.merge(before) }
    #expect(seen == before)
  }

  @Test("The parts of statistics give them back, and contradicting parts are refused.")
  func fromParts() throws {
    let seen = Self.parts()[0]
    func rebuilt(
      values: Int = 30, histogram: BFloat16Histogram? = nil, zeros: UInt64? = nil,
      highest: ExtremeValues? = nil
    ) throws(StatisticsError) -> SiteStatistics {
      try SiteStatistics(
        valuesPerSample: values, channels: seen.channels, histogram: histogram ?? seen.histogram,
        zeros: zeros ?? seen.zeros, nonFinite: seen.nonFinite, firstNonFinite: seen.firstNonFinite,
        highest: highest ?? seen.highest, lowest: seen.lowest, samples: seen.samples)
    }
    #expect(try rebuilt() == seen)
    #expect(throws: StatisticsError.unevenChannels(channels: 3, valuesPerSample: 31)) {
      try rebuilt(values: 31)
    }
    #expect(throws: StatisticsError.unequalCounts(channels: seen.count, histogram: 0)) {
      try rebuilt(histogram: BFloat16Histogram())
    }
    #expect(throws: StatisticsError.tooManyZeros(99, bin: seen.histogram.counts[0])) {
      try rebuilt(zeros: 99)
    }
    #expect(throws: StatisticsError.wrongExtremeCount(0, values: seen.count)) {
      try rebuilt(highest: ExtremeValues(side: .highest))
    }
  }
}
