import HDF5Support
import RangeStatistics

/// The datasets of a profile's file that hold one thing of all sites, their lengths checked.
struct StoredTables {
  private let root: HDF5Group
  private let attributes: ProfileAttributes
  let siteCount: Int

  init(_ file: HDF5File, siteCount: Int) {
    root = file.root
    attributes = ProfileAttributes(file.root.attributes, file: file.name)
    self.siteCount = siteCount
  }

  /// Reads one string a site.
  func strings(_ name: String) throws -> [String] {
    try dataset(name, shape: [siteCount]).readStrings()
  }

  /// Reads one number a site.
  func numbers<Number: HDF5Number>(_ name: String) throws -> [Number] {
    try dataset(name, shape: [siteCount]).read(as: Number.self)
  }

  /// Reads how many entries of a table are each site's, from where they begin and where the last end.
  func counts(_ name: String) throws -> [Int] {
    let offsets = try dataset(name, shape: [siteCount + 1]).read(as: Int.self)
    guard offsets[0] == 0, zip(offsets, offsets.dropFirst()).allSatisfy({ $0 <= $1 }) else {
      throw contradiction(name)
    }
    return zip(offsets, offsets.dropFirst()).map { $1 - $0 }
  }

  /// Opens a table.
  ///
  /// - Parameters:
  ///   - counts: The number of its rows for each site.
  ///   - width: The length of a row if the table has two axes.
  func table<Number: HDF5Number>(
    _ name: String, _ counts: [Int], width: Int? = nil
  ) throws -> Table<Number> {
    let shape = [counts.reduce(0, +)] + [width].compactMap { $0 }
    return Table(rows: HDF5RowReader(try dataset(name, shape: shape)), counts: counts[...])
  }

  /// Reads which words of exact sums a table holds.
  func sumWords(_ name: String) throws -> SumWords {
    let shape = try root.dataset(name).shape
    let exponent: Int = try attributes.number("\(name)_exponent")
    guard shape.count == 2, let words = SumWords(count: shape[1], exponent: exponent) else {
      throw contradiction(name)
    }
    return words
  }

  func nonFiniteCounts() throws -> [NonFiniteCounts] {
    let nan: [UInt64] = try numbers("nan")
    let positive: [UInt64] = try numbers("positive_infinity")
    let negative: [UInt64] = try numbers("negative_infinity")
    return nan.indices.map {
      NonFiniteCounts(
        nan: nan[$0], positiveInfinity: positive[$0], negativeInfinity: negative[$0])
    }
  }

  /// Reads the first value of each site that is not finite.
  func firstNonFinite() throws -> [NonFiniteValue?] {
    let name = "first_non_finite"
    let places = try dataset(name, shape: [siteCount, 2]).read(as: Int.self)
    return try strings("\(name)_kind").enumerated().map { index, text in
      if text.isEmpty { return nil }
      guard let kind = NonFiniteValue.Kind(rawValue: text) else {
        throw contradiction("\(name)_kind")
      }
      return NonFiniteValue(sample: places[2 * index], offset: places[2 * index + 1], kind: kind)
    }
  }

  private func dataset(_ name: String, shape: [Int]) throws -> HDF5Dataset {
    let dataset = try root.dataset(name)
    guard dataset.shape == shape else { throw contradiction(name) }
    return dataset
  }

  private func contradiction(_ name: String) -> ProfileFileError {
    .inconsistent(file: root.file, what: "'\(name)'")
  }
}

/// A table whose rows are read site by site.
struct Table<Number: HDF5Number> {
  fileprivate var rows: HDF5RowReader<Number>
  /// The number of rows of each site that was not read yet.
  fileprivate var counts: ArraySlice<Int>

  /// Reads the rows of the next site.
  mutating func next() throws -> [Number] { try rows.read(rows: counts.removeFirst()) }
}
