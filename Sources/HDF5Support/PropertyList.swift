internal import CHDF5

/// An owned property list.
final class PropertyList: Sendable {
  let id: hid_t

  /// Makes a list of the given class.
  init(_ listClass: hid_t, at location: Location) throws {
    id = try location.call("set up") { H5Pcreate(listClass) }
  }

  deinit {
    CLibrary.close { H5Pclose(id) }
  }

  /// Sets one property.
  func set(at location: Location, _ body: (hid_t) -> herr_t) throws {
    _ = try location.call("set up") { body(id) }
  }

  /// How files are opened: without locks, which some file systems of clusters do not have, and which
  /// a process that was forked in the meantime would hold on to.
  static func fileAccess(at location: Location) throws -> PropertyList {
    let list = try PropertyList(hdf5_file_access(), at: location)
    try list.set(at: location) { H5Pset_file_locking($0, false, true) }
    return list
  }

  /// How links are followed, of a class that says so: inside the file only.
  static func linkAccess(
    _ listClass: hid_t = hdf5_link_access(), at location: Location
  ) throws -> PropertyList {
    let list = try PropertyList(listClass, at: location)
    try list.set(at: location) { H5Pset_elink_cb($0, { _, _, _, _, _, _, _ in -1 }, nil) }
    return list
  }

  /// How links are created: UTF-8 names, and the groups on the way to them.
  static func linkCreation(at location: Location) throws -> PropertyList {
    let list = try PropertyList(hdf5_link_creation(), at: location)
    try list.set(at: location) { H5Pset_char_encoding($0, H5T_CSET_UTF8) }
    try list.set(at: location) { H5Pset_create_intermediate_group($0, 1) }
    return list
  }

  /// How objects of the given class are created: without times, so that bytes are repeatable.
  static func timeless(_ listClass: hid_t, at location: Location) throws -> PropertyList {
    let list = try PropertyList(listClass, at: location)
    try list.set(at: location) { H5Pset_obj_track_times($0, false) }
    return list
  }
}
