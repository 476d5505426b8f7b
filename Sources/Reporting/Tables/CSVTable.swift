/// A table as comma-separated values: RFC 4180 with `\n` for a line's end.
struct CSVTable {
  private var text: String
  private let columns: Int

  init(_ columns: [String]) {
    self.columns = columns.count
    text = columns.joined(separator: ",") + "\n"
  }

  /// Adds a line.
  ///
  /// - Precondition: It has as many fields as there are columns.
  mutating func append(_ fields: [String]) {
    precondition(fields.count == columns, "\(fields.count) fields for \(columns) columns")
    text += fields.map(Self.quoted).joined(separator: ",") + "\n"
  }

  var bytes: [UInt8] { Array(text.utf8) }

  /// A field, in quotes where it holds a comma, a quote or the end of a line.
  private static func quoted(_ field: String) -> String {
    guard field.utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) else {
      return field
    }
    var result = "\""
    for scalar in field.unicodeScalars {
      if scalar == "\"" { result += "\"" }
      result.unicodeScalars.append(scalar)
    }
    return result + "\""
  }
}

/// A number that a table can hold.
protocol CSVNumber: CustomStringConvertible {}
extension Double: CSVNumber {}
extension Float: CSVNumber {}
extension Int: CSVNumber {}
extension UInt64: CSVNumber {}

extension CSVNumber {
  /// The shortest form that reads back to the same number, without the `.0` of a whole one.
  var field: String {
    let text = description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}

extension Optional where Wrapped: CSVNumber {
  /// The number's field, empty where it is missing.
  var field: String { self?.field ?? "" }
}
