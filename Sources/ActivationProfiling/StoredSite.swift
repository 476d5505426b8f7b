import NetworkGraph
import RangeStatistics

/// What a profile's file says of the channels of one site: as many numbers of each kind.
struct StoredChannels {
  let values: [UInt64]
  let minima: [Float]
  let maxima: [Float]
  let sums: [ExactSum]
  let sumsOfSquares: [ExactSum]

  /// The statistics of each channel, or `nil` if the lengths differ.
  var statistics: [ChannelStatistics]? {
    let lengths = [minima.count, maxima.count, sums.count, sumsOfSquares.count]
    guard lengths.allSatisfy({ $0 == values.count }) else { return nil }
    return values.indices.map {
      ChannelStatistics(
        count: values[$0], minimum: minima[$0], maximum: maxima[$0], sum: sums[$0],
        sumOfSquares: sumsOfSquares[$0])
    }
  }
}

/// What a profile's file says of the outliers of one side of a site.
struct StoredOutliers {
  let values: [Float]
  /// Sample and offset of each value.
  let places: [Int]

  /// The outliers, or `nil` if the lengths contradict each other.
  var list: [ExtremeValue]? {
    guard places.count == 2 * values.count else { return nil }
    return values.indices.map {
      ExtremeValue(value: values[$0], sample: places[2 * $0], offset: places[2 * $0 + 1])
    }
  }
}

/// What a profile's file says of one site, which nobody has checked yet.
struct StoredSite {
  let name: String
  let layer: String
  let function: String
  let shape: [Int]
  let zeros: UInt64
  let nonFinite: NonFiniteCounts
  let firstNonFinite: NonFiniteValue?
  let binEdges: [Float]
  let binCounts: [UInt64]
  let channels: StoredChannels
  let highest: StoredOutliers
  let lowest: StoredOutliers
  let minima: [Float]
  let maxima: [Float]

  /// Two parts that do not go together.
  private struct Contradiction: Error {
    let what: String
  }

  /// Returns the site, if its parts agree: a damaged file is an error here, and no surprise later.
  ///
  /// - Throws: `ProfileFileError.inconsistent`.
  func checked(_ samples: StoredSamples) throws -> Profile.Site {
    do {
      return try site(samples)
    } catch let error as Contradiction {
      throw Self.contradiction(name, error.what, file: samples.file)
    } catch let error as StatisticsError {
      throw Self.contradiction(name, error.description, file: samples.file)
    }
  }

  static func contradiction(_ site: String, _ what: String, file: String) -> ProfileFileError {
    .inconsistent(file: file, what: "'\(site)': \(what)")
  }

  private func site(_ samples: StoredSamples) throws -> Profile.Site {
    guard let extents = Shape(shape) else { throw Contradiction(what: "its shape \(shape)") }
    let channels = try require(channels.statistics, "the lengths of its channel datasets")
    let highest = try require(highest.list, "the lengths of its highest values")
    let lowest = try require(lowest.list, "the lengths of its lowest values")
    try require(channels.count == extents.channels, "the number of its channels")
    try checkTotal(channels, samples.seen, extents)
    try require(binEdges.count == binCounts.count && sum(binCounts) != nil, "its histogram")
    let statistics = try SiteStatistics(
      valuesPerSample: extents.count, channels: channels,
      histogram: BFloat16Histogram(edges: binEdges, counts: binCounts), zeros: zeros,
      nonFinite: nonFinite, firstNonFinite: firstNonFinite,
      highest: ExtremeValues(side: .highest, values: highest),
      lowest: ExtremeValues(side: .lowest, values: lowest),
      samples: SampleExtremes(
        indices: samples.kept, minima: samples.kept(of: minima), maxima: samples.kept(of: maxima),
        seen: samples.seen))
    try checkRanges(statistics)
    try checkPlaces(statistics, samples)
    return Profile.Site(
      name: name, layer: layer, function: function, shape: shape, statistics: statistics)
  }

  /// Checks that no value of a sample was counted twice; masked steps of a cell are not counted.
  private func checkTotal(
    _ channels: [ChannelStatistics], _ seen: Int, _ shape: Shape
  ) throws {
    let counted = sum(
      channels.map(\.count)
        + [nonFinite.nan, nonFinite.positiveInfinity, nonFinite.negativeInfinity])
    let (values, overflow) = seen.multipliedReportingOverflow(by: shape.count)
    try require(
      !overflow && counted.map { $0 <= UInt64(values) } ?? false, "the number of its values")
  }

  /// Checks that ranges are ranges.
  private func checkRanges(_ site: SiteStatistics) throws {
    for channel in site.channels {
      try require(
        channel.count == 0
          ? channel.minimum == .infinity && channel.maximum == -.infinity
          : channel.minimum.isFinite && channel.maximum.isFinite
            && channel.minimum <= channel.maximum, "the range of a channel")
    }
    // A count is a sum over channels, and there may be a hundred thousand samples.
    let hasValues = site.count > 0
    let range = (lower: site.minimum ?? 0, upper: site.maximum ?? 0)
    for (minimum, maximum) in zip(minima, maxima) {
      let isEmpty = minimum == .infinity && maximum == -.infinity
      let isInside =
        hasValues && range.lower <= minimum && minimum <= maximum && maximum <= range.upper
      try require(isEmpty || isInside, "the range of a sample")
    }
    try require(
      site.highest.values.first?.value == site.maximum
        && site.lowest.values.first?.value == site.minimum, "its outliers")
    try require((firstNonFinite == nil) == (nonFinite.total == 0), "its NaN and Inf")
  }

  /// Checks that places are in the data.
  private func checkPlaces(_ site: SiteStatistics, _ samples: StoredSamples) throws {
    let places =
      (site.highest.values + site.lowest.values).map { ($0.sample, $0.offset) }
      + [firstNonFinite].compactMap { $0.map { ($0.sample, $0.offset) } }
    for (sample, offset) in places {
      try require(
        0..<samples.inDataset ~= sample && 0..<site.valuesPerSample ~= offset,
        "the place of a value")
    }
  }

  /// The sum, or `nil` if it does not fit: a damaged file holds any number.
  private func sum(_ numbers: [UInt64]) -> UInt64? {
    var sum: UInt64 = 0
    for number in numbers {
      let (next, overflow) = sum.addingReportingOverflow(number)
      if overflow { return nil }
      sum = next
    }
    return sum
  }

  private func require(_ condition: Bool, _ what: String) throws {
    guard condition else { throw Contradiction(what: what) }
  }

  private func require<Value>(_ value: Value?, _ what: String) throws -> Value {
    guard let value else { throw Contradiction(what: what) }
    return value
  }
}
