import Synchronization

/// Hands out work to the workers, in portions of blocks, and gathers how far they are.
///
/// A portion lies in one block, and where it begins depends on the network and the block alone: so
/// all workers have something to do even in a single block, and no result depends on who did what.
final class BlockQueue: Sendable {
  private struct State {
    var next = 0
    var samplesDone = 0
    var failure: (any Error)?
  }

  private let portions: [Range<Int>]
  private let samplesInAll: Int
  private let progress: @Sendable (Profiler.Progress) -> Void
  private let state = Mutex(State())

  init(
    _ blocks: BlockSet, of provenance: Provenance, samplesPerPortion: Int,
    _ progress: @escaping @Sendable (Profiler.Progress) -> Void
  ) {
    portions = blocks.ranges.joined().flatMap { block in
      let samples = provenance.samples(ofBlock: block)
      return stride(from: samples.lowerBound, to: samples.upperBound, by: samplesPerPortion).map {
        $0..<min($0 + samplesPerPortion, samples.upperBound)
      }
    }
    self.progress = progress
    samplesInAll = provenance.sampleCount(blocks)
  }

  /// The number of portions.
  var count: Int { portions.count }

  /// The samples of the next portion, or `nil` when none is left or a worker has failed.
  func next() -> Range<Int>? {
    state.withLock { state in
      guard state.failure == nil, state.next < portions.count else { return nil }
      defer { state.next += 1 }
      return portions[state.next]
    }
  }

  /// Counts a portion as done and reports progress, one report at a time.
  func finish(_ samples: Range<Int>) {
    state.withLock { state in
      state.samplesDone += samples.count
      progress(.init(samplesDone: state.samplesDone, samplesInAll: samplesInAll))
    }
  }

  /// Keeps the first failure; workers stop after the portion they are at.
  func fail(_ error: any Error) {
    state.withLock { $0.failure = $0.failure ?? error }
  }

  func throwIfFailed() throws {
    if let failure = state.withLock({ $0.failure }) { throw failure }
  }
}
