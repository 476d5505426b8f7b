/// Where rows of a file begin: every row of a short file, every 2ᵏth of a long one.
struct CSVIndex {
  /// A row's place in the file.
  struct Place: Hashable {
    let offset: Int
    let line: Int
  }

  /// The most places that are kept.
  private let limit: Int

  private(set) var places: [Place] = []
  private(set) var rowCount = 0

  /// The number of rows from one place to the next.
  private(set) var stride = 1

  /// Creates an index of no rows.
  ///
  /// - Precondition: `limit` is even and positive.
  init(limit: Int) {
    precondition(limit > 0 && limit.isMultiple(of: 2))
    self.limit = limit
  }

  /// Adds the next row.
  mutating func append(offset: Int, line: Int) {
    if rowCount.isMultiple(of: stride) {
      if places.count == limit {
        places = Swift.stride(from: 0, to: limit, by: 2).map { places[$0] }
        stride *= 2
      }
      places.append(Place(offset: offset, line: line))
    }
    rowCount += 1
  }

  /// Returns the nearest place at or before a row, and how many rows lie between.
  ///
  /// - Precondition: There is such a row.
  func place(before row: Int) -> (place: Place, rowsBetween: Int) {
    precondition((0..<rowCount).contains(row))
    return (places[row / stride], row % stride)
  }
}
