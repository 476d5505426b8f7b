import Testing

@testable import RangeStatistics

@Suite("Histogram of bfloat16 bins")
struct BFloat16HistogramTests {
  @Test("Every bin's edges hold its first and last value, and no neighbour's.")
  func edges() {
    for key in BFloat16Histogram.ascendingKeys {
      let edges = BFloat16Histogram.edges(ofKey: key)
      let first = Float(bitPattern: UInt32(key) << 16)
      let last = Float(bitPattern: UInt32(key) << 16 | 0xFFFF)
      #expect(edges.contains(first) && edges.contains(last))
      #expect(key < 0x8000 ? edges.upperBound == last.nextUp : edges.lowerBound == last.nextDown)
      #expect(key < 0x8000 ? edges.lowerBound == first : edges.upperBound == first)
    }
  }

  @Test("The bins ascend without a gap.")
  func ascendingKeys() {
    let keys = BFloat16Histogram.ascendingKeys
    #expect(keys.count == 65_536 - 2 * 128)
    for (key, next) in zip(keys, keys.dropFirst()) {
      let border = BFloat16Histogram.edges(ofKey: key).upperBound
      #expect(border == BFloat16Histogram.edges(ofKey: next).lowerBound)
    }
  }

  @Test("A value on a border belongs to the bin away from zero, and -0 to that of +0.")
  func borders() {
    for border in [Float(1), 1.0078125, 3.5, 0x1p-126, 0x1p-133] {
      let key = BFloat16Histogram.key(of: border)
      #expect(BFloat16Histogram.key(of: border.nextDown) == key - 1)
      #expect(BFloat16Histogram.key(of: -border) == key + 0x8000)
      #expect(BFloat16Histogram.key(of: -border.nextDown) == key + 0x8000 - 1)
    }
    #expect(BFloat16Histogram.key(of: -0.0) == 0)
    #expect(BFloat16Histogram.key(of: -.leastNonzeroMagnitude) == 0x8000)
  }

  @Test("Counting and merging add up.")
  func merging() {
    var (left, right, both) = (BFloat16Histogram(), BFloat16Histogram(), BFloat16Histogram())
    var generator = SplitMix64(seed: 41)
    for index in 0..<1000 {
      let value = Float(generator.normal())
      if index % 3 == 0 { left.add(value) } else { right.add(value) }
      both.add(value)
    }
    left.merge(right)
    #expect(left == both)
    #expect(both.total == 1000)
  }

  @Test("Bins that are no histogram are refused; others come back as they were.")
  func malformed() throws {
    let edges: [Float] = [-2, -.leastNonzeroMagnitude * 65_536, -0.0, 0, 1, 1.0078125]
    let histogram = try BFloat16Histogram(edges: edges, counts: [1, 2, 3, 4, 5, 6])
    #expect(histogram.edges.map(\.bitPattern) == edges.map(\.bitPattern))
    #expect(histogram.bins.map(\.count) == [1, 2, 3, 4, 5, 6])
    for edge in [Float.nan, .infinity, -.infinity] {
      let key = Int(edge.bitPattern >> 16)
      #expect(throws: StatisticsError.notFiniteBin(key: key, count: 5)) {
        try BFloat16Histogram(edges: [edge], counts: [5])
      }
    }
    let faults: [([Float], [UInt64])] = [
      ([1, 1], [1, 1]), ([1, 0.5], [1, 1]), ([0, -0.0], [1, 1]), ([1, 2], [1, 0]),
      ([1, 1.001], [1, 1]),
    ]
    for (edges, counts) in faults {
      #expect(throws: StatisticsError.wrongBin(position: 1)) {
        try BFloat16Histogram(edges: edges, counts: counts)
      }
    }
  }
}
