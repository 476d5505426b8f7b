import Dispatch
import Synchronization

/// A dataset whose next blocks are read in the background while one is worked on.
///
/// The blocks are those that a run reads: `blockSize` samples each, the last one fewer. Whoever
/// reads a block before its turn in the background reads it on its own, so that several workers
/// read in parallel and none waits for another's block. At most `2 · ahead + 1` blocks are in
/// memory. What is read is the same as without.
public final class PrefetchingDataset: Dataset {
  /// The dataset that is read.
  public let base: any Dataset

  private let blockSize: Int
  private let ahead: Int
  private let blocks = Mutex<[Int: PrefetchedBlock]>([:])
  private let queue = DispatchQueue(label: "PrefetchingDataset")

  /// Makes the dataset; nothing is read before the first block is asked for.
  ///
  /// - Parameters:
  ///   - blockSize: The samples in a block.
  ///   - ahead: The blocks that are read in advance.
  /// - Precondition: Both are positive.
  public init(_ base: any Dataset, blockSize: Int, ahead: Int = 2) {
    precondition(blockSize > 0 && ahead > 0)
    self.base = base
    self.blockSize = blockSize
    self.ahead = ahead
  }

  /// Gives up what was not asked for, and waits for the block that is being read.
  deinit {
    blocks.withLock { for block in $0.values { _ = block.claim() } }
    queue.sync {}
  }

  public var description: String { base.description }

  public var sampleCount: Int { base.sampleCount }

  public var sampleShape: [Int] { base.sampleShape }

  public func labels() throws -> [Int]? { try base.labels() }

  public func digest(of samples: Range<Int>) throws -> String { try base.digest(of: samples) }

  public func read(samples: Range<Int>, into buffer: UnsafeMutableBufferPointer<Float>) throws {
    let number = samples.lowerBound / blockSize
    guard samples == range(ofBlock: number), let block = take(number), !block.claim() else {
      return try base.read(samples: samples, into: buffer)
    }
    let values = try block.values()
    precondition(buffer.count == values.count)
    _ = buffer.update(from: values)
  }

  /// The numbers of the blocks that are kept, in order.
  var keptBlocks: [Int] { blocks.withLock { $0.keys.sorted() } }

  private func range(ofBlock number: Int) -> Range<Int> {
    number * blockSize..<min((number + 1) * blockSize, sampleCount)
  }

  /// Removes a block, if it is there, and makes sure that the next ones will be.
  private func take(_ number: Int) -> PrefetchedBlock? {
    blocks.withLock { blocks in
      let taken = blocks.removeValue(forKey: number)
      // Workers ask almost in order; what lies farther off belongs to an order that was given up.
      for (other, block) in blocks where abs(other - number) > ahead {
        blocks[other] = nil
        _ = block.claim()
      }
      let last = min(number + ahead, (sampleCount - 1) / blockSize)
      for next in number..<last where blocks[next + 1] == nil {
        let block = PrefetchedBlock(base, range(ofBlock: next + 1))
        blocks[next + 1] = block
        queue.async { if block.claim() { block.read() } }
      }
      return taken
    }
  }
}

/// A block that is read by whoever claims it first.
private final class PrefetchedBlock: Sendable {
  private let dataset: any Dataset
  private let samples: Range<Int>
  private let isClaimed = Atomic(false)
  private let result = Mutex<Result<[Float], any Error>?>(nil)
  private let isRead = DispatchSemaphore(value: 0)

  init(_ dataset: any Dataset, _ samples: Range<Int>) {
    self.dataset = dataset
    self.samples = samples
  }

  /// Returns true to the first who asks, who alone may read the block then, or give it up.
  func claim() -> Bool { !isClaimed.exchange(true, ordering: .relaxed) }

  /// Reads the block.
  ///
  /// - Precondition: The caller has claimed it.
  func read() {
    let count = samples.count * dataset.sampleSize
    let read = Result {
      try [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
        try dataset.read(
          samples: samples, into: UnsafeMutableBufferPointer(rebasing: buffer[..<count]))
        initialized = count
      }
    }
    result.withLock { $0 = read }
    isRead.signal()
  }

  /// Waits for the values and returns them, to one caller.
  ///
  /// - Precondition: Somebody else has claimed the block, to read it.
  /// - Throws: What reading threw.
  func values() throws -> [Float] {
    isRead.wait()
    guard let read = result.withLock({ $0 }) else { preconditionFailure("not read") }
    return try read.get()
  }
}
