/// Which samples of those begun so far may still be among the ones that are kept.
///
/// Several recorders that share the work ask it, so that all of them together hold little more than
/// what is kept, and not each as much.
public struct SampleHashLimit: Sendable {
  /// Samples with greater hashes will not be kept.
  public private(set) var value = UInt64.max
  private var hashes: [UInt64] = []

  public init() {}

  /// Counts samples that are begun.
  public mutating func begin(_ samples: Range<Int>) {
    for sample in samples {
      let hash = SplitMix64.hash(UInt64(sample))
      if hash <= value { hashes.append(hash) }
    }
    guard hashes.count >= SiteRecorder.samplesHeld else { return }
    hashes.sort()
    hashes.removeSubrange(SampleExtremes.capacity...)
    value = hashes[SampleExtremes.capacity - 1]
  }
}
