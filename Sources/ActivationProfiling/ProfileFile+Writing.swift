import HDF5Support
import RangeStatistics

extension ProfileFile {
  /// Writes a profile: one dataset for each kind of thing, over all sites.
  ///
  /// To create a dataset takes the library as long as to write thousands of numbers.
  static func write(_ profile: Profile, to root: HDF5Group) throws {
    let (provenance, attributes) = (profile.provenance, root.attributes)
    try attributes.create("format", format)
    try attributes.create("format_version", version)
    try attributes.create("model", provenance.model)
    try attributes.create("model_digest", provenance.modelDigest)
    try attributes.create("data", provenance.data)
    try attributes.create("data_digests", provenance.dataDigests)
    try attributes.create("preprocessing", provenance.preprocessing)
    try attributes.create("dataset_samples", provenance.datasetSamples)
    try attributes.create("block_size", provenance.blockSize)
    try attributes.create("samples", profile.sampleCount)
    try root.createDataset(
      "blocks", profile.blocks.ranges.flatMap { [$0.lowerBound, $0.upperBound] },
      shape: [profile.blocks.ranges.count, 2])
    try root.createDataset("site_names", fixedStrings: profile.sites.map(\.name))
    try root.createDataset("layers", fixedStrings: profile.sites.map(\.layer))
    try root.createDataset("functions", fixedStrings: profile.sites.map(\.function))
    try root.createOffsets("shape_offsets", profile.sites.map(\.shape.count))
    try root.createDataset("shapes", profile.sites.flatMap(\.shape))
    try SiteTableWriter(root: root, sites: profile.sites.map(\.statistics)).write()
  }
}

extension ProfileFile {
  /// About how many bytes the file of a profile has.
  public static func byteCount(of profile: Profile) -> Int {
    profile.sites.reduce(1 << 14) { bytes, site in
      let statistics = site.statistics
      // An edge and a count; a count, a range and some words of two sums; two extremes.
      return bytes + 8 * statistics.histogram.bins.count + 44 * statistics.channels.count
        + 8 * statistics.samples.indices.count + 40 * statistics.highest.values.count
    }
  }
}

/// Writes what sites saw into datasets that each hold one thing of all sites, one after the other.
private struct SiteTableWriter {
  let root: HDF5Group
  let sites: [SiteStatistics]

  func write() throws {
    try writeNumbers()
    try writeBins()
    try writeChannels()
    try writeOutliers()
    try writeSamples()
  }

  /// What is one number a site, or a few.
  private func writeNumbers() throws {
    try root.createDataset("zeros", sites.map(\.zeros))
    try root.createDataset("nan", sites.map(\.nonFinite.nan))
    try root.createDataset("positive_infinity", sites.map(\.nonFinite.positiveInfinity))
    try root.createDataset("negative_infinity", sites.map(\.nonFinite.negativeInfinity))
    let first = sites.map(\.firstNonFinite)
    try root.createDataset(
      "first_non_finite", first.flatMap { [$0?.sample ?? -1, $0?.offset ?? -1] },
      shape: [sites.count, 2])
    try root.createDataset(
      "first_non_finite_kind", fixedStrings: first.map { $0?.kind.rawValue ?? "" })
    // What other tools would have to compute.
    let moments = sites.map(\.moments)
    try root.createDataset("values", sites.map(\.count))
    try root.createDataset("min", sites.map { $0.minimum ?? .nan })
    try root.createDataset("max", sites.map { $0.maximum ?? .nan })
    try root.createDataset("mean", moments.map { $0.mean ?? .nan })
    try root.createDataset("standard_deviation", moments.map { $0.standardDeviation ?? .nan })
  }

  /// Only the bins that hold something: a bin is named by its edge nearest to 0.
  private func writeBins() throws {
    let count = try root.createOffsets("bin_offsets", sites.map(\.histogram.bins.count))
    try write("bin_edges", shape: [count]) { $0.histogram.edges }
    try writeCounts("bin_counts", count) { $0.histogram.bins.map(\.count) }
  }

