/// A table for people: the first column left, the others right.
struct TextTable: CustomStringConvertible {
  private var rows: [[String]]
  private let leftColumns: Int

  /// Creates a table.
  ///
  /// - Parameter leftColumns: How many leading columns are aligned left.
  init(_ header: [String], leftColumns: Int = 1) {
    rows = [header]
    self.leftColumns = leftColumns
  }

  mutating func append(_ row: [String]) {
    precondition(row.count == rows[0].count, "a row has a cell for each column")
    rows.append(row)
  }

  var description: String {
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max()! }
    return rows.map { row in
      let cells = row.indices.map { column in
        let padding = String(repeating: " ", count: widths[column] - row[column].count)
        return column < leftColumns ? row[column] + padding : padding + row[column]
      }
      let line = cells.joined(separator: "  ")
      return String(line.reversed().drop { $0 == " " }.reversed())
    }.joined(separator: "\n")
  }
}
