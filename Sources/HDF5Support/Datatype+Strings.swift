internal import CHDF5

extension Datatype {
  /// Reads `count` strings through `read`, which fills a buffer with elements of the given type.
  ///
  /// - Throws: `HDF5Error.wrongType`, if the elements are not strings; `HDF5Error.library`.
  func readStrings(
    _ count: Int, at location: Location,
    read: (_ memoryType: hid_t, UnsafeMutableRawPointer) -> herr_t
  ) throws -> [String] {
    switch try elementType(at: location) {
    case .fixedString(let bytes):
      var buffer = [UInt8](repeating: 0, count: count * bytes)
      _ = try location.call("read") { read(id, &buffer) }
      let padding = try location.call("read") { H5Tget_strpad(id).rawValue }
      return (0..<count).map { index in
        Self.text(buffer[index * bytes..<(index + 1) * bytes], padding: padding)
      }
    case .variableString:
      return try readVariableStrings(count, at: location, read: read)
    case let type:
      throw HDF5Error.wrongType(
        file: location.file, path: location.path, found: "\(type)", expected: "string")
    }
  }

  private func readVariableStrings(
    _ count: Int, at location: Location,
    read: (_ memoryType: hid_t, UnsafeMutableRawPointer) -> herr_t
  ) throws -> [String] {
    let characters = H5T_cset_t(try location.call("read") { H5Tget_cset(id).rawValue })
    let type = try Datatype.variableString(characters, at: location)
    let space = try Dataspace(shape: [count], at: location)
    var pointers = [UnsafeMutablePointer<CChar>?](repeating: nil, count: count)
    _ = try location.call("read") { read(type.id, &pointers) }
    let strings = pointers.map { $0.map { String(cString: $0) } ?? "" }
    CLibrary.close { H5Dvlen_reclaim(type.id, space.id, hid_t(H5P_DEFAULT), &pointers) }
    return strings
  }

  /// Decodes a string of fixed size without its padding.
  private static func text(_ bytes: ArraySlice<UInt8>, padding: Int32) -> String {
    var bytes = bytes
    switch padding {
    case H5T_STR_NULLTERM.rawValue:
      bytes = bytes.prefix { $0 != 0 }
    case H5T_STR_SPACEPAD.rawValue:
      while bytes.last == UInt8(ascii: " ") { bytes.removeLast() }
    default:
      while bytes.last == 0 { bytes.removeLast() }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
