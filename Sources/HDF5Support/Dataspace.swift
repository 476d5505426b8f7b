internal import CHDF5

/// An owned dataspace handle: the shape of a dataset or attribute, or a selection in it.
final class Dataspace: Sendable {
  let id: hid_t

  /// Takes over `id`.
  init(owning id: hid_t) {
    self.id = id
  }

  /// Makes a space of the given shape; no axis means one element.
  init(shape: [Int], at location: Location) throws {
    let dimensions = shape.map { hsize_t($0) }
    id = try location.call("shape") {
      dimensions.isEmpty
        ? H5Screate(H5S_SCALAR) : H5Screate_simple(Int32(dimensions.count), dimensions, nil)
    }
  }

  deinit {
    CLibrary.close { H5Sclose(id) }
  }

  /// Returns the lengths of the axes: none for one element, [0] for a space that holds nothing.
  func dimensions(at location: Location) throws -> [UInt64] {
    let kind = try location.call("read the shape of") { H5Sget_simple_extent_type(id).rawValue }
    if kind == H5S_NULL.rawValue { return [0] }
    let rank = try location.call("read the shape of") { H5Sget_simple_extent_ndims(id) }
    var dimensions = [hsize_t](repeating: 0, count: Int(rank))
    _ = try location.call("read the shape of") {
      H5Sget_simple_extent_dims(id, &dimensions, nil)
    }
    return dimensions
  }

  /// Selects the rows of the first axis.
  func select(rows: Range<Int>, of shape: [Int], at location: Location) throws {
    let start = [hsize_t(rows.lowerBound)] + shape.dropFirst().map { _ in 0 }
    let count = [hsize_t(rows.count)] + shape.dropFirst().map { hsize_t($0) }
    _ = try location.call("select rows of") {
      H5Sselect_hyperslab(id, H5S_SELECT_SET, start, nil, count, nil)
    }
  }
}

/// Lets `body` use the spaces of rows of the first axis: in memory, where they lie one after the other,
/// and in a file.
func withSpaces<Result>(
  ofRows rows: Range<Int>, in shape: [Int], at location: Location,
  _ body: (_ memory: hid_t, _ file: hid_t) throws -> Result
) throws -> Result {
  if rows == 0..<shape[0] { return try body(hid_t(H5S_ALL), hid_t(H5S_ALL)) }
  let selection = try Dataspace(shape: shape, at: location)
  try selection.select(rows: rows, of: shape, at: location)
  let memory = try Dataspace(shape: [rows.count] + shape.dropFirst(), at: location)
  return try withExtendedLifetime((selection, memory)) { try body(memory.id, selection.id) }
}

/// The shape that a dataset or attribute claims, checked against what the file can back.
struct ClaimedSize {
  let shape: [Int]
  let elementCount: Int

  /// Checks that `dimensions` elements of `elementBytes` bytes fit into `limit` bytes.
  ///
  /// - Throws: `HDF5Error.implausibleSize`, also when the product overflows.
  init(
    _ dimensions: [UInt64], elementBytes: Int, limit: UInt64, stored: UInt64, at location: Location
  ) throws {
    var bytes = UInt64(elementBytes)
    var overflows = false
    for dimension in dimensions where !dimensions.contains(0) {
      let product = bytes.multipliedReportingOverflow(by: dimension)
      bytes = product.partialValue
      overflows = overflows || product.overflow
    }
    let fits = !overflows && (bytes <= limit || dimensions.contains(0))
    // Eight bytes an element in memory must still be countable.
    guard fits, bytes <= UInt64(Int.max) / 8, dimensions.allSatisfy({ $0 <= UInt64(Int.max) })
    else {
      throw HDF5Error.implausibleSize(
        file: location.file, path: location.path, shape: dimensions, elementBytes: elementBytes,
        storedBytes: stored)
    }
    shape = dimensions.map { Int($0) }
    elementCount = shape.reduce(into: shape.contains(0) ? 0 : 1) { if $0 > 0 { $0 *= $1 } }
  }
}
