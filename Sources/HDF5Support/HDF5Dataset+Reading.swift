internal import CHDF5
import Glibc

extension HDF5Dataset {
  /// Reads all numbers, the last axis running fastest.
  ///
  /// HDF5 converts: floating-point numbers and integers of any size and byte order to `Float` and
  /// `Double`, rounded; integers to an integer type that holds all of theirs.
  ///
  /// - Throws: `HDF5Error.wrongType`, if the elements do not convert; `HDF5Error.library`, if a
  ///   stored byte cannot be read or unpacked; `HDF5Error.tooLarge`, if there is no memory for all.
  public func read<Number: HDF5Number>(as type: Number.Type) throws -> [Number] {
    try requireNumbers(for: type)
    try requireMemory(elementCount * MemoryLayout<Number>.stride)
    return try [Number](unsafeUninitializedCapacity: elementCount) { buffer, count in
      try read(into: buffer.baseAddress, format: Number.hdf5Format, rows: nil)
      count = elementCount
    }
  }

  /// Reads all numbers into `buffer`, the last axis running fastest.
  ///
  /// - Precondition: `buffer` has room for `elementCount` numbers.
  /// - Throws: As `read(as:)`.
  public func read<Number: HDF5Number>(into buffer: UnsafeMutableBufferPointer<Number>) throws {
    precondition(buffer.count >= elementCount, "\(buffer.count) places for \(elementCount)")
    try requireNumbers(for: Number.self)
    try read(into: buffer.baseAddress, format: Number.hdf5Format, rows: nil)
  }

  /// Reads rows of the first axis into `buffer`, the last axis running fastest.
  ///
  /// - Precondition: There is a first axis, `rows` lies in it, and `buffer` has exactly the room.
  /// - Throws: As `read(as:)`.
  public func read<Number: HDF5Number>(
    rows: Range<Int>, into buffer: UnsafeMutableBufferPointer<Number>
  ) throws {
    precondition(!shape.isEmpty && rows.lowerBound >= 0 && rows.upperBound <= shape[0])
    precondition(buffer.count == shape.dropFirst().reduce(rows.count, *))
    try requireNumbers(for: Number.self)
    try read(into: buffer.baseAddress, format: Number.hdf5Format, rows: rows)
  }

  /// Reads all strings.
  ///
  /// A string ends at its first null byte, or loses the padding its type names; what is not UTF-8
  /// becomes replacement characters.
  ///
  /// - Throws: `HDF5Error.wrongType`, if the elements are not strings; `HDF5Error.library`;
  ///   `HDF5Error.tooLarge`, if there is no memory for all.
  public func readStrings() throws -> [String] {
    if elementCount == 0 { return [] }
    try requireMemory(elementCount * max(elementBytes, MemoryLayout<String>.stride))
    let type = Datatype(owning: try location.call("read") { H5Dget_type(id) })
    return try type.readStrings(elementCount, at: location) { memoryType, buffer in
      H5Dread(
        id, memoryType, hid_t(H5S_ALL), hid_t(H5S_ALL), hid_t(H5P_DEFAULT), buffer)
    }
  }

  /// Checks that an array of so many bytes can be had, for an array that cannot be ends the process.
  func requireMemory(_ byteCount: Int) throws {
    guard byteCount > 64 << 20 else { return }
    guard let memory = malloc(byteCount) else {
      throw HDF5Error.tooLarge(file: file, path: path, byteCount: byteCount)
    }
    free(memory)
  }

  private func requireNumbers<Number: HDF5Number>(for type: Number.Type) throws {
    guard elementCount == 0 || Number.hdf5Format.canHold(elementType) else {
      throw HDF5Error.wrongType(
        file: file, path: path, found: "\(elementType)",
        expected: "a number that fits \(Number.hdf5Format.elementType)")
    }
  }

  private func read(
    into memory: UnsafeMutableRawPointer?, format: HDF5NumberFormat, rows: Range<Int>?
  ) throws {
    guard elementCount > 0, rows?.isEmpty != true else { return }
    func read(_ memorySpace: hid_t, _ fileSpace: hid_t) throws {
      _ = try location.call("read") {
        H5Dread(id, format.memoryType, memorySpace, fileSpace, hid_t(H5P_DEFAULT), memory)
      }
    }
    if let rows {
      try withSpaces(ofRows: rows, in: shape, at: location, read)
    } else {
      try read(hid_t(H5S_ALL), hid_t(H5S_ALL))
    }
  }
}
