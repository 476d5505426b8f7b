internal import CHDF5

/// The size of the pieces in which rows are read and written in bytes, a heuristic: what fits into the
/// second cache of a core.
private let pieceBytes = 256 << 10

/// Writes the rows of a new dataset one after the other.
///
/// Small appends are gathered, so that many of them take few calls of the C library; large ones are
/// written from where they are.
public final class HDF5RowWriter<Number: HDF5Number> {
  private let id: hid_t
  private let location: Location
  private let shape: [Int]
  /// The number of elements of a row.
  private let width: Int
  /// The number of elements that are written at once.
  private let pieceCount: Int
  private var piece: [Number] = []
  private var rowsWritten = 0

  /// - Precondition: The shape has a first axis.
  init(_ id: hid_t, shape: [Int], at location: Location) {
    (self.id, self.shape, self.location) = (id, shape, location)
    width = shape.dropFirst().reduce(1, *)
    pieceCount = min(pieceBytes / MemoryLayout<Number>.stride, shape[0] * width)
    piece.reserveCapacity(pieceCount)
  }

  /// Appends whole rows.
  ///
  /// - Precondition: No more than are left.
  /// - Throws: `HDF5Error.library`.
  public func append(_ values: [Number]) throws {
    if piece.count + values.count > pieceCount { try flush() }
    if values.count < pieceCount { piece += values } else { try write(values) }
  }

  /// Writes what is left.
  ///
  /// - Precondition: All rows were appended.
  func finish() throws {
    try flush()
    precondition(rowsWritten == shape[0] || width == 0, "\(rowsWritten) rows of shape \(shape)")
  }

  private func flush() throws {
    try write(piece)
    piece.removeAll(keepingCapacity: true)
  }

  private func write(_ values: [Number]) throws {
    if values.isEmpty { return }
    precondition(values.count.isMultiple(of: width), "\(values.count) values in rows of \(width)")
    let rows = rowsWritten..<rowsWritten + values.count / width
    precondition(rows.upperBound <= shape[0], "more than \(shape[0]) rows")
    rowsWritten = rows.upperBound
    try withSpaces(ofRows: rows, in: shape, at: location) { memory, file in
      _ = try location.call("write") {
        H5Dwrite(id, Number.hdf5Format.memoryType, memory, file, hid_t(H5P_DEFAULT), values)
      }
    }
  }
}

/// Reads the rows of a dataset one after the other, few calls of the C library for many of them.
public struct HDF5RowReader<Number: HDF5Number> {
  private let dataset: HDF5Dataset
  /// The number of elements of a row.
  private let width: Int
  private var piece: [Number] = []
  /// The elements of the piece that were handed out.
  private var taken = 0
  /// The rows that were read, handed out or not.
  private var rowsRead = 0

  /// Begins at the first row.
  ///
  /// - Precondition: The dataset has a first axis.
  public init(_ dataset: HDF5Dataset) {
    self.dataset = dataset
    width = dataset.shape.dropFirst().reduce(1, *)
    precondition(!dataset.shape.isEmpty, "'\(dataset.path)' has no rows")
  }

  /// Returns the values of the next rows.
  ///
  /// - Precondition: So many rows are left.
  /// - Throws: As `HDF5Dataset.read(as:)`.
  public mutating func read(rows: Int) throws -> [Number] {
    let count = rows * width
    if count > piece.count - taken { try refill(count) }
    defer { taken += count }
    return Array(piece[taken..<taken + count])
  }

  /// Reads on until the piece holds so many elements that were not handed out.
  private mutating func refill(_ count: Int) throws {
    let rest = piece[taken...]
    let missing = (count - rest.count) / width
    let most = max(missing, pieceBytes / MemoryLayout<Number>.stride / width)
    let rows = rowsRead..<min(dataset.shape[0], rowsRead + most)
    precondition(rows.count >= missing, "'\(dataset.path)' has \(rows.count) rows, not \(missing)")
    let total = rest.count + rows.count * width
    try dataset.requireMemory(total * MemoryLayout<Number>.stride)
    piece = try [Number](unsafeUninitializedCapacity: total) { buffer, initialized in
      _ = buffer.update(fromContentsOf: rest)
      try dataset.read(
        rows: rows, into: UnsafeMutableBufferPointer(rebasing: buffer[rest.count...]))
      initialized = total
    }
    (taken, rowsRead) = (0, rows.upperBound)
  }
}
