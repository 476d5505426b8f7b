internal import CHDF5

/// The kinds of objects in a file.
public enum HDF5ObjectKind: String, Hashable, Sendable {
  case group
  case dataset
  case namedType = "named type"
}

/// A group: named groups and datasets, with attributes.
///
/// Paths are relative to the group, or to the root if they begin with a slash. Links to other
/// files are refused.
public final class HDF5Group: Sendable {
  let id: hid_t
  let location: Location

  /// Takes over `id`.
  init(owning id: hid_t, at location: Location) {
    self.id = id
    self.location = location
  }

  deinit {
    CLibrary.close { H5Gclose(id) }
  }

  /// The path from the root.
  public var path: String { location.path }

  /// The name the file was opened by.
  public var file: String { location.file }

  /// The attributes of the group.
  public var attributes: HDF5Attributes {
    HDF5Attributes(owner: self, id: id, location: location)
  }

  /// Returns the names in the group, in order of their bytes, whether or not they can be opened.
  ///
  /// - Throws: `HDF5Error.library`, if the group is damaged.
  public func children() throws -> [String] {
    var names: [String] = []
    try withUnsafeMutablePointer(to: &names) { names in
      _ = try location.call("list") {
        H5Literate(
          id, H5_INDEX_NAME, H5_ITER_INC, nil,
          { _, name, _, context in
            if let name, let context {
              let names = context.assumingMemoryBound(to: [String].self)
              names.pointee.append(String(cString: name))
            }
            return 0
          }, names)
      }
    }
    return names
  }

  /// Returns the kind of the object at `path`, or nil if there is none.
  ///
  /// - Throws: `HDF5Error.storedElsewhere`, `HDF5Error.library`.
  public func kind(of path: String) throws -> HDF5ObjectKind? {
    do {
      return try open(path).kind
    } catch HDF5Error.missing {
      return nil
    }
  }

  /// Whether an object that can be opened is at `path`.
  public func contains(_ path: String) -> Bool {
    (try? kind(of: path)) != nil
  }

  /// Opens a group.
  ///
  /// - Throws: `HDF5Error.missing`, `.wrongKind`, `.storedElsewhere`, `.library`.
  public func group(_ path: String) throws -> HDF5Group {
    let object = try open(path)
    try object.require(.group)
    return HDF5Group(
      owning: try object.location.call("open") {
        H5Gopen2(object.id, ".", hid_t(H5P_DEFAULT))
      }, at: object.location)
  }

  /// Opens a dataset, whose size is checked against what the file can back.
  ///
  /// - Throws: `HDF5Error.missing`, `.wrongKind`, `.storedElsewhere`, `.implausibleSize`,
  ///   `.library`.
  public func dataset(_ path: String) throws -> HDF5Dataset {
    let description: DatasetDescription
    do {
      let object = try open(path)
      try object.require(.dataset)
      description = try DatasetDescription(of: object)
    }  // The object is closed here: an open dataset would keep its cache of chunks.
    return try HDF5Dataset(description, at: path, in: self)
  }
}
