import FileSupport

/// One row of a file of comma-separated values.
struct CSVRow {
  /// The fields' bytes one after the other, without quotes.
  var bytes: [UInt8] = []

  /// Where each field ends in `bytes`.
  var ends: [Int] = []

  /// Where the row begins in the file.
  var offset = 0

  /// The number of the line that the row begins on, from 1.
  var line = 1

  /// Returns the text of a field.
  subscript(column: Int) -> String {
    let start = column == 0 ? 0 : ends[column - 1]
    return String(decoding: bytes[start..<ends[column]], as: UTF8.self)
  }

  /// Returns the number in a field, which spaces may be around; nil if there is none.
  func number(_ column: Int) -> Float? {
    let text = self[column]
    return Float(text) ?? Float(text.drop { $0 == " " }.prefix { $0 != " " })
  }

  /// The texts of all fields.
  var fields: [String] { ends.indices.map { self[$0] } }
}

/// Reads rows one after the other; blank lines are no rows.
///
/// Source: RFC 4180; lines may also end with a line feed alone.
struct CSVReader {
  /// The most bytes of a row.
  static let largestRow = 1 << 24

  private static let (quote, lineFeed, carriageReturn) = (UInt8(0x22), UInt8(0x0A), UInt8(0x0D))

  private let file: RandomAccessFile
  private let separator: UInt8
  private var buffer: [UInt8] = []
  private var position = 0
  private var bufferStart: Int
  private var line: Int

  /// Starts to read at a place in a file, which begins a row.
  init(_ file: RandomAccessFile, separator: UInt8, offset: Int, line: Int) {
    self.file = file
    self.separator = separator
    self.line = line
    bufferStart = offset
  }

  /// Reads the next row; returns false if there is none.
  ///
  /// - Throws: `SampleDataError.malformedCSV`, `FileError.cannotRead`.
  mutating func next(into row: inout CSVRow) throws -> Bool {
    repeat {
      row.bytes.removeAll(keepingCapacity: true)
      row.ends.removeAll(keepingCapacity: true)
      (row.offset, row.line) = (bufferStart + position, line)
      guard try peek() != nil else { return false }
      try parse(&row)
    } while row.ends == [0]
    return true
  }

  private mutating func parse(_ row: inout CSVRow) throws {
    while true {
      if try peek() == Self.quote {
        try parseQuoted(&row)
      } else {
        try parsePlain(&row)
      }
      row.ends.append(row.bytes.count)
      let end = try peek()
      position += 1
      if end == separator { continue }
      line += 1
      return
    }
  }

  /// Reads a field without quotes, up to a separator, a line's end, or the file's end.
  private mutating func parsePlain(_ row: inout CSVRow) throws {
    let start = row.bytes.count
    while try peek() != nil {
      let rest = buffer[position...]
      let (separator, lineFeed, quote) = (separator, Self.lineFeed, Self.quote)
      let end =
        rest.firstIndex { $0 == separator || $0 == lineFeed || $0 == quote } ?? rest.endIndex
      row.bytes += rest[..<end]
      position = end
      guard row.bytes.count <= Self.largestRow else { throw fault(row, "the row is too long") }
      if end < buffer.count { break }
    }
    let end = try peek()
    if end == Self.quote { throw fault(row, "a quote is inside a field without quotes") }
    if end != separator, row.bytes.count > start, row.bytes.last == Self.carriageReturn {
      row.bytes.removeLast()
    }
  }

  /// Reads a field in quotes, in which two quotes stand for one.
  private mutating func parseQuoted(_ row: inout CSVRow) throws {
    position += 1
    while let byte = try peek() {
      position += 1
      if byte == Self.quote {
        guard try peek() == Self.quote else { return try endQuoted(row) }
        position += 1
      }
      if byte == Self.lineFeed { line += 1 }
      row.bytes.append(byte)
      guard row.bytes.count <= Self.largestRow else { throw fault(row, "the row is too long") }
    }
    throw fault(row, "a quote is not closed")
  }

  private mutating func endQuoted(_ row: CSVRow) throws {
    if try peek() == Self.carriageReturn { position += 1 }
    let end = try peek()
    guard end == nil || end == separator || end == Self.lineFeed else {
      throw fault(row, "text follows a closing quote")
    }
  }

  /// Returns the next byte, or nil at the file's end.
  private mutating func peek() throws -> UInt8? {
    if position >= buffer.count {
      bufferStart += position
      position = 0
      buffer = try file.bytes(at: bufferStart, count: 1 << 16)
      if buffer.isEmpty { return nil }
    }
    return buffer[position]
  }

  private func fault(_ row: CSVRow, _ reason: String) -> SampleDataError {
    .malformedCSV(
      file: file.name, line: row.line, column: row.ends.count + 1, name: nil, reason: reason)
  }
}
