/// Some samples in a row of a dataset.
public struct SampleSubset: Dataset {
  /// The dataset that the samples are of.
  public let base: any Dataset

  /// The samples of `base` that are in the subset.
  public let range: Range<Int>

  /// Makes the subset of the samples in `range`.
  ///
  /// - Precondition: `range` lies in the dataset and is not empty.
  public init(_ base: any Dataset, range: Range<Int>) {
    precondition(!range.isEmpty && range.lowerBound >= 0 && range.upperBound <= base.sampleCount)
    self.base = base
    self.range = range
  }

  /// Makes the subset of the first samples: `count` of them, or all if there are fewer.
  ///
  /// - Precondition: `count` is positive.
  public init(_ base: any Dataset, first count: Int) {
    self.init(base, range: 0..<min(count, base.sampleCount))
  }

  /// Makes one of `shardCount` subsets that share a dataset without overlap, and whose counts
  /// differ by one at most.
  ///
  /// - Precondition: `shard` is one of 0, …, `shardCount` - 1, and there is a sample for each.
  public init(_ base: any Dataset, shard: Int, of shardCount: Int) {
    precondition(shardCount <= base.sampleCount && (0..<shardCount).contains(shard))
    let (size, rest) = base.sampleCount.quotientAndRemainder(dividingBy: shardCount)
    let start = shard * size + min(shard, rest)
    self.init(base, range: start..<start + size + (shard < rest ? 1 : 0))
  }

  public var description: String {
    "\(base.description)[\(range.lowerBound)..<\(range.upperBound)]"
  }

  public var sampleCount: Int { range.count }

  public var sampleShape: [Int] { base.sampleShape }

  public func read(samples: Range<Int>, into buffer: UnsafeMutableBufferPointer<Float>) throws {
    precondition(samples.lowerBound >= 0 && samples.upperBound <= range.count)
    let shifted = samples.lowerBound + range.lowerBound..<samples.upperBound + range.lowerBound
    try base.read(samples: shifted, into: buffer)
  }

  public func labels() throws -> [Int]? {
    try base.labels().map { Array($0[range]) }
  }
}
