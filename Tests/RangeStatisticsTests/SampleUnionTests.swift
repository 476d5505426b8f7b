import Testing

@testable import RangeStatistics

@Suite("Samples of two parts")
struct SampleUnionTests {
  private func extremes(_ indices: [Int]) throws -> SampleExtremes {
    try SampleExtremes(
      indices: indices, minima: indices.map { -Float($0) }, maxima: indices.map { Float($0) },
      seen: indices.count)
  }

  @Test("One union serves all sites with the same samples, and no other.")
  func sharing() throws {
    let (left, right) = (try extremes([1, 5, 6]), try extremes([0, 4, 9]))
    let union = try SampleUnion(left, right)
    var merged = left
    merged.merge(right, by: union)
    #expect(try merged == extremes([0, 1, 4, 5, 6, 9]))
    try union.check(left, right)
    #expect(throws: StatisticsError.differentSamples) { try union.check(right, left) }
    #expect(throws: StatisticsError.differentSamples) {
      try union.check(left, extremes([0, 4, 8]))
    }
  }
}
