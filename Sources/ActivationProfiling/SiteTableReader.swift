import HDF5Support
import RangeStatistics

/// Reads sites from the tables of a profile's file, one site after the other.
///
/// The file is not trusted: every table has to be as long as the others say.
struct SiteTableReader {
  private let layers: [String]
  private let functions: [String]
  private let zeros: [UInt64]
  private let nonFinite: [NonFiniteCounts]
  private let firstNonFinite: [NonFiniteValue?]
  private var shapes: Table<Int>
  private var binEdges: Table<Float>
  private var binCounts: Table<UInt64>
  private var channels: ChannelTables
  private var highest: OutlierTables
  private var lowest: OutlierTables
  private var minima: Table<Float>
  private var maxima: Table<Float>

  /// Opens the tables.
  ///
  /// - Throws: `HDF5Error` if one is missing or of another type, `ProfileFileError` if their lengths
  ///   contradict each other.
  init(_ file: StoredTables, samplesKept: Int) throws {
    layers = try file.strings("layers")
    functions = try file.strings("functions")
    zeros = try file.numbers("zeros")
    nonFinite = try file.nonFiniteCounts()
    firstNonFinite = try file.firstNonFinite()
    shapes = try file.table("shapes", file.counts("shape_offsets"))
    let bins = try file.counts("bin_offsets")
    binEdges = try file.table("bin_edges", bins)
    binCounts = try file.table("bin_counts", bins)
    channels = try ChannelTables(file)
    let outliers = try file.counts("outlier_offsets")
    highest = try OutlierTables(file, "highest", outliers)
    lowest = try OutlierTables(file, "lowest", outliers)
    let rows = [Int](repeating: 1, count: file.siteCount)
    minima = try file.table("sample_min", rows, width: samplesKept)
    maxima = try file.table("sample_max", rows, width: samplesKept)
  }

  /// Reads what the file says of the next site.
  ///
  /// - Throws: `HDF5Error` if a stored byte cannot be read.
  mutating func next(_ index: Int, name: String) throws -> StoredSite {
    StoredSite(
      name: name, layer: layers[index], function: functions[index], shape: try shapes.next(),
      zeros: zeros[index], nonFinite: nonFinite[index], firstNonFinite: firstNonFinite[index],
      binEdges: try binEdges.next(), binCounts: try binCounts.next(),
      channels: try channels.next(), highest: try highest.next(), lowest: try lowest.next(),
      minima: try minima.next(), maxima: try maxima.next())
  }
}

private struct ChannelTables {
  private var values: Table<UInt64>
  private var minima: Table<Float>
  private var maxima: Table<Float>
  private var sums: SumTable
  private var squares: SumTable

  init(_ file: StoredTables) throws {
    let counts = try file.counts("channel_offsets")
    values = try file.table("channel_values", counts)
    minima = try file.table("channel_min", counts)
    maxima = try file.table("channel_max", counts)
    sums = try SumTable(file, "channel_sum", counts)
    squares = try SumTable(file, "channel_sum_of_squares", counts)
  }

  mutating func next() throws -> StoredChannels {
    StoredChannels(
      values: try values.next(), minima: try minima.next(), maxima: try maxima.next(),
      sums: try sums.next(), sumsOfSquares: try squares.next())
  }
}

private struct SumTable {
  private let words: SumWords
  private var table: Table<UInt64>

  init(_ file: StoredTables, _ name: String, _ counts: [Int]) throws {
    words = try file.sumWords(name)
    table = try file.table(name, counts, width: words.range.count)
  }

  mutating func next() throws -> [ExactSum] { words.sums(of: try table.next()) }
}

private struct OutlierTables {
  private var values: Table<Float>
  private var places: Table<Int>

  init(_ file: StoredTables, _ side: String, _ counts: [Int]) throws {
    values = try file.table("\(side)_values", counts)
    places = try file.table("\(side)_places", counts, width: 2)
  }

  mutating func next() throws -> StoredOutliers {
    StoredOutliers(values: try values.next(), places: try places.next())
  }
}
