/// The extremes of the samples that a recorder keeps, in the order in which the samples came.
///
/// Which samples those are follows from the blocks and one limit, so that a site takes no more than
/// two numbers a sample for them.
struct KeptExtremes {
  /// The samples seen, in the order in which they came; neighbours are joined.
  private var spans: [Range<Int>] = []
  /// Samples with greater hashes are not kept.
  private var hashLimit = UInt64.max
  private var minima: [Float] = []
  private var maxima: [Float] = []

  /// The number of samples held now.
  var count: Int { minima.count }

  /// Adds samples that follow one another, except those that are not kept any more.
  ///
  /// - Parameter limit: Samples with greater hashes will not be asked for, as far as the caller knows.
  mutating func append(
    _ ranges: [(minimum: Float, maximum: Float)], from first: Int, hashLimit limit: UInt64 = .max
  ) {
    if limit < hashLimit { drop(beyond: limit) }
    if let last = spans.last, last.upperBound == first {
      spans[spans.count - 1] = last.lowerBound..<first + ranges.count
    } else {
      spans.append(first..<first + ranges.count)
    }
    for (place, range) in ranges.enumerated() where keeps(first + place) {
      minima.append(range.minimum)
      maxima.append(range.maximum)
    }
    if count >= SiteRecorder.samplesHeld { drop() }
  }

  /// Makes room for so many samples, or for the most that are held. Memory is taken only as it is
  /// filled.
  mutating func reserve(_ samples: Int) {
    minima.reserveCapacity(min(samples, SiteRecorder.samplesHeld))
    maxima.reserveCapacity(min(samples, SiteRecorder.samplesHeld))
  }

  /// The samples that are kept, in ascending order.
  mutating func ascendingIndices() -> [Int] {
    if count > SampleExtremes.capacity { drop() }
    return isAscending ? indices : indices.sorted()
  }

  /// The extremes of the samples that are kept, in ascending order.
  ///
  /// - Parameter shared: What `ascendingIndices` gave, here or for another site that saw the same
  ///   samples in the same order, so that the indices are in memory once.
  mutating func extremes(of shared: [Int]? = nil) -> SampleExtremes {
    let indices = shared ?? ascendingIndices()
    if count > SampleExtremes.capacity { drop() }
    var order: [Int]?
    if !isAscending {
      let own = self.indices
      order = own.indices.sorted { own[$0] < own[$1] }
    }
    return SampleExtremes(
      partOf: spans.reduce(0) { $0 + $1.count }, indices: indices,
      minima: order.map { $0.map { minima[$0] } } ?? minima,
      maxima: order.map { $0.map { maxima[$0] } } ?? maxima)
  }

  private var isAscending: Bool {
    zip(spans, spans.dropFirst()).allSatisfy { $0.upperBound <= $1.lowerBound }
  }

  /// The samples held, in the order in which they came.
  private var indices: [Int] {
    var indices: [Int] = []
    indices.reserveCapacity(count)
    for span in spans { indices.append(contentsOf: span.lazy.filter(keeps)) }
    return indices
  }

  private func keeps(_ sample: Int) -> Bool {
    hashLimit == .max || SplitMix64.hash(UInt64(sample)) <= hashLimit
  }

  /// Drops the samples beyond the capacity.
  private mutating func drop() {
    if let limit = SampleExtremes.hashLimit(of: indices) { drop(beyond: limit) }
  }

  /// Drops the samples with greater hashes.
  private mutating func drop(beyond limit: UInt64) {
    var (held, kept) = (0, 0)
    for span in spans {
      for sample in span where keeps(sample) {
        if SplitMix64.hash(UInt64(sample)) <= limit {
          (minima[kept], maxima[kept]) = (minima[held], maxima[held])
          kept += 1
        }
        held += 1
      }
    }
    minima.removeSubrange(kept...)
    maxima.removeSubrange(kept...)
    hashLimit = limit
  }
}
