import Testing

@testable import RangeStatistics

@Suite("Extreme values")
struct ExtremeValuesTests {
  /// Values with many ties, at distinct places.
  private static func candidates(seed: UInt64) -> [ExtremeValue] {
    var generator = SplitMix64(seed: seed)
    return (0..<200).map {
      ExtremeValue(value: Float(generator.next() % 9), sample: $0 / 10, offset: $0 % 10)
    }
  }

  @Test("The 32 most extreme values are kept in order, ties by sample and offset.")
  func order() {
    var (highest, lowest) = (ExtremeValues(side: .highest), ExtremeValues(side: .lowest))
    for candidate in Self.candidates(seed: 61).shuffledOnce() {
      highest.insert(candidate)
      lowest.insert(candidate)
    }
    let all = Self.candidates(seed: 61)
    let descending = all.sorted {
      ($1.value, $0.sample, $0.offset) < ($0.value, $1.sample, $1.offset)
    }
    let ascending = all.sorted {
      ($0.value, $0.sample, $0.offset) < ($1.value, $1.sample, $1.offset)
    }
    #expect(highest.values == Array(descending.prefix(32)))
    #expect(lowest.values == Array(ascending.prefix(32)))
  }

  @Test("Merging in any grouping keeps what one list would.", arguments: 0..<20)
  func merging(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    var parts = Array(repeating: ExtremeValues(side: .lowest), count: 4)
    var whole = ExtremeValues(side: .lowest)
    for candidate in Self.candidates(seed: seed) {
      parts[Int(generator.next() % 4)].insert(candidate)
      whole.insert(candidate)
    }
    var (left, right) = (parts[2], parts[3])
    left.merge(parts[0])
    right.merge(parts[1])
    right.merge(left)
    #expect(right == whole)
  }

  @Test("Negative zero is listed as zero.")
  func negativeZero() {
    #expect(ExtremeValue(value: -0.0, sample: 0, offset: 0).value.sign == .plus)
  }

  @Test("Lists that are not sorted, too long or not finite are refused.")
  func malformed() {
    func list(_ values: [Float]) throws(StatisticsError) -> ExtremeValues {
      try ExtremeValues(
        side: .highest,
        values: values.enumerated().map { ExtremeValue(value: $1, sample: $0, offset: 0) })
    }
    #expect(throws: Never.self) { try list([3, 2, 2, -1]) }
    #expect(throws: StatisticsError.unsortedExtremes(position: 2)) { try list([3, 2, 2.5]) }
    #expect(throws: StatisticsError.notFiniteExtreme(position: 0)) { try list([.infinity]) }
    #expect(throws: StatisticsError.tooManyExtremes(33)) {
      try list(Array(repeating: 1, count: 33))
    }
  }
}

extension Array {
  /// The elements in one fixed random order.
  fileprivate func shuffledOnce() -> [Element] {
    var generator = SplitMix64(seed: 62)
    return generator.permutation(of: count).map { self[$0] }
  }
}
