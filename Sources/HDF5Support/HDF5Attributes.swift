internal import CHDF5

/// The attributes of a group or dataset.
///
/// A reader returns nil if there is no attribute of the name, and throws if it is of another type.
public struct HDF5Attributes: Sendable {
  /// Keeps `id` open.
  let owner: any AnyObject & Sendable
  let id: hid_t
  let location: Location

  /// Whether an attribute of the name exists.
  public func contains(_ name: String) -> Bool {
    ((try? CLibrary.call { H5Aexists(id, name) }) ?? 0) > 0
  }

  /// Reads a string: a scalar, or the one element of an array.
  ///
  /// - Throws: `HDF5Error.wrongType`, `.implausibleSize`, `.library`.
  public func string(_ name: String) throws -> String? {
    guard let attribute = try open(name) else { return nil }
    let isEmptyString = attribute.elementCount == 0 && attribute.elementType.isString
    return isEmptyString ? "" : try attribute.only(attribute.readStrings())
  }

  /// Reads an array of strings; one without elements may be of any type.
  ///
  /// - Throws: `HDF5Error.wrongType`, `.implausibleSize`, `.library`.
  public func strings(_ name: String) throws -> [String]? {
    try open(name)?.readStrings()
  }

  /// Reads an array of strings that may be split into `name0`, `name1`, …, as Keras splits one
  /// that is too long for a single attribute.
  ///
  /// - Throws: `HDF5Error.wrongType`, `.implausibleSize`, `.library`.
  public func chunkedStrings(_ name: String) throws -> [String]? {
    if let whole = try strings(name) { return whole }
    guard var joined = try strings("\(name)0") else { return nil }
    var index = 1
    while let part = try strings("\(name)\(index)") {
      joined += part
      index += 1
    }
    return joined
  }

  /// Reads a number: a scalar, or the one element of an array.
  ///
  /// - Throws: `HDF5Error.wrongType`, also if the number may not fit; `.implausibleSize`,
  ///   `.library`.
  public func number<Number: HDF5Number>(_ name: String, as type: Number.Type) throws -> Number? {
    guard let attribute = try open(name) else { return nil }
    return try attribute.only(attribute.read(as: type))
  }

  /// Reads an array of numbers, the last axis running fastest.
  ///
  /// - Throws: `HDF5Error.wrongType`, also if a number may not fit; `.implausibleSize`, `.library`.
  public func numbers<Number: HDF5Number>(
    _ name: String, as type: Number.Type
  ) throws -> [Number]? {
    try open(name)?.read(as: type)
  }

  private func open(_ name: String) throws -> Attribute? {
    let place = Location(
      file: location.file, fileBytes: location.fileBytes, path: "\(location.path)@\(name)")
    guard try place.call("look for", { H5Aexists(id, name) }) > 0 else { return nil }
    return try Attribute(
      owning: try place.call("open") { H5Aopen(id, name, hid_t(H5P_DEFAULT)) }, at: place)
  }
}
