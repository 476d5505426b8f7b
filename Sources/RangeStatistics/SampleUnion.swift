/// Which samples of two parts are kept when they are merged, and where they come from.
///
/// All sites of a network see the same samples, so that this is found once for all of them.
public struct SampleUnion: Sendable {
  /// The indices of the samples of either part, ascending.
  let parts: ([Int], [Int])

  /// The indices of the samples that are kept, ascending.
  let indices: [Int]

  /// Where each sample that is kept comes from: a place in the first part or, counted on from its
  /// end, in the second.
  let places: [Int]

  /// Finds the samples that are kept: those with the lowest hashes, if there are too many.
  ///
  /// - Throws: `StatisticsError.overlappingSamples` if a sample is kept on both sides.
  public init(_ first: SampleExtremes, _ second: SampleExtremes) throws(StatisticsError) {
    let (left, right) = (first.indices, second.indices)
    parts = (left, right)
    var places: [Int] = []
    places.reserveCapacity(left.count + right.count)
    var next = (left: 0, right: 0)
    while next.left < left.count || next.right < right.count {
      if next.right == right.count
        || (next.left < left.count && left[next.left] < right[next.right])
      {
        places.append(next.left)
        next.left += 1
      } else {
        if next.left < left.count && left[next.left] == right[next.right] {
          throw .overlappingSamples(first: left[next.left])
        }
        places.append(left.count + next.right)
        next.right += 1
      }
    }
    let all = places.map { $0 < left.count ? left[$0] : right[$0 - left.count] }
    if let limit = SampleExtremes.hashLimit(of: all) {
      let kept = all.indices.filter { SplitMix64.hash(UInt64(all[$0])) <= limit }
      indices = kept.map { all[$0] }
      self.places = kept.map { places[$0] }
    } else {
      indices = all
      self.places = places
    }
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
  /// The greatest hash of a sample that is kept of these, or `nil` if all are.
  static func hashLimit(of indices: [Int]) -> UInt64? {
    guard indices.count > capacity else { return nil }
    // No two samples have the same hash, so that exactly the capacity is kept.
    var hashes = indices.map { SplitMix64.hash(UInt64($0)) }
    hashes.sort()
    return hashes[capacity - 1]
  }
}
