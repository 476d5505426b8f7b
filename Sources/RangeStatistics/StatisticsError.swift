/// Statistics that do not fit together.
public enum StatisticsError: Error, Equatable {
  /// Two sites of different shapes were merged.
  case differentShapes(
    channels: Int, valuesPerSample: Int, otherChannels: Int, otherValuesPerSample: Int)
  /// Two parts that were merged hold the same sample.
  case overlappingSamples(first: Int)
  /// Two sites of a profile saw different samples.
  case differentSamples
  /// A histogram counts NaN or infinity.
  case notFiniteBin(key: Int, count: UInt64)
  /// A bin of a histogram holds nothing, has no bfloat16 number as its edge, or does not come after the
  /// one before it.
  case wrongBin(position: Int)
  /// More than 32 outliers are listed.
  case tooManyExtremes(Int)
  /// An outlier is NaN or infinite.
  case notFiniteExtreme(position: Int)
  /// Outliers are not listed from the most extreme one on.
  case unsortedExtremes(position: Int)
  /// The number of outliers is not what the number of values leaves.
  case wrongExtremeCount(Int, values: UInt64)
  /// The indices, minima and maxima of samples differ in number.
  case unequalLengths(Int, Int, Int)
  /// The indices of samples do not ascend.
  case unsortedSamples(position: Int)
  /// The number of samples kept is not what the number of samples seen leaves.
  case wrongSampleCount(kept: Int, seen: Int)
  /// The channels and the histogram do not count the same number of values.
  case unequalCounts(channels: UInt64, histogram: UInt64)
  /// There are more zeros than values in the bin that holds them.
  case tooManyZeros(UInt64, bin: UInt64)
  /// The number of channels does not divide the number of values of a sample.
  case unevenChannels(channels: Int, valuesPerSample: Int)
}

extension StatisticsError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .differentShapes(let channels, let values, let otherChannels, let otherValues):
      "a site of \(channels) channels and \(values) values a sample does not merge with one of "
        + "\(otherChannels) channels and \(otherValues) values; merge profiles of one network"
    case .overlappingSamples(let first):
      "sample \(first) is in both parts; merge parts that were made from different samples"
    case .differentSamples:
      "the sites saw different samples; merge profiles of whole runs"
    case .notFiniteBin(let key, let count):
      "the histogram's bin \(key) holds \(count) values that are NaN or infinite; it must be empty"
    case .wrongBin(let position):
      "bin \(position) of the histogram is empty, has an edge that is none, or is out of order"
    case .tooManyExtremes(let count):
      "\(count) outliers are listed instead of at most \(ExtremeValues.capacity)"
    case .notFiniteExtreme(let position):
      "outlier \(position) is not finite; only finite values are listed"
    case .unsortedExtremes(let position):
      "outlier \(position) is not less extreme than the one before it"
    case .wrongExtremeCount(let count, let values):
      "\(count) outliers of \(values) values are listed instead of "
        + "\(min(values, UInt64(ExtremeValues.capacity)))"
    case .unequalLengths(let indices, let minima, let maxima):
      "there are \(indices) samples, but \(minima) minima and \(maxima) maxima"
    case .unsortedSamples(let position):
      "the index of sample \(position) does not ascend"
    case .wrongSampleCount(let kept, let seen):
      "\(kept) of \(seen) samples are kept instead of \(min(seen, SampleExtremes.capacity))"
    case .unequalCounts(let channels, let histogram):
      "the channels count \(channels) values, but the histogram \(histogram)"
    case .tooManyZeros(let zeros, let bin):
      "there are \(zeros) zeros, but their bin holds \(bin) values"
    case .unevenChannels(let channels, let values):
      "\(values) values a sample do not divide into \(channels) channels"
    }
  }
}
