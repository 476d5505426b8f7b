internal import CHDF5

/// How the elements of a new dataset are stored.
public enum HDF5Compression: Hashable, Sendable {
  /// As they are, in one piece.
  case none

  /// In chunks of at most about 1 MiB, bytes shuffled, deflated at a level of 0 to 9; below 16 KiB as
  /// they are, for to deflate so little takes longer than to write it.
  case deflate(level: Int)
}

extension HDF5Group {
  /// Creates a group, and the groups on the way to it.
  ///
  /// - Throws: `HDF5Error.library`, for example if it is there already.
  @discardableResult
  public func createGroup(_ path: String) throws -> HDF5Group {
    let target = location.appending(path)
    let links = try PropertyList.linkCreation(at: target)
    let creation = try PropertyList.timeless(hdf5_group_creation(), at: target)
    let new = try target.call("create") {
      H5Gcreate2(id, path, links.id, creation.id, hid_t(H5P_DEFAULT))
    }
    return HDF5Group(owning: new, at: target)
  }

  /// Creates a dataset of numbers, and the groups on the way to it.
  ///
  /// - Parameters:
  ///   - values: The elements, the last axis running fastest.
  ///   - shape: The lengths of the axes; one axis unless told otherwise, none for one element.
  /// - Precondition: The product of `shape` is the number of values.
  /// - Throws: `HDF5Error.library`.
  public func createDataset<Number: HDF5Number>(
    _ path: String, _ values: [Number], shape: [Int]? = nil, compression: HDF5Compression = .none
  ) throws {
    let shape = shape ?? [values.count]
    precondition(shape.reduce(1, *) == values.count, "\(values.count) values for shape \(shape)")
    let elementBytes = MemoryLayout<Number>.stride
    try createDataset(
      path, type: Number.hdf5Format.memoryType, elementBytes: elementBytes, shape: shape,
      compression: compression
    ) { dataset, target in
      _ = try target.call("write") {
        H5Dwrite(
          dataset, Number.hdf5Format.memoryType, hid_t(H5S_ALL), hid_t(H5S_ALL),
          hid_t(H5P_DEFAULT), values)
      }
    }
  }

  /// Creates a dataset of numbers whose rows `body` appends one after the other, and the groups on the
  /// way to it.
  ///
  /// - Parameter shape: The lengths of the axes, of which there is a first.
  /// - Precondition: All rows are appended.
  /// - Throws: `HDF5Error.library`; what `body` throws.
  public func createDataset<Number: HDF5Number>(
    _ path: String, of type: Number.Type, shape: [Int],
    _ body: (HDF5RowWriter<Number>) throws -> Void
  ) throws {
    let format = Number.hdf5Format.memoryType
    try createDataset(
      path, type: format, elementBytes: MemoryLayout<Number>.stride, shape: shape,
      compression: .none
    ) { dataset, target in
      let writer = HDF5RowWriter<Number>(dataset, shape: shape, at: target)
      try body(writer)
      try writer.finish()
    }
  }

  /// Creates a dataset of UTF-8 strings of any length, and the groups on the way to it.
  ///
  /// - Precondition: The product of `shape` is the number of values.
  /// - Throws: `HDF5Error.library`.
  public func createDataset(
    _ path: String, _ values: [String], shape: [Int]? = nil, compression: HDF5Compression = .none
  ) throws {
    let shape = shape ?? [values.count]
    precondition(shape.reduce(1, *) == values.count, "\(values.count) values for shape \(shape)")
    let type = try Datatype.variableString(H5T_CSET_UTF8, at: location.appending(path))
    try withCStrings(values) { pointers in
      try createDataset(
        path, type: type.id, elementBytes: MemoryLayout<Int>.size, shape: shape,
        compression: compression
      ) { dataset, target in
        _ = try target.call("write") {
          H5Dwrite(
            dataset, type.id, hid_t(H5S_ALL), hid_t(H5S_ALL), hid_t(H5P_DEFAULT), pointers)
        }
      }
    }
  }

  /// Creates a dataset of UTF-8 strings that are all as long as the longest, filled up with zeros, and the
  /// groups on the way to it.
  ///
  /// To write and to read them takes less than strings of any length, for which the library clears
  /// megabytes.
  ///
  /// - Throws: `HDF5Error.library`.
  public func createDataset(_ path: String, fixedStrings values: [String]) throws {
    let width = max(values.map(\.utf8.count).max() ?? 0, 1)
    let bytes = values.flatMap {
      Array($0.utf8) + [UInt8](repeating: 0, count: width - $0.utf8.count)
    }
    let type = try Datatype.fixedString(byteCount: width, at: location.appending(path))
    try createDataset(
      path, type: type.id, elementBytes: width, shape: [values.count], compression: .none
    ) { dataset, target in
      _ = try target.call("write") {
        H5Dwrite(dataset, type.id, hid_t(H5S_ALL), hid_t(H5S_ALL), hid_t(H5P_DEFAULT), bytes)
      }
    }
  }

  private func createDataset(
    _ path: String, type: hid_t, elementBytes: Int, shape: [Int], compression: HDF5Compression,
    write: (_ dataset: hid_t, Location) throws -> Void
  ) throws {
    let target = location.appending(path)
    let space = try Dataspace(shape: shape, at: target)
    let links = try PropertyList.linkCreation(at: target)
    let creation = try PropertyList.timeless(hdf5_dataset_creation(), at: target)
    if case .deflate(let level) = compression, !shape.isEmpty,
      shape.reduce(elementBytes, *) >= 16 << 10
    {
      let rowBytes = shape.dropFirst().reduce(elementBytes, *)
      let chunk = [max(1, min(shape[0], (1 << 17) / rowBytes))] + shape.dropFirst()
      let lengths = chunk.map { hsize_t($0) }
      try creation.set(at: target) { H5Pset_chunk($0, Int32(lengths.count), lengths) }
      try creation.set(at: target) { H5Pset_shuffle($0) }
      try creation.set(at: target) { H5Pset_deflate($0, UInt32(level)) }
    }
    let new = try target.call("create") {
      H5Dcreate2(id, path, type, space.id, links.id, creation.id, hid_t(H5P_DEFAULT))
    }
    defer { CLibrary.close { H5Dclose(new) } }
    if !shape.contains(0) { try write(new, target) }
  }
}

/// Calls `body` with pointers to the strings as C strings.
func withCStrings<Result>(
  _ strings: [String], _ body: ([UnsafePointer<CChar>]) throws -> Result
) rethrows -> Result {
  let bytes = strings.flatMap { $0.utf8CString }
  return try bytes.withUnsafeBufferPointer { buffer in
    var next = buffer.baseAddress
    let pointers = strings.map { string in
      defer { next = next.map { $0 + string.utf8.count + 1 } }
      return next!
    }
    return try body(pointers)
  }
}
