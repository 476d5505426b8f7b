/// The least and the greatest value of one site for each sample.
///
/// Up to 65,536 samples all are kept. Of more, those are kept whose indices have the lowest
/// 64-bit hashes: a fixed random choice, the same for every site and for every order of merging.
/// (Bottom-k sampling: Cohen and Kaplan 2007.)
public struct SampleExtremes: Equatable, Sendable {
  /// The greatest number of samples kept.
  ///
  /// With 59,912 inputs the `inference` policy promises 0.9999 at a confidence of 0.95; 0.99999 would
  /// take 599,146. Twice as many samples would take twice the memory and promise little more.
  public static let capacity = 65_536

  /// The kept samples' indices in the dataset, ascending.
  public private(set) var indices: [Int]

  /// The least finite value of each kept sample; +∞ for a sample without one.
  public private(set) var minima: [Float]

  /// The greatest finite value of each kept sample; −∞ for a sample without one.
  public private(set) var maxima: [Float]

  /// The number of samples seen, kept or not.
  public private(set) var seen: Int

  /// Creates the extremes of no samples.
  public init() {
    (indices, minima, maxima, seen) = ([], [], [], 0)
  }

  /// Creates the extremes of the given samples, which are in ascending order.
  ///
  /// - Throws: `StatisticsError` if the arrays' lengths differ, if the indices do not ascend from 0
  ///   on, or if the number of samples kept is not what `seen` samples leave.
  public init(
    indices: [Int], minima: [Float], maxima: [Float], seen: Int
  ) throws(StatisticsError) {
    guard indices.count == minima.count, indices.count == maxima.count else {
      throw .unequalLengths(indices.count, minima.count, maxima.count)
    }
    for position in indices.indices {
      let isAscending = indices[position] > (position == 0 ? -1 : indices[position - 1])
      if !isAscending { throw .unsortedSamples(position: position) }
    }
    if indices.count != min(seen, Self.capacity) {
      throw .wrongSampleCount(kept: indices.count, seen: seen)
    }
    (self.indices, self.minima, self.maxima, self.seen) = (indices, minima, maxima, seen)
  }

  /// Creates the extremes of samples in ascending order, of which some that `seen` samples would leave
  /// may be missing: others keep samples with lower hashes, which will be merged.
  init(partOf seen: Int, indices: [Int], minima: [Float], maxima: [Float]) {
    (self.indices, self.minima, self.maxima, self.seen) = (indices, minima, maxima, seen)
  }

  /// Returns the extremes of some of the kept samples alone.
  ///
  /// - Parameter positions: Places in `indices`, ascending.
  /// - Precondition: The places exist and ascend.
  public func selecting(_ positions: [Int]) -> SampleExtremes {
    precondition(zip(positions, positions.dropFirst()).allSatisfy { $0 < $1 }, "not ascending")
    var selected = SampleExtremes()
    selected.indices = positions.map { indices[$0] }
    selected.minima = positions.map { minima[$0] }
    selected.maxima = positions.map { maxima[$0] }
    selected.seen = positions.count
    return selected
  }

  /// The least minimum and the greatest maximum of the kept samples, or nil if none has a value.
  public var range: ClosedRange<Float>? {
    guard let minimum = minima.min(), let maximum = maxima.max(), minimum <= maximum else {
      return nil
    }
    return minimum...maximum
  }

  /// Adds other samples.
  ///
  /// - Throws: `StatisticsError.overlappingSamples` if a sample is kept on both sides; nothing
  ///   changes then.
  public mutating func merge(_ other: SampleExtremes) throws(StatisticsError) {
    merge(other, by: try SampleUnion(self, other))
  }

  /// Adds other samples.
  ///
  /// - Precondition: The union is of these samples and those.
  public mutating func merge(_ other: SampleExtremes, by union: SampleUnion) {
    minima.insert(from: other.minima, at: union.places)
    maxima.insert(from: other.maxima, at: union.places)
    indices = union.indices
    seen += other.seen
  }

  /// Widens each sample's range so that it holds the other's too.
  ///
  /// - Precondition: Both are of the same samples.
  mutating func widen(to other: SampleExtremes) {
    precondition(indices == other.indices, "the extremes of other samples")
    for position in indices.indices {
      minima[position] = min(minima[position], other.minima[position])
      maxima[position] = max(maxima[position], other.maxima[position])
    }
  }

  /// Replaces the extremes by those of ReLU of the same values, of which −∞ becomes a zero.
  mutating func rectify(withInfinities infinite: Set<Int>) {
    for position in indices.indices {
      if infinite.contains(indices[position]) {
        (minima[position], maxima[position]) = (0, max(maxima[position], 0))
      } else if minima[position] <= maxima[position] {
        minima[position] = max(minima[position], 0)
        maxima[position] = max(maxima[position], 0)
      }
    }
  }
}

extension [Float] {
  /// Takes the numbers at the given places, which ascend in these and in the others, counted on from
  /// the end of these. In place: recorders have room for all samples, so that nothing is there twice.
  fileprivate mutating func insert(from others: [Float], at places: [UInt32]) {
    let count = count
    reserveCapacity(places.count)
    if places.count > count { append(contentsOf: repeatElement(0, count: places.count - count)) }
    withUnsafeMutableBufferPointer { numbers in
      // Those that stay go to the front; then there is always room from the end on.
      var kept = 0
      for place in places where place < count {
        numbers[kept] = numbers[Int(place)]
        kept += 1
      }
      for target in places.indices.reversed() {
        let place = Int(places[target])
        if place < count {
          kept -= 1
          numbers[target] = numbers[kept]
        } else {
          numbers[target] = others[place - count]
        }
      }
    }
    removeLast(self.count - places.count)
  }
}
