import Synchronization
import Testing

@testable import ActivationProfiling

@Suite("The queue of blocks")
struct BlockQueueTests {
  private let provenance = Provenance(
    model: "m", modelDigest: "d", data: [], dataDigests: [], preprocessing: "", datasetSamples: 18,
    blockSize: 4)

  /// A queue in which a pause is due before each block from some one on.
  private func queue(
    _ blocks: BlockSet, samplesPerPortion: Int, pausesFrom firstPause: Int = .max,
    progress: @escaping @Sendable (Profiler.Progress) -> Void = { _ in }
  ) -> BlockQueue {
    BlockQueue(
      blocks, of: provenance, samplesPerPortion: samplesPerPortion,
      pauseIsDue: { $0 >= firstPause }, progress: progress)
  }

  @Test("Every block is handed out once, in portions that start anew with it, in order.")
  func order() throws {
    let done = Mutex<[Int]>([])
    let blocks = try #require(BlockSet([1..<2, 3..<5]))
    let queue = queue(blocks, samplesPerPortion: 3) { progress in
      #expect(progress.samplesInAll == 10)
      done.withLock { $0.append(progress.samplesDone) }
    }
    var handedOut: [Range<Int>] = []
    while let samples = queue.next()?.samples {
      handedOut.append(samples)
      queue.finish(samples)
    }
    #expect(handedOut == [4..<7, 7..<8, 12..<15, 15..<16, 16..<18])
    #expect(queue.handedOut == blocks && !queue.isPaused)
    #expect(done.withLock { $0 } == [3, 4, 7, 8, 10])
    try queue.throwIfFailed()
  }

  @Test("Work is held back before a block for which a pause is due, once, until the pause is over.")
  func pause() {
    let queue = queue(BlockSet(0..<3), samplesPerPortion: 3, pausesFrom: 1)
    #expect((0..<3).map { _ in queue.next()?.samples } == [0..<3, 3..<4, nil])
    #expect(queue.isPaused && queue.handedOut == BlockSet(0..<1))
    #expect(queue.next()?.samples == nil)
    queue.endPause()
    #expect((0..<3).map { _ in queue.next()?.samples } == [4..<7, 7..<8, nil])
    #expect(queue.isPaused && queue.handedOut == BlockSet(0..<2))
    queue.endPause()
    #expect((0..<3).map { _ in queue.next()?.samples } == [8..<11, 11..<12, nil])
    #expect(!queue.isPaused)
  }

  @Test("After a failure nothing is handed out, and the first failure is thrown.")
  func failure() {
    let queue = queue(BlockSet(0..<3), samplesPerPortion: 8)
    #expect(queue.next()?.samples == 0..<4)
    queue.fail(BrokenDataset.Fault(sample: 1))
    queue.fail(BrokenDataset.Fault(sample: 2))
    #expect(queue.next()?.samples == nil)
    #expect(throws: BrokenDataset.Fault(sample: 1)) { try queue.throwIfFailed() }
  }
}
