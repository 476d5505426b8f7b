/// Which samples of two parts are kept when they are merged, and where they come from.
///
/// All sites of a network see the same samples, so that this is found once for all of them.
public struct SampleUnion: Sendable {
  /// The indices of the samples of either part, ascending.
  let parts: ([Int], [Int])

  /// The indices of the samples that are kept, ascending.
  public let indices: [Int]

  /// Where each sample that is kept comes from: a place in the first part or, counted on from its
  /// end, in the second.
  let places: [UInt32]

  /// Finds the samples that are kept: those with the lowest hashes, if there are too many.
  ///
  /// - Throws: `StatisticsError.overlappingSamples` if a sample is kept on both sides.
  public init(_ first: SampleExtremes, _ second: SampleExtremes) throws(StatisticsError) {
    try self.init(first.indices, second.indices)
  }

  /// Finds the samples that are kept of two parts with these indices, which ascend.
  ///
  /// - Throws: `StatisticsError.overlappingSamples` if a sample is kept on both sides.
  public init(_ left: [Int], _ right: [Int]) throws(StatisticsError) {
    parts = (left, right)
    let limit = SampleExtremes.hashLimit(of: left, right)
    var (indices, places) = ([Int](), [UInt32]())
    indices.reserveCapacity(min(left.count + right.count, SampleExtremes.capacity))
    places.reserveCapacity(min(left.count + right.count, SampleExtremes.capacity))
    func add(_ index: Int, at place: Int) {
      if let limit, SplitMix64.hash(UInt64(index)) > limit { return }
      indices.append(index)
      places.append(UInt32(place))
    }
    var next = (left: 0, right: 0)
    while next.left < left.count || next.right < right.count {
      if next.right == right.count
        || (next.left < left.count && left[next.left] < right[next.right])
      {
        add(left[next.left], at: next.left)
        next.left += 1
      } else {
        if next.left < left.count && left[next.left] == right[next.right] {
          throw .overlappingSamples(first: left[next.left])
        }
        add(right[next.right], at: left.count + next.right)
        next.right += 1
      }
    }
    (self.indices, self.places) = (indices, places)
  }

  /// Checks that two parts have the samples for which this was found.
  ///
  /// - Throws: `StatisticsError.differentSamples`.
  func check(_ first: SampleExtremes, _ second: SampleExtremes) throws(StatisticsError) {
    // Arrays that share their memory, as those of a file's sites do, are compared at once.
    guard first.indices == parts.0 && second.indices == parts.1 else { throw .differentSamples }
  }
}

extension SampleExtremes {
  /// The places of the samples that are kept of these, or `nil` if all are.
  public static func places(keptOf samples: [Int]) -> [Int]? {
    guard let limit = hashLimit(of: samples) else { return nil }
    return samples.indices.filter { SplitMix64.hash(UInt64(samples[$0])) <= limit }
  }

  /// The greatest hash of a sample that is kept of these, or `nil` if all are.
  static func hashLimit(of parts: [Int]...) -> UInt64? {
    let count = parts.reduce(0) { $0 + $1.count }
    guard count > capacity else { return nil }
    // No two samples have the same hash, so that exactly the capacity is kept.
    var hashes: [UInt64] = []
    hashes.reserveCapacity(count)
    for part in parts { for index in part { hashes.append(SplitMix64.hash(UInt64(index))) } }
    hashes.sort()
    return hashes[capacity - 1]
  }
}
