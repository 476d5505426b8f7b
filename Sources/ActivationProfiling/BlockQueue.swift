import Synchronization

/// Hands out blocks to workers and gathers how far they are.
final class BlockQueue: Sendable {
  private struct State {
    var next = 0
    var samplesDone = 0
    var failure: (any Error)?
  }

  private let blocks: [Int]
  private let provenance: Provenance
  private let samplesInAll: Int
  private let progress: @Sendable (Profiler.Progress) -> Void
  private let state = Mutex(State())

  init(
    _ blocks: [Int], _ provenance: Provenance,
    _ progress: @escaping @Sendable (Profiler.Progress) -> Void
  ) {
    self.blocks = blocks
    self.provenance = provenance
    self.progress = progress
    samplesInAll = blocks.reduce(0) { $0 + provenance.samples(ofBlock: $1).count }
  }

  /// The samples of the next block, or `nil` when none is left or a worker has failed.
  func next() -> Range<Int>? {
    state.withLock { state in
      guard state.failure == nil, state.next < blocks.count else { return nil }
      defer { state.next += 1 }
      return provenance.samples(ofBlock: blocks[state.next])
    }
  }

  /// Counts a block as done and reports progress, one report at a time.
  func finish(_ samples: Range<Int>) {
    state.withLock { state in
      state.samplesDone += samples.count
      progress(.init(samplesDone: state.samplesDone, samplesInAll: samplesInAll))
    }
  }

  /// Keeps the first failure; workers stop after the block they are at.
  func fail(_ error: any Error) {
    state.withLock { $0.failure = $0.failure ?? error }
  }

  func throwIfFailed() throws {
    if let failure = state.withLock({ $0.failure }) { throw failure }
  }
}
