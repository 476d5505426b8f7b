internal import CHDF5

/// An owned type handle.
final class Datatype: Sendable {
  let id: hid_t

  /// Takes over `id`.
  init(owning id: hid_t) {
    self.id = id
  }

  /// Makes the type of a string of any length in memory; HDF5 does not convert character sets.
  static func variableString(_ characters: H5T_cset_t, at location: Location) throws -> Datatype {
    try string(byteCount: hdf5_variable_length(), characters, at: location)
  }

  /// Makes the type of a UTF-8 string that is filled up with zeros.
  static func fixedString(byteCount: Int, at location: Location) throws -> Datatype {
    let type = try string(byteCount: byteCount, H5T_CSET_UTF8, at: location)
    _ = try location.call("set a type for") { H5Tset_strpad(type.id, H5T_STR_NULLPAD) }
    return type
  }

  private static func string(
    byteCount: Int, _ characters: H5T_cset_t, at location: Location
  ) throws -> Datatype {
    let type = Datatype(owning: try location.call("copy a type for") { H5Tcopy(hdf5_c_string()) })
    _ = try location.call("set a type for") { H5Tset_size(type.id, byteCount) }
    _ = try location.call("set a type for") { H5Tset_cset(type.id, characters) }
    return type
  }

  deinit {
    CLibrary.close { H5Tclose(id) }
  }

  /// Returns the size of one stored element in bytes.
  func byteCount(at location: Location) throws -> Int {
    let count = try location.call("size the type of") { Int(clamping: H5Tget_size(id)) }
    guard count > 0 else {
      throw HDF5Error.wrongType(
        file: location.file, path: location.path, found: "elements of no size",
        expected: "a known type")
    }
    return count
  }

  /// Returns what the elements are.
  func elementType(at location: Location) throws -> HDF5ElementType {
    let bits = try byteCount(at: location) &* 8
    switch try location.call("read the type of", { H5Tget_class(id).rawValue }) {
    case H5T_FLOAT.rawValue:
      return .float(bits: bits)
    case H5T_INTEGER.rawValue:
      return .integer(bits: bits, signed: try isSigned(id, at: location))
    case H5T_ENUM.rawValue:
      let base = Datatype(owning: try location.call("read the type of") { H5Tget_super(id) })
      return .integer(bits: bits, signed: try isSigned(base.id, at: location))
    case H5T_STRING.rawValue:
      let isVariable = try location.call("read the type of") { H5Tis_variable_str(id) } > 0
      return isVariable ? .variableString : .fixedString(bytes: bits / 8)
    case H5T_BITFIELD.rawValue: return .other("bit field")
    case H5T_OPAQUE.rawValue: return .other("opaque")
    case H5T_COMPOUND.rawValue: return .other("compound")
    case H5T_REFERENCE.rawValue: return .other("reference")
    case H5T_VLEN.rawValue: return .other("variable-length sequence")
    case H5T_ARRAY.rawValue: return .other("array")
    default: return .other("unknown type")
    }
  }

  private func isSigned(_ id: hid_t, at location: Location) throws -> Bool {
    try location.call("read the type of") { H5Tget_sign(id).rawValue } != H5T_SGN_NONE.rawValue
  }
}
