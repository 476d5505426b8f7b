import ActivationProfiling

/// A part of a run that is split, as in `1/4`.
struct Shard {
  /// Counts from 1.
  let index: Int
  let count: Int

  /// Reads I/N with I from 1 to N.
  init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let index = parts[0], let count = parts[1], count > 0,
      (1...count).contains(index)
    else { return nil }
    (self.index, self.count) = (index, count)
  }

  /// Its blocks.
  ///
  /// - Throws: `ShardError.empty` if there are none.
  func blocks(of provenance: Provenance) throws -> Range<Int> {
    let blocks = provenance.shard(index, of: count)
    if blocks.isEmpty {
      throw ShardError.empty(shard: "\(index)/\(count)", blocks: provenance.blockCount)
    }
    return blocks
  }
}

/// Why a shard cannot be run.
enum ShardError: Error, Hashable, CustomStringConvertible {
  case empty(shard: String, blocks: Int)

  var description: String {
    switch self {
    case .empty(let shard, let blocks):
      """
      shard \(shard) holds no block: the dataset has only \(blocks).
        Use at most \(blocks) shards.
      """
    }
  }
}
