import HDF5Support
import NetworkGraph
import RangeStatistics

/// Reads one site of a profile's file, and checks that its parts agree: a damaged file is an error
/// here, and no surprise later.
struct SiteReader {
  let group: HDF5Group
  let file: String
  let name: String
  /// The indices of the samples whose extremes were kept, and the number of samples run.
  let samples: (indices: [Int], seen: Int)
  let datasetSamples: Int

  /// Reads the site.
  ///
  /// - Throws: `HDF5Error` if a part is missing or of another type, `ProfileFileError` if an
  ///   attribute is missing or the parts contradict each other.
  func read() throws -> Profile.Site {
    let attributes = ProfileAttributes(group.attributes, file: file)
    try require(try attributes.string("name") == name, "its name")
    let extents: [Int] = try attributes.numbers("shape")
    guard let shape = Shape(extents) else { throw contradiction("its shape \(extents)") }
    let nonFinite = NonFiniteCounts(
      nan: try attributes.number("nan"),
      positiveInfinity: try attributes.number("positive_infinity"),
      negativeInfinity: try attributes.number("negative_infinity"))
    let channels = try readChannels()
    try require(channels.count == shape.channels, "the number of its channels")
    try checkTotal(channels, nonFinite, shape)
    do {
      let statistics = try SiteStatistics(
        valuesPerSample: shape.count, channels: channels, histogram: try readHistogram(),
        zeros: try attributes.number("zeros"), nonFinite: nonFinite,
        firstNonFinite: try readFirstNonFinite(attributes),
        highest: try readExtremes(.highest), lowest: try readExtremes(.lowest),
        samples: try SampleExtremes(
          indices: samples.indices, minima: try group.dataset("sample_min").read(as: Float.self),
          maxima: try group.dataset("sample_max").read(as: Float.self), seen: samples.seen))
      try checkRanges(statistics)
      return Profile.Site(
        name: name, layer: try attributes.string("layer"),
        function: try attributes.string("function"), shape: extents, statistics: statistics)
    } catch let error as StatisticsError {
      throw contradiction(error.description)
    }
  }

  private func readChannels() throws -> [ChannelStatistics] {
    let counts = try group.dataset("channel_values").read(as: UInt64.self)
    let minima = try group.dataset("channel_min").read(as: Float.self)
    let maxima = try group.dataset("channel_max").read(as: Float.self)
    let sums = try group.dataset("channel_sum").read(as: UInt64.self)
    let squares = try group.dataset("channel_sum_of_squares").read(as: UInt64.self)
    let words = counts.count * ExactSum.wordCount
    try require(
      minima.count == counts.count && maxima.count == counts.count && sums.count == words
        && squares.count == words, "the lengths of its channel datasets")
    return counts.indices.map { channel in
      let span = channel * ExactSum.wordCount..<(channel + 1) * ExactSum.wordCount
      return ChannelStatistics(
        count: counts[channel], minimum: minima[channel], maximum: maxima[channel],
        sum: ExactSum(words: Array(sums[span])),
        sumOfSquares: ExactSum(words: Array(squares[span])))
    }
  }

  private func readHistogram() throws -> BFloat16Histogram {
    let edges = try group.dataset("bin_edges").read(as: Float.self)
    let counts = try group.dataset("bin_counts").read(as: UInt64.self)
    try require(edges.count == counts.count && sum(counts) != nil, "its histogram")
    var bins = [UInt64](repeating: 0, count: BFloat16Histogram.binCount)
    for (edge, count) in zip(edges, counts) { bins[Int(edge.bitPattern >> 16)] = count }
    return try BFloat16Histogram(counts: bins)
  }

  private func readExtremes(_ side: ExtremeValues.Side) throws -> ExtremeValues {
    let prefix = side == .highest ? "highest" : "lowest"
    let values = try group.dataset("\(prefix)_values").read(as: Float.self)
    let places = try group.dataset("\(prefix)_places").read(as: Int.self)
    try require(places.count == 2 * values.count, "the lengths of its \(prefix) values")
    return try ExtremeValues(
      side: side,
      values: values.indices.map {
        ExtremeValue(value: values[$0], sample: places[2 * $0], offset: places[2 * $0 + 1])
      })
  }

  private func readFirstNonFinite(_ attributes: ProfileAttributes) throws -> NonFiniteValue? {
    guard group.attributes.contains("first_non_finite") else { return nil }
    let place: [Int] = try attributes.numbers("first_non_finite")
    let kind = NonFiniteValue.Kind(rawValue: try attributes.string("first_non_finite_kind"))
    guard place.count == 2, let kind else { throw contradiction("its first non-finite value") }
    return NonFiniteValue(sample: place[0], offset: place[1], kind: kind)
  }

  /// Checks that no value of a sample was counted twice; masked steps of a cell are not counted.
  private func checkTotal(
    _ channels: [ChannelStatistics], _ nonFinite: NonFiniteCounts, _ shape: Shape
  ) throws {
    let counted = sum(
      channels.map(\.count)
        + [nonFinite.nan, nonFinite.positiveInfinity, nonFinite.negativeInfinity])
    let (values, overflow) = samples.seen.multipliedReportingOverflow(by: shape.count)
    try require(
      !overflow && counted.map { $0 <= UInt64(values) } ?? false, "the number of its values")
  }

  /// Checks that ranges are ranges, and places are in the data.
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
    for (minimum, maximum) in zip(site.samples.minima, site.samples.maxima) {
      let isEmpty = minimum == .infinity && maximum == -.infinity
      let isInside =
        hasValues && range.lower <= minimum && minimum <= maximum && maximum <= range.upper
      try require(isEmpty || isInside, "the range of a sample")
    }
    try require(
      site.highest.values.first?.value == site.maximum
        && site.lowest.values.first?.value == site.minimum, "its outliers")
    try require((site.firstNonFinite == nil) == (site.nonFinite.total == 0), "its NaN and Inf")
    let places =
      (site.highest.values + site.lowest.values).map { ($0.sample, $0.offset) }
      + [site.firstNonFinite].compactMap { $0.map { ($0.sample, $0.offset) } }
    for (sample, offset) in places {
      try require(
        0..<datasetSamples ~= sample && 0..<site.valuesPerSample ~= offset, "the place of a value")
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
    guard condition else { throw contradiction(what) }
  }

  private func contradiction(_ what: String) -> ProfileFileError {
    .inconsistent(file: file, what: "'\(name)': \(what)")
  }
}
