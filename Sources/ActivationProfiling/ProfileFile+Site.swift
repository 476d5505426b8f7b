import HDF5Support
import RangeStatistics

extension ProfileFile {
  /// Writes one site into its group.
  static func write(_ site: Profile.Site, to group: HDF5Group) throws {
    let (statistics, attributes) = (site.statistics, group.attributes)
    try attributes.create("name", site.name)
    try attributes.create("layer", site.layer)
    try attributes.create("function", site.function)
    try attributes.create("shape", site.shape)
    try attributes.create("zeros", statistics.zeros)
    try attributes.create("nan", statistics.nonFinite.nan)
    try attributes.create("positive_infinity", statistics.nonFinite.positiveInfinity)
    try attributes.create("negative_infinity", statistics.nonFinite.negativeInfinity)
    if let first = statistics.firstNonFinite {
      try attributes.create("first_non_finite", [first.sample, first.offset])
      try attributes.create("first_non_finite_kind", first.kind.rawValue)
    }
    try writeDerived(statistics, to: attributes)
    try writeHistogram(statistics.histogram, to: group)
    try writeChannels(statistics.channels, to: group)
    for (name, list) in [("highest", statistics.highest), ("lowest", statistics.lowest)] {
      try group.createDataset("\(name)_values", list.values.map(\.value))
      try group.createDataset(
        "\(name)_places", list.values.flatMap { [$0.sample, $0.offset] },
        shape: [list.values.count, 2])
    }
    try group.createDataset("sample_min", statistics.samples.minima, compression: compression)
    try group.createDataset("sample_max", statistics.samples.maxima, compression: compression)
  }

  /// What other tools would have to compute; left out where there is no finite value.
  private static func writeDerived(
    _ statistics: SiteStatistics, to attributes: HDF5Attributes
  ) throws {
    try attributes.create("values", statistics.count)
    guard let minimum = statistics.minimum, let maximum = statistics.maximum,
      let mean = statistics.moments.mean, let deviation = statistics.moments.standardDeviation
    else { return }
    try attributes.create("min", minimum)
    try attributes.create("max", maximum)
    try attributes.create("mean", mean)
    try attributes.create("standard_deviation", deviation)
  }

  /// Only the bins that hold something: a bin is named by its edge nearest to 0.
  private static func writeHistogram(_ histogram: BFloat16Histogram, to group: HDF5Group) throws {
    let keys = BFloat16Histogram.ascendingKeys.filter { histogram.counts[$0] > 0 }
    try group.createDataset(
      "bin_edges", keys.map { Float(bitPattern: UInt32($0) << 16) }, compression: compression)
    try group.createDataset(
      "bin_counts", keys.map { histogram.counts[$0] }, compression: compression)
  }

  private static func writeChannels(
    _ channels: [ChannelStatistics], to group: HDF5Group
  ) throws {
    try group.createDataset("channel_values", channels.map(\.count), compression: compression)
    try group.createDataset("channel_min", channels.map(\.minimum), compression: compression)
    try group.createDataset("channel_max", channels.map(\.maximum), compression: compression)
    let shape = [channels.count, ExactSum.wordCount]
    try group.createDataset(
      "channel_sum", channels.flatMap(\.sum.words), shape: shape, compression: compression)
    try group.createDataset(
      "channel_sum_of_squares", channels.flatMap(\.sumOfSquares.words), shape: shape,
      compression: compression)
  }

