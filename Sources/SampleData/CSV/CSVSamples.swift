import FileSupport

/// The samples of a file of comma-separated or tab-separated values, one a row.
///
/// The first row is a header if none of its fields is a number, or one is a name of labels (`y`,
/// `label`, `target`, `class`, and the like); that column holds the labels then. All other columns
/// are numbers.
public struct CSVSamples: Dataset {
  public let description: String
  public let sampleCount: Int
  public let sampleShape: [Int]

  private let file: RandomAccessFile
  private let separator: UInt8
  private let index: CSVIndex
  private let names: [String]?
  private let columnCount: Int
  private let labelColumn: Int?

  /// Opens a file and reads it once, to find the rows and to check that all have as many fields.
  ///
  /// - Throws: `SampleDataError`, `FileError`.
  public init(file path: String) throws {
    try self.init(file: path, indexLimit: 1 << 16)
  }

  /// - Parameter indexLimit: The most rows whose places are kept in memory.
  init(file path: String, indexLimit: Int) throws {
    file = try RandomAccessFile(path)
    separator = path.lowercased().hasSuffix(".tsv") ? 0x09 : 0x2C
    description = SampleFile.name(of: path)
    // Some programs put a byte order mark first.
    let start = try file.bytes(at: 0, count: 3) == [0xEF, 0xBB, 0xBF] ? 3 : 0
    var reader = CSVReader(file, separator: separator, offset: start, line: 1)
    var row = CSVRow()
    guard try reader.next(into: &row) else {
      throw SampleDataError.noSamples(file: path, shape: [0])
    }
    let first = row.fields
    let label = first.firstIndex(where: SampleNames.isLabelColumn)
    let isHeader = label != nil || first.allSatisfy { Float($0) == nil }
    names = isHeader ? first : nil
    labelColumn = label
    columnCount = first.count
    var index = CSVIndex(limit: indexLimit)
    var hasRow = isHeader ? try reader.next(into: &row) : true
    while hasRow {
      guard row.ends.count == columnCount else {
        throw SampleDataError.malformedCSV(
          file: path, line: row.line, column: nil, name: nil,
          reason: "the row has \(row.ends.count) fields, the first row has \(columnCount)")
      }
      index.append(offset: row.offset, line: row.line)
      hasRow = try reader.next(into: &row)
    }
    sampleShape = [columnCount - (label == nil ? 0 : 1)]
    sampleCount = index.rowCount
    guard sampleCount > 0, sampleShape != [0] else {
      throw SampleDataError.noSamples(file: path, shape: [sampleCount] + sampleShape)
    }
    self.index = index
  }

  public func read(samples: Range<Int>, into buffer: UnsafeMutableBufferPointer<Float>) throws {
    precondition(samples.lowerBound >= 0 && samples.upperBound <= sampleCount)
    precondition(buffer.count == samples.count * sampleSize)
    guard !samples.isEmpty else { return }
    var next = 0
    let columns = (0..<columnCount).filter { $0 != labelColumn }
    try forEachRow(of: samples) { row in
      for column in columns {
        guard let number = row.number(column) else { throw notNumber(row, column) }
        buffer[next] = number
        next += 1
      }
    }
  }

  /// Returns the labels: whole numbers as they are, words by their place among all, sorted.
  public func labels() throws -> [Int]? {
    guard let labelColumn else { return nil }
    var words: [String] = []
    try forEachRow(of: 0..<sampleCount) { words.append($0[labelColumn]) }
    return SampleNames.classes(words)
  }

  private func forEachRow(of samples: Range<Int>, _ body: (CSVRow) throws -> Void) throws {
    let (place, rowsBetween) = index.place(before: samples.lowerBound)
    var reader = CSVReader(file, separator: separator, offset: place.offset, line: place.line)
    var row = CSVRow()
    for number in 0..<rowsBetween + samples.count {
      guard try reader.next(into: &row), row.ends.count == columnCount else {
        throw SampleDataError.malformedCSV(
          file: file.name, line: row.line, column: nil, name: nil,
          reason: "the file was changed while it was read")
      }
      if number >= rowsBetween { try body(row) }
    }
  }

  private func notNumber(_ row: CSVRow, _ column: Int) -> SampleDataError {
    let text = row[column]
    return .malformedCSV(
      file: file.name, line: row.line, column: column + 1, name: names?[column],
      reason: text.isEmpty ? "there is no number" : "'\(text.prefix(40))' is not a number")
  }
}
