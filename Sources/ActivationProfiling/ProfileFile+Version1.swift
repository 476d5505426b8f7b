import HDF5Support
import RangeStatistics

extension ProfileFile {
  /// Reads a site of version 1, which has a group for each site: `sites/0000`, `sites/0001`, ….
  ///
  /// - Throws: `HDF5Error` if a part is missing or of another type, `ProfileFileError` if an
  ///   attribute is missing or says what cannot be.
  static func siteOfVersion1(_ index: Int, name: String, in file: HDF5File) throws -> StoredSite {
    let digits = String(index)
    let group = try file.root.group(
      "sites/" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits)
    let attributes = ProfileAttributes(group.attributes, file: file.name)
    func contradiction(_ what: String) -> ProfileFileError {
      StoredSite.contradiction(name, what, file: file.name)
    }
    func numbers<Number: HDF5Number>(_ name: String) throws -> [Number] {
      try group.dataset(name).read(as: Number.self)
    }
    func sums(_ name: String) throws -> [ExactSum] {
      let words: [UInt64] = try numbers(name)
      guard words.count.isMultiple(of: ExactSum.wordCount) else {
        throw contradiction("the lengths of its channel datasets")
      }
      return SumWords.all.sums(of: words)
    }
    func firstNonFinite() throws -> NonFiniteValue? {
      guard group.attributes.contains("first_non_finite") else { return nil }
      let place: [Int] = try attributes.numbers("first_non_finite")
      let kind = NonFiniteValue.Kind(rawValue: try attributes.string("first_non_finite_kind"))
      guard place.count == 2, let kind else { throw contradiction("its first non-finite value") }
      return NonFiniteValue(sample: place[0], offset: place[1], kind: kind)
    }
    guard try attributes.string("name") == name else { throw contradiction("its name") }
    return StoredSite(
      name: name, layer: try attributes.string("layer"),
      function: try attributes.string("function"), shape: try attributes.numbers("shape"),
      zeros: try attributes.number("zeros"),
      nonFinite: NonFiniteCounts(
        nan: try attributes.number("nan"),
        positiveInfinity: try attributes.number("positive_infinity"),
        negativeInfinity: try attributes.number("negative_infinity")),
      firstNonFinite: try firstNonFinite(), binEdges: try numbers("bin_edges"),
      binCounts: try numbers("bin_counts"),
      channels: StoredChannels(
        values: try numbers("channel_values"), minima: try numbers("channel_min"),
        maxima: try numbers("channel_max"), sums: try sums("channel_sum"),
        sumsOfSquares: try sums("channel_sum_of_squares")),
      highest: StoredOutliers(
        values: try numbers("highest_values"), places: try numbers("highest_places")),
      lowest: StoredOutliers(
        values: try numbers("lowest_values"), places: try numbers("lowest_places")),
      minima: try numbers("sample_min"), maxima: try numbers("sample_max"))
  }
}
