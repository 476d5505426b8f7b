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
    // Their lower bits are as good as random: deflating takes long and saves little.
    try group.createDataset("sample_min", statistics.samples.minima)
    try group.createDataset("sample_max", statistics.samples.maxima)
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
    try group.createDataset(
      "bin_edges", histogram.bins.map { Float(bitPattern: UInt32($0.key) << 16) },
      compression: compression)
    try group.createDataset("bin_counts", histogram.bins.map(\.count), compression: compression)
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
}
