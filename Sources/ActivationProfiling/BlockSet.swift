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

  /// The least block, or `nil` if there is none.
  public var first: Int? { ranges.first?.lowerBound }

  /// The least block above another one, or `nil` if there is none.
  public func block(after block: Int) -> Int? {
    ranges.first { $0.upperBound > block + 1 }.map { max($0.lowerBound, block + 1) }
  }

  /// The `count` least blocks, or all if there are fewer.
  public func prefix(_ count: Int) -> BlockSet {
    var (kept, rest) = ([Range<Int>](), count)
    for range in ranges {
      kept.append(range.prefix(rest))
      rest -= kept.last!.count
    }
    return BlockSet(kept)!
  }

  /// The blocks that are not in another set.
  public func subtracting(_ other: BlockSet) -> BlockSet {
    BlockSet(
      ranges.flatMap { range in
        var (start, gaps) = (range.lowerBound, [Range<Int>]())
        for taken in other.ranges.map({ $0.clamped(to: range) }) where !taken.isEmpty {
          gaps.append(start..<taken.lowerBound)
          start = taken.upperBound
        }
        return gaps + [start..<range.upperBound]
      })!
  }

  /// The blocks of both sets.
  public func intersection(_ other: BlockSet) -> BlockSet {
    BlockSet(ranges.flatMap { range in other.ranges.map { range.clamped(to: $0) } })!
  }
}

extension BlockSet: CustomStringConvertible {
  /// The first twelve ranges, such as `0–3, 7, 9–11`, and how many more there are.
  public var description: String {
    let shown = ranges.prefix(12).map {
      $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)–\($0.upperBound - 1)"
    }.joined(separator: ", ")
    return ranges.count > 12 ? "\(shown), … (\(ranges.count - 12) more ranges)" : shown
  }
}