  private func writeChannels() throws {
    let count = try root.createOffsets("channel_offsets", sites.map(\.channels.count))
    try writeCounts("channel_values", count) { $0.channels.map(\.count) }
    try write("channel_min", shape: [count]) { $0.channels.map(\.minimum) }
    try write("channel_max", shape: [count]) { $0.channels.map(\.maximum) }
    try writeSums("channel_sum", count) { $0.channels.map(\.sum) }
    try writeSums("channel_sum_of_squares", count) { $0.channels.map(\.sumOfSquares) }
  }

  private func writeOutliers() throws {
    // A site's lists have the same length: of both sides all are listed, or 32.
    let count = try root.createOffsets("outlier_offsets", sites.map(\.highest.values.count))
    try write("highest_values", shape: [count]) { $0.highest.values.map(\.value) }
    try write("highest_places", shape: [count, 2]) { $0.highest.places }
    try write("lowest_values", shape: [count]) { $0.lowest.values.map(\.value) }
    try write("lowest_places", shape: [count, 2]) { $0.lowest.places }
  }

  private func writeSamples() throws {
    let indices = sites.first?.samples.indices ?? []
    precondition(sites.allSatisfy { $0.samples.indices == indices }, "sites of other samples")
    let ranges = indices.ranges
    try root.createDataset(
      "sample_ranges", ranges.flatMap { [$0.lowerBound, $0.upperBound] },
      shape: [ranges.count, 2], compression: .deflate(level: 1))
    // The lower bits of extremes are as good as random: deflating takes long and saves little.
    let shape = [sites.count, indices.count]
    try write("sample_min", shape: shape) { $0.samples.minima }
    try write("sample_max", shape: shape) { $0.samples.maxima }
  }

  private func write<Number: HDF5Number>(
    _ name: String, shape: [Int], _ rows: (SiteStatistics) -> [Number]
  ) throws {
    try root.createDataset(name, of: Number.self, shape: shape) { table in
      for site in sites { try table.append(rows(site)) }
    }
  }

  /// Writes numbers of four bytes, or of eight if one does not fit.
  private func writeCounts(
    _ name: String, _ count: Int, _ numbers: (SiteStatistics) -> [UInt64]
  ) throws {
    // Where a site saw no more values, nothing that counts some of them is larger.
    let fit = sites.allSatisfy { site in
      site.count <= UInt32.max || numbers(site).allSatisfy { $0 <= UInt32.max }
    }
    if fit {
      try write(name, shape: [count]) { numbers($0).map { UInt32(truncatingIfNeeded: $0) } }
    } else {
      try write(name, shape: [count], numbers)
    }
  }

  /// Writes the words that the sums need, and as an attribute of the file what the lowest bit is worth.
  private func writeSums(
    _ name: String, _ count: Int, _ sums: (SiteStatistics) -> [ExactSum]
  ) throws {
    var needed = SumWordsNeeded()
    for site in sites { needed.add(sums(site)) }
    let words = needed.words
    try root.attributes.create("\(name)_exponent", words.exponent)
    try write(name, shape: [count, words.range.count]) { words.words(of: sums($0)) }
  }
}

extension HDF5Group {
  /// Writes where the entries of each site begin in a table, and where the last one's end, which it
  /// returns.
  @discardableResult
  fileprivate func createOffsets(_ name: String, _ counts: [Int]) throws -> Int {
    let offsets = counts.reduce(into: [0]) { $0.append($0.last! + $1) }
    try createDataset(name, offsets)
    return offsets.last!
  }
}

extension [Int] {
  /// The longest ranges that ascending numbers consist of.
  fileprivate var ranges: [Range<Int>] {
    var ranges: [Range<Int>] = []
    var start = 0
    for index in indices where index == count - 1 || self[index] + 1 != self[index + 1] {
      ranges.append(self[start]..<self[index] + 1)
      start = index + 1
    }
    return ranges
  }
}

extension ExtremeValues {
  /// Sample and offset of each value.
  fileprivate var places: [Int] { values.flatMap { [$0.sample, $0.offset] } }
}
