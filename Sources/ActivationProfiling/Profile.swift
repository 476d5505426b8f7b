import RangeStatistics

/// What a run saw at every site: the statistics of some blocks of a dataset.
///
/// A run on one machine, and the merge of any shards in any order, give equal profiles.
public struct Profile: Sendable, Equatable {
  /// One site with what was seen there.
  public struct Site: Sendable, Equatable {
    /// `layer/function`, with `#2` for a second use.
    public let name: String
    public let layer: String
    /// The function with its parameters, as in `leaky_relu(0.3)`.
    public let function: String
    /// The extents of one sample's pre-activations, channels last.
    public let shape: [Int]
    public internal(set) var statistics: SiteStatistics

    public init(
      name: String, layer: String, function: String, shape: [Int], statistics: SiteStatistics
    ) {
      self.name = name
      self.layer = layer
      self.function = function
      self.shape = shape
      self.statistics = statistics
    }

    /// The coordinates of a place inside one sample, last axis fastest.
    public func coordinates(of offset: Int) -> [Int] {
      var rest = offset
      return Array(
        shape.reversed().map { extent in
          defer { rest /= extent }
          return rest % extent
        }.reversed())
    }
  }

  public let provenance: Provenance
  /// The blocks that were run.
  public private(set) var blocks: BlockSet
  /// In network order.
  public private(set) var sites: [Site]

  public init(provenance: Provenance, blocks: BlockSet, sites: [Site]) {
    self.provenance = provenance
    self.blocks = blocks
    self.sites = sites
  }

  /// The samples that were run.
  public var sampleCount: Int { provenance.sampleCount(blocks) }

  /// The blocks of the dataset that were not run.
  public var missingBlocks: BlockSet {
    BlockSet(0..<provenance.blockCount).subtracting(blocks)
  }

  /// Adds the blocks of another profile of the same network over the same data.
  ///
  /// It takes no memory beside the two profiles.
  ///
  /// - Throws: `ProfileMergeError` if the profiles differ in provenance or sites, or share a block;
  ///   `StatisticsError` if the statistics of a site do not fit together. Nothing changes then.
  public mutating func merge(_ other: Profile) throws {
    let union = try blocks(with: other)
    if let first = sites.first, let theirs = other.sites.first {
      let samples = try SampleUnion(first.statistics.samples, theirs.statistics.samples)
      for (site, theirs) in zip(sites, other.sites) {
        try site.statistics.checkMerge(with: theirs.statistics, samples)
      }
      for index in sites.indices {
        sites[index].statistics.merge(other.sites[index].statistics, samples)
      }
    }
    blocks = union
  }

  /// The blocks of this profile and another one of the same network over the same data.
  ///
  /// - Throws: `ProfileMergeError` if the profiles differ in provenance or sites, or share a block.
  func blocks(with other: Profile) throws -> BlockSet {
    if let (what, ours, theirs) = provenance.difference(from: other.provenance) {
      throw ProfileMergeError.differentProvenance(what: what, ours, theirs)
    }
    let descriptions = [self, other].map { $0.sites.map { [$0.name, $0.function, "\($0.shape)"] } }
    guard descriptions[0] == descriptions[1] else { throw ProfileMergeError.differentSites }
    var union = blocks
    guard union.insert(other.blocks) else {
      throw ProfileMergeError.sharedBlocks(blocks.intersection(other.blocks))
    }
    return union
  }
}

/// Why two profiles cannot be merged.
public enum ProfileMergeError: Error, Hashable, Sendable, CustomStringConvertible {
  case differentProvenance(what: String, String, String)
  case differentSites
  case sharedBlocks(BlockSet)

  public var description: String {
    switch self {
    case .differentProvenance(let what, let ours, let theirs):
      """
      the profiles differ in \(what): \(ours) and \(theirs).
        Only profiles of one network, over the same data prepared in the same way, can be merged.
      """
    case .differentSites:
      """
      the profiles have different sites, though their network has the same digest.
        They were made by different versions of Rangefinder: make them again with one.
      """
    case .sharedBlocks(let blocks):
      """
      both profiles hold block \(blocks).
        A merge counts every sample once: give profiles of different shards.
      """
    }
  }
}

extension Provenance {
  /// What differs first, with both values, or `nil` if all is equal.
  public func difference(from other: Provenance) -> (what: String, String, String)? {
    let pairs: [(String, String, String)] = [
      ("the network's digest", modelDigest, other.modelDigest),
      ("the network", model, other.model),
      (
        "the data's digest", dataDigests.joined(separator: ", "),
        other.dataDigests.joined(separator: ", ")
      ),
      ("the data", data.joined(separator: ", "), other.data.joined(separator: ", ")),
      ("preprocessing", "'\(preprocessing)'", "'\(other.preprocessing)'"),
      ("the number of samples", "\(datasetSamples)", "\(other.datasetSamples)"),
      ("the block size", "\(blockSize)", "\(other.blockSize)"),
    ]
    return pairs.first { $0.1 != $0.2 }
  }
}
