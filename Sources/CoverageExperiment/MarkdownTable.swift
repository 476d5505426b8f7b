import Foundation

/// A table in Markdown, with columns as wide as they need to be.
struct MarkdownTable: CustomStringConvertible {
  private var rows: [[String]]

  init(_ header: [String]) { rows = [header] }

  mutating func append(_ row: [String]) {
    precondition(row.count == rows[0].count, "a row has a cell for each column")
    rows.append(row)
  }

  var description: String {
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max()! }
    func line(_ cells: [String]) -> String {
      let padded = zip(cells, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
      return "| \(padded.joined(separator: " | ")) |"
    }
    let rule = widths.map { String(repeating: "-", count: $0) }
    return ([line(rows[0]), line(rule)] + rows.dropFirst().map(line)).joined(separator: "\n")
  }
}

extension Double {
  /// The number with a fixed number of decimals.
  func text(_ decimals: Int) -> String { String(format: "%.\(decimals)f", self) }

  /// The number as per cent.
  var percent: String { "\((100 * self).text(2)) %" }
}

extension [Double] {
  var mean: Double { reduce(0, +) / Double(count) }

  /// The order statistic at a level, rounded down.
  func quantile(_ level: Double) -> Double { sorted()[Int(level * Double(count - 1))] }
}
