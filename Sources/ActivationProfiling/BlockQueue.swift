import RangeStatistics
import Synchronization

/// Hands out work to the workers, in portions of blocks, and gathers how far they are.
///
/// A portion lies in one block, and where it begins depends on the network and the block alone: so
/// all workers have something to do even in a single block, and no result depends on who did what.
final class BlockQueue: Sendable {
  /// Some samples of one block.
  struct Portion {
    let samples: Range<Int>
    /// Samples with greater hashes will not be kept, by what was handed out up to now.
    let hashLimit: UInt64
  }

  private struct State {
    /// The blocks before it were handed out whole.
    var block: Int?
    /// The samples of `block` that were handed out.
    var samplesOfBlock = 0
    var blocksHandedOut = 0
    var samplesDone = 0
    /// Where the last pause was, in blocks handed out.
    var lastPause: Int?
    var isPaused = false
    var failure: (any Error)?
    var hashLimit: SampleHashLimit
  }

  private let blocks: BlockSet
  private let provenance: Provenance
  private let samplesPerPortion: Int
  private let samplesInAll: Int
  private let pauseIsDue: @Sendable (_ blocksHandedOut: Int) -> Bool
  private let progress: @Sendable (Profiler.Progress) -> Void
  private let state: Mutex<State>

  init(
    _ blocks: BlockSet, of provenance: Provenance, samplesPerPortion: Int,
    pauseIsDue: @escaping @Sendable (_ blocksHandedOut: Int) -> Bool,
    progress: @escaping @Sendable (Profiler.Progress) -> Void
  ) {
    self.blocks = blocks
    self.provenance = provenance
    self.samplesPerPortion = samplesPerPortion
    self.pauseIsDue = pauseIsDue
    self.progress = progress
    samplesInAll = provenance.sampleCount(blocks)
    state = Mutex(State(block: blocks.first, hashLimit: SampleHashLimit(samples: samplesInAll)))
  }

  /// The number of portions, or more if the last block is short.
  var greatestCount: Int { blocks.count * ((provenance.blockSize - 1) / samplesPerPortion + 1) }

  /// The next portion, or `nil` when none is left, a pause is due, or a worker has
  /// failed.
  func next() -> Portion? {
    state.withLock { state in
      guard state.failure == nil, !state.isPaused, let block = state.block else { return nil }
      if state.samplesOfBlock == 0, state.lastPause != state.blocksHandedOut,
        pauseIsDue(state.blocksHandedOut)
      {
        (state.isPaused, state.lastPause) = (true, state.blocksHandedOut)
        return nil
      }
      let samples = provenance.samples(ofBlock: block)
      let start = samples.lowerBound + state.samplesOfBlock
      let portion = start..<min(start + samplesPerPortion, samples.upperBound)
      state.samplesOfBlock += portion.count
      if portion.upperBound == samples.upperBound {
        state.block = blocks.block(after: block)
        state.samplesOfBlock = 0
        state.blocksHandedOut += 1
      }
      state.hashLimit.begin(portion)
      return Portion(samples: portion, hashLimit: state.hashLimit.value)
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

  /// The blocks that were handed out whole.
  var handedOut: BlockSet { blocks.prefix(state.withLock { $0.blocksHandedOut }) }

  /// Whether work is left, and is held back until the pause is over.
  var isPaused: Bool { state.withLock { $0.isPaused } }

  /// Hands out work again.
  func endPause() { state.withLock { $0.isPaused = false } }
}
