internal import CHDF5

/// An owned attribute handle, its size checked against the file.
final class Attribute: Sendable {
  let elementType: HDF5ElementType
  let elementCount: Int

  private let id: hid_t
  private let type: Datatype
  private let location: Location

  /// Takes over `id`, also when it throws.
  init(owning id: hid_t, at location: Location) throws {
    do {
      let type = Datatype(owning: try location.call("open") { H5Aget_type(id) })
      let space = Dataspace(owning: try location.call("open") { H5Aget_space(id) })
      let size = try ClaimedSize(
        try space.dimensions(at: location), elementBytes: try type.byteCount(at: location),
        limit: location.fileBytes, stored: location.fileBytes, at: location)
      elementType = try type.elementType(at: location)
      elementCount = size.elementCount
      self.type = type
    } catch {
      CLibrary.close { H5Aclose(id) }
      throw error
    }
    self.id = id
    self.location = location
  }

  deinit {
    CLibrary.close { H5Aclose(id) }
  }

  /// Reads all strings.
  func readStrings() throws -> [String] {
    if elementCount == 0 { return [] }
    return try type.readStrings(elementCount, at: location) { H5Aread(id, $0, $1) }
  }

  /// Reads all numbers.
  func read<Number: HDF5Number>(as type: Number.Type) throws -> [Number] {
    if elementCount == 0 { return [] }
    guard Number.hdf5Format.canHold(elementType) else {
      throw wrongType("\(elementType)", "a number that fits \(Number.hdf5Format.elementType)")
    }
    return try [Number](unsafeUninitializedCapacity: elementCount) { buffer, count in
      _ = try location.call("read") {
        H5Aread(id, Number.hdf5Format.memoryType, buffer.baseAddress)
      }
      count = elementCount
    }
  }

  /// Returns the one value of an attribute that must have one.
  func only<Value>(_ values: [Value]) throws -> Value {
    guard values.count == 1 else { throw wrongType("\(values.count) values", "one value") }
    return values[0]
  }

  private func wrongType(_ found: String, _ expected: String) -> HDF5Error {
    .wrongType(file: location.file, path: location.path, found: found, expected: expected)
  }
}
