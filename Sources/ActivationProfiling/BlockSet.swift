/// The blocks of a dataset that a profile covers.
///
/// A block is a fixed number of samples in dataset order, the one unit of work, shard and merge.
public struct BlockSet: Hashable, Sendable {
  /// Disjoint, ascending, never touching ranges of block numbers.
  public private(set) var ranges: [Range<Int>]

  /// Creates the set of a range of blocks.
  public init(_ blocks: Range<Int>) { ranges = blocks.isEmpty ? [] : [blocks] }

  /// Creates a set from ranges in any order, or returns `nil` if they overlap.
  public init?(_ ranges: [Range<Int>]) {
    self.ranges = []
    for range in ranges where !range.isEmpty {
      guard insert(BlockSet(range)) else { return nil }
    }
  }

  /// The number of blocks.
  public var count: Int { ranges.reduce(0) { $0 + $1.count } }

  /// Adds the blocks of another set, or returns `false` and changes nothing if any is here already.
  public mutating func insert(_ other: BlockSet) -> Bool {
    var joined: [Range<Int>] = []
    for range in (ranges + other.ranges).sorted(by: { $0.lowerBound < $1.lowerBound }) {
      guard let last = joined.last, range.lowerBound <= last.upperBound else {
        joined.append(range)
        continue
      }
      guard range.lowerBound == last.upperBound else { return false }
      joined[joined.count - 1] = last.lowerBound..<range.upperBound
    }
    ranges = joined
    return true
  }

  /// The blocks of both sets.
  public func intersection(_ other: BlockSet) -> [Range<Int>] {
    ranges.flatMap { range in other.ranges.map { range.clamped(to: $0) } }.filter { !$0.isEmpty }
  }
}
