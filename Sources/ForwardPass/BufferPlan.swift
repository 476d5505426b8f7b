/// Where each activation lives in one worker's memory.
///
/// Activations that are never needed at the same time share the same bytes.
struct BufferPlan: Sendable {
  /// The offset of each buffer, in Float32 numbers, a multiple of a cache line.
  let offsets: [Int]
  /// Numbers in all.
  let count: Int

  /// A buffer's size and the steps during which it must be kept.
  struct Request {
    var count: Int
    var firstStep: Int
    var lastStep: Int
  }

  /// Places the largest buffers first, each at the lowest offset that is free while it is needed.
  init(_ requests: [Request]) {
    var offsets = [Int](repeating: 0, count: requests.count)
    var total = 0
    var placed: [Int] = []
    let order = requests.indices.sorted { (requests[$1].count, $0) < (requests[$0].count, $1) }
    for buffer in order {
      let request = requests[buffer]
      let size = Self.rounded(request.count)
      let conflicts =
        placed
        .filter {
          requests[$0].firstStep <= request.lastStep && request.firstStep <= requests[$0].lastStep
        }
        .map { offsets[$0]..<offsets[$0] + Self.rounded(requests[$0].count) }
        .sorted { $0.lowerBound < $1.lowerBound }
      var offset = 0
      for taken in conflicts where taken.upperBound > offset {
        if taken.lowerBound >= offset + size { break }
        offset = taken.upperBound
      }
      offsets[buffer] = offset
      total = max(total, offset + size)
      placed.append(buffer)
    }
    self.offsets = offsets
    count = total
  }

  /// Up to a whole number of 64-byte cache lines.
  private static func rounded(_ count: Int) -> Int { (count + 15) / 16 * 16 }
}