  /// Reads one site from its group.
  static func readSite(
    _ group: HDF5Group, file: String, samples: (indices: [Int], seen: Int)
  ) throws -> Profile.Site {
    let attributes = ProfileAttributes(group.attributes, file: file)
    let name = try attributes.string("name")
    let shape: [Int] = try attributes.numbers("shape")
    let statistics = try SiteStatistics(
      valuesPerSample: shape.reduce(1, *),
      channels: try readChannels(group, file: file, site: name),
      histogram: try readHistogram(group, file: file, site: name),
      zeros: try attributes.number("zeros"),
      nonFinite: NonFiniteCounts(
        nan: try attributes.number("nan"),
        positiveInfinity: try attributes.number("positive_infinity"),
        negativeInfinity: try attributes.number("negative_infinity")),
      firstNonFinite: try readFirstNonFinite(group, attributes),
      highest: try readExtremes(group, .highest, file: file, site: name),
      lowest: try readExtremes(group, .lowest, file: file, site: name),
      samples: try SampleExtremes(
        indices: samples.indices, minima: try group.dataset("sample_min").read(as: Float.self),
        maxima: try group.dataset("sample_max").read(as: Float.self), seen: samples.seen))
    return Profile.Site(
      name: name, layer: try attributes.string("layer"),
      function: try attributes.string("function"), shape: shape, statistics: statistics)
  }

  private static func readHistogram(
    _ group: HDF5Group, file: String, site: String
  ) throws -> BFloat16Histogram {
    let edges = try group.dataset("bin_edges").read(as: Float.self)
    let counts = try group.dataset("bin_counts").read(as: UInt64.self)
    guard edges.count == counts.count else {
      throw ProfileFileError.inconsistent(file: file, what: "the histogram of '\(site)'")
    }
    var bins = [UInt64](repeating: 0, count: BFloat16Histogram.binCount)
    for (edge, count) in zip(edges, counts) { bins[Int(edge.bitPattern >> 16)] = count }
    return try BFloat16Histogram(counts: bins)
  }

  private static func readChannels(
    _ group: HDF5Group, file: String, site: String
  ) throws -> [ChannelStatistics] {
    let counts = try group.dataset("channel_values").read(as: UInt64.self)
    let minima = try group.dataset("channel_min").read(as: Float.self)
    let maxima = try group.dataset("channel_max").read(as: Float.self)
    let sums = try group.dataset("channel_sum").read(as: UInt64.self)
    let squares = try group.dataset("channel_sum_of_squares").read(as: UInt64.self)
    let words = counts.count * ExactSum.wordCount
    guard minima.count == counts.count, maxima.count == counts.count, sums.count == words,
      squares.count == words
    else { throw ProfileFileError.inconsistent(file: file, what: "the channels of '\(site)'") }
    return counts.indices.map { channel in
      let span = channel * ExactSum.wordCount..<(channel + 1) * ExactSum.wordCount
      return ChannelStatistics(
        count: counts[channel], minimum: minima[channel], maximum: maxima[channel],
        sum: ExactSum(words: Array(sums[span])),
        sumOfSquares: ExactSum(words: Array(squares[span])))
    }
  }

  private static func readExtremes(
    _ group: HDF5Group, _ side: ExtremeValues.Side, file: String, site: String
  ) throws -> ExtremeValues {
    let prefix = side == .highest ? "highest" : "lowest"
    let values = try group.dataset("\(prefix)_values").read(as: Float.self)
    let places = try group.dataset("\(prefix)_places").read(as: Int.self)
    guard places.count == 2 * values.count else {
      throw ProfileFileError.inconsistent(file: file, what: "the extremes of '\(site)'")
    }
    return try ExtremeValues(
      side: side,
      values: values.indices.map {
        ExtremeValue(value: values[$0], sample: places[2 * $0], offset: places[2 * $0 + 1])
      })
  }

  private static func readFirstNonFinite(
    _ group: HDF5Group, _ attributes: ProfileAttributes
  ) throws -> NonFiniteValue? {
    guard group.attributes.contains("first_non_finite") else { return nil }
    let place: [Int] = try attributes.numbers("first_non_finite")
    guard place.count == 2,
      let kind = NonFiniteValue.Kind(rawValue: try attributes.string("first_non_finite_kind"))
    else { return nil }
    return NonFiniteValue(sample: place[0], offset: place[1], kind: kind)
  }
}
