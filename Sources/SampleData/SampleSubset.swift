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

  public var description: String {
    "\(base.description)[\(range.lowerBound)..<\(range.upperBound)]"
  }

  public var sampleCount: Int { range.count }

  public var sampleShape: [Int] { base.sampleShape }

  public func read(samples: Range<Int>, into buffer: UnsafeMutableBufferPointer<Float>) throws {
    try base.read(samples: inBase(samples), into: buffer)
  }

  public func labels() throws -> [Int]? {
    try base.labels().map { Array($0[range]) }
  }

  public func digest(of samples: Range<Int>) throws -> String {
    try base.digest(of: inBase(samples))
  }

  private func inBase(_ samples: Range<Int>) -> Range<Int> {
    precondition(samples.lowerBound >= 0 && samples.upperBound <= range.count)
    return samples.lowerBound + range.lowerBound..<samples.upperBound + range.lowerBound
  }
}
