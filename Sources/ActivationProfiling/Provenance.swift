/// Where a profile comes from: two profiles merge only if all of this is the same.
public struct Provenance: Hashable, Sendable {
  /// The network's name, as its file gives it.
  public let model: String
  /// A fingerprint of the network's architecture and weights.
  public let modelDigest: String
  /// The data's file name and dataset, without a folder; one for each input of the network.
  public let data: [String]
  /// A fingerprint of the samples of each input.
  public let dataDigests: [String]
  /// What was done to the samples before they entered the network; empty if nothing.
  public let preprocessing: String
  /// The samples in the dataset.
  public let datasetSamples: Int
  /// The samples in a block; the last block may have fewer.
  public let blockSize: Int

  /// Creates a provenance.
  ///
  /// - Precondition: At least one sample and one sample a block, one digest for each data source.
  public init(
    model: String, modelDigest: String, data: [String], dataDigests: [String],
    preprocessing: String, datasetSamples: Int, blockSize: Int = Provenance.defaultBlockSize
  ) {
    precondition(datasetSamples > 0 && blockSize > 0 && data.count == dataDigests.count)
    self.model = model
    self.modelDigest = modelDigest
    self.data = data
    self.dataDigests = dataDigests
    self.preprocessing = preprocessing
    self.datasetSamples = datasetSamples
    self.blockSize = blockSize
  }

  /// Samples in a block unless told otherwise.
  public static let defaultBlockSize = 256

  /// The blocks of the whole dataset.
  public var blockCount: Int { (datasetSamples - 1) / blockSize + 1 }

  /// The samples of one block.
  public func samples(ofBlock block: Int) -> Range<Int> {
    block * blockSize..<min((block + 1) * blockSize, datasetSamples)
  }

  /// The number of samples in a set of blocks.
  public func sampleCount(_ blocks: BlockSet) -> Int {
    blocks.ranges.reduce(0) {
      $0 + min($1.upperBound * blockSize, datasetSamples) - $1.lowerBound * blockSize
    }
  }

  /// The blocks of shard `index` (from 1) of `count`: contiguous, and all shards together are all.
  public func shard(_ index: Int, of count: Int) -> Range<Int> {
    precondition((1...count).contains(index))
    return blockCount * (index - 1) / count..<blockCount * index / count
  }
}
