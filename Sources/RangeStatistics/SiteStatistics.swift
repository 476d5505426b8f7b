/// What one site saw. It merges: any order and any grouping of parts gives the same value.
public struct SiteStatistics: Equatable, Sendable {
  /// The number of values that one sample gives.
  public let valuesPerSample: Int

  /// The finite values of each channel, the last axis.
  public private(set) var channels: [ChannelStatistics]

  /// The histogram of the finite values.
  public private(set) var histogram: BFloat16Histogram

  /// The number of values that are zero, of either sign.
  public private(set) var zeros: UInt64

  /// The number of values that are not finite.
  public private(set) var nonFinite: NonFiniteCounts

  /// The first value that is not finite, by sample and then by offset.
  public private(set) var firstNonFinite: NonFiniteValue?

  /// The highest finite values.
  public private(set) var highest: ExtremeValues

  /// The lowest finite values.
  public private(set) var lowest: ExtremeValues

  /// The extremes of each sample.
  public private(set) var samples: SampleExtremes

  /// Creates the statistics of a site that saw nothing; merging them changes nothing.
  ///
  /// - Precondition: Both numbers are positive, and `channels` divides `valuesPerSample`.
  public init(channels: Int, valuesPerSample: Int) {
    precondition(channels > 0 && valuesPerSample > 0, "a site has values")
    precondition(valuesPerSample % channels == 0, "every channel has as many values")
    self.valuesPerSample = valuesPerSample
    self.channels = Array(repeating: ChannelStatistics(), count: channels)
    histogram = BFloat16Histogram()
    zeros = 0
    nonFinite = NonFiniteCounts()
    firstNonFinite = nil
    highest = ExtremeValues(side: .highest)
    lowest = ExtremeValues(side: .lowest)
    samples = SampleExtremes()
  }

  /// Creates the statistics from their parts.
  ///
  /// - Throws: `StatisticsError` if the parts contradict each other.
  public init(
    valuesPerSample: Int, channels: [ChannelStatistics], histogram: BFloat16Histogram,
    zeros: UInt64, nonFinite: NonFiniteCounts, firstNonFinite: NonFiniteValue?,
    highest: ExtremeValues, lowest: ExtremeValues, samples: SampleExtremes
  ) throws(StatisticsError) {
    precondition(highest.side == .highest && lowest.side == .lowest, "the sides are exchanged")
    guard !channels.isEmpty, valuesPerSample > 0, valuesPerSample % channels.count == 0 else {
      throw .unevenChannels(channels: channels.count, valuesPerSample: valuesPerSample)
    }
    let (count, total) = (channels.reduce(0) { $0 + $1.count }, histogram.total)
    if count != total { throw .unequalCounts(channels: count, histogram: total) }
    let zeroBin = histogram.count(ofKey: 0)
    if zeros > zeroBin { throw .tooManyZeros(zeros, bin: zeroBin) }
    for list in [highest, lowest]
    where list.values.count != Int(min(total, UInt64(ExtremeValues.capacity))) {
      throw .wrongExtremeCount(list.values.count, values: total)
    }
    self.valuesPerSample = valuesPerSample
    self.channels = channels
    self.histogram = histogram
    self.zeros = zeros
    self.nonFinite = nonFinite
    self.firstNonFinite = firstNonFinite
    self.highest = highest
    self.lowest = lowest
    self.samples = samples
  }

  /// Adds what the same site saw of other samples.
  ///
  /// - Throws: `StatisticsError` if the shapes differ or a sample is in both; nothing changes then.
  public mutating func merge(_ other: SiteStatistics) throws(StatisticsError) {
    let union = try SampleUnion(samples, other.samples)
    try checkMerge(with: other, union)
    merge(other, union)
  }

  /// Adds what the same site saw of other samples.
  ///
  /// - Precondition: It was checked that this can be done.
  public mutating func merge(_ other: SiteStatistics, _ union: SampleUnion) {
    samples.merge(other.samples, by: union)
    for channel in channels.indices { channels[channel].merge(other.channels[channel]) }
    histogram.merge(other.histogram)
    zeros += other.zeros
    nonFinite.merge(other.nonFinite)
    firstNonFinite = NonFiniteValue.earlier(firstNonFinite, other.firstNonFinite)
    highest.merge(other.highest)
    lowest.merge(other.lowest)
  }

  /// Checks that what the same site saw of other samples can be added.
  ///
  /// - Parameter union: The samples of both, found for this site or another one.
  /// - Throws: `StatisticsError` if the shapes differ, or the samples are not those of the union.
  public func checkMerge(
    with other: SiteStatistics, _ union: SampleUnion
  ) throws(StatisticsError) {
    guard channels.count == other.channels.count, valuesPerSample == other.valuesPerSample else {
      throw .differentShapes(
        channels: channels.count, valuesPerSample: valuesPerSample,
        otherChannels: other.channels.count, otherValuesPerSample: other.valuesPerSample)
    }
    try union.check(samples, other.samples)
  }

  /// The number of finite values.
  public var count: UInt64 { channels.reduce(0) { $0 + $1.count } }

  /// The number of finite values that are neither zero nor normal.
  public var subnormals: UInt64 {
    let small = histogram.bins.lazy.filter { $0.key & 0x7FFF < 0x80 }.reduce(0) { $0 + $1.count }
    return small - zeros
  }

  /// The least finite value, or nil if there is none.
  public var minimum: Float? { count == 0 ? nil : channels.lazy.map(\.minimum).min() }

  /// The greatest finite value, or nil if there is none.
  public var maximum: Float? { count == 0 ? nil : channels.lazy.map(\.maximum).max() }

  /// The mean and the variance of all finite values.
  public var moments: Moments {
    var moments = Moments()
    for channel in channels { moments.merge(channel) }
    return moments
  }
}
