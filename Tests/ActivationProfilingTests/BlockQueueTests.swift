import Synchronization
import Testing

@testable import ActivationProfiling

@Suite("The queue of blocks")
struct BlockQueueTests {
  private let provenance = Provenance(
    model: "m", modelDigest: "d", data: [], dataDigests: [], preprocessing: "", datasetSamples: 18,
    blockSize: 4)

  @Test("Every block is handed out once, in portions that start anew with it, in order.")
  func order() throws {
    let done = Mutex<[Int]>([])
    let blocks = try #require(BlockSet([1..<2, 3..<5]))
    let queue = BlockQueue(blocks, of: provenance, samplesPerPortion: 3) { progress in
      #expect(progress.samplesInAll == 10)
      done.withLock { $0.append(progress.samplesDone) }
    }
    var handedOut: [Range<Int>] = []
    while let samples = queue.next() {
      handedOut.append(samples)
      queue.finish(samples)
    }
    #expect(handedOut == [4..<7, 7..<8, 12..<15, 15..<16, 16..<18])
    #expect(queue.count == 5)
    #expect(done.withLock { $0 } == [3, 4, 7, 8, 10])
    try queue.throwIfFailed()
  }

  @Test("After a failure nothing is handed out, and the first failure is thrown.")
  func failure() {
    let queue = BlockQueue(BlockSet(0..<3), of: provenance, samplesPerPortion: 8) { _ in }
    #expect(queue.next() == 0..<4)
    queue.fail(BrokenDataset.Fault(sample: 1))
    queue.fail(BrokenDataset.Fault(sample: 2))
    #expect(queue.next() == nil)
    #expect(throws: BrokenDataset.Fault(sample: 1)) { try queue.throwIfFailed() }
  }
}
