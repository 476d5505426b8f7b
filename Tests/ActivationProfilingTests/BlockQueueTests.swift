import Synchronization
import Testing

@testable import ActivationProfiling

@Suite("The queue of blocks")
struct BlockQueueTests {
  private let provenance = Provenance(
    model: "m", modelDigest: "d", data: [], dataDigests: [], preprocessing: "", datasetSamples: 18,
    blockSize: 4)

  @Test("Every block is handed out once, in order, and progress counts its samples.")
  func order() throws {
    let done = Mutex<[Int]>([])
    let queue = BlockQueue([1, 3, 4], provenance) { progress in
      #expect(progress.samplesInAll == 10)
      done.withLock { $0.append(progress.samplesDone) }
    }
    var handedOut: [Range<Int>] = []
    while let samples = queue.next() {
      handedOut.append(samples)
      queue.finish(samples)
    }
    #expect(handedOut == [4..<8, 12..<16, 16..<18])
    #expect(done.withLock { $0 } == [4, 8, 10])
    try queue.throwIfFailed()
  }

  @Test("After a failure no block is handed out, and the first failure is thrown.")
  func failure() {
    let queue = BlockQueue([0, 1, 2], provenance) { _ in }
    #expect(queue.next() == 0..<4)
    queue.fail(BrokenDataset.Fault(sample: 1))
    queue.fail(BrokenDataset.Fault(sample: 2))
    #expect(queue.next() == nil)
    #expect(throws: BrokenDataset.Fault(sample: 1)) { try queue.throwIfFailed() }
  }
}
