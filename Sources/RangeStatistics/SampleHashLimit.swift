/// Which samples of those begun so far may still be among the ones that are kept.
///
/// Several recorders that share the work ask it, so that all of them together hold little more than
/// what is kept, and not each as much.
public struct SampleHashLimit: Sendable {
  /// Samples with greater hashes will not be kept.
  public private(set) var value = UInt64.max
  /// The upper halves of hashes, which take half the memory; the lower ones would move the limit by a
  /// billionth.
  private var hashes: [UInt32] = []
  private let samplesInAll: Int

  /// - Parameter samples: The samples that will be begun at most: of few, all are kept.
  public init(samples: Int = .max) { samplesInAll = samples }

  /// Counts samples that are begun.
  public mutating func begin(_ samples: Range<Int>) {
    guard samplesInAll > SampleExtremes.capacity else { return }
    // An array that grows by doubling would leave twice as much behind.
    if hashes.isEmpty { hashes.reserveCapacity(SiteRecorder.samplesHeld + samples.count) }
    for sample in samples {
      let hash = SplitMix64.hash(UInt64(sample))
      if hash <= value { hashes.append(UInt32(hash >> 32)) }
    }
    guard hashes.count >= SiteRecorder.samplesHeld else { return }
    hashes.sort()
    hashes.removeSubrange(SampleExtremes.capacity...)
    value = UInt64(hashes[SampleExtremes.capacity - 1]) << 32 | UInt64(UInt32.max)
  }
}
