internal import CHDF5

extension HDF5Attributes {
  /// Creates an attribute with one UTF-8 string.
  ///
  /// - Throws: `HDF5Error.library`, for example if it is there already.
  public func create(_ name: String, _ value: String) throws {
    try create(name, [value], shape: [])
  }

  /// Creates an attribute with an array of UTF-8 strings.
  ///
  /// - Throws: `HDF5Error.library`, for example if it is there already, or too long: an attribute
  ///   has room for about 4,000 strings.
  public func create(_ name: String, _ values: [String]) throws {
    try create(name, values, shape: [values.count])
  }

  /// Creates an attribute with one number.
  ///
  /// - Throws: `HDF5Error.library`, for example if it is there already.
  public func create<Number: HDF5Number>(_ name: String, _ value: Number) throws {
    let format = Number.hdf5Format.memoryType
    try create(name, type: format, shape: []) { H5Awrite($0, format, [value]) }
  }

  /// Creates an attribute with an array of numbers.
  ///
  /// - Throws: `HDF5Error.library`, for example if it is there already, or too long: an attribute
  ///   has room for 64 KB.
  public func create<Number: HDF5Number>(_ name: String, _ values: [Number]) throws {
    let format = Number.hdf5Format.memoryType
    try create(name, type: format, shape: [values.count]) { H5Awrite($0, format, values) }
  }

  private func create(_ name: String, _ values: [String], shape: [Int]) throws {
    let type = try Datatype.variableString(H5T_CSET_UTF8, at: location)
    try withCStrings(values) { pointers in
      try create(name, type: type.id, shape: shape) { H5Awrite($0, type.id, pointers) }
    }
  }

  private func create(
    _ name: String, type: hid_t, shape: [Int], write: (hid_t) -> herr_t
  ) throws {
    let place = Location(
      file: location.file, fileBytes: location.fileBytes, path: "\(location.path)@\(name)")
    let space = try Dataspace(shape: shape, at: place)
    let attribute = try place.call("create") {
      H5Acreate2(id, name, type, space.id, hid_t(H5P_DEFAULT), hid_t(H5P_DEFAULT))
    }
    defer { CLibrary.close { H5Aclose(attribute) } }
    if !shape.contains(0) { _ = try place.call("write") { write(attribute) } }
  }
}
