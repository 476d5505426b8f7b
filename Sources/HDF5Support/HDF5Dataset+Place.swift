internal import CHDF5

extension HDF5Dataset {
  /// Where in the file on the disk all numbers stand one after the other as `Float` has them, in
  /// bytes from the file's beginning; `nil` if they are stored in any other way.
  ///
  /// Who knows it needs this library no more to read them.
  ///
  /// - Throws: `HDF5Error.library`.
  public func placeOfFloats() throws -> Int? {
    let type = Datatype(owning: try location.call("open") { H5Dget_type(id) })
    let isFloat = try location.call("open") { H5Tequal(type.id, hdf5_float()) } > 0
    guard isFloat, elementCount > 0, try isOnDisk() else { return nil }
    let creation = try location.call("open") { H5Dget_create_plist(id) }
    defer { CLibrary.close { H5Pclose(creation) } }
    let layout = try location.call("read the layout of") { H5Pget_layout(creation).rawValue }
    // The address is not negative, and all ones where nothing was written.
    let (address, bytes) = (H5Dget_offset(id), H5Dget_storage_size(id))
    guard layout == H5D_CONTIGUOUS.rawValue, address != .max,
      bytes == elementCount * MemoryLayout<Float>.stride
    else { return nil }
    return Int(exactly: address)
  }

  /// Whether the file is one that the library reads as it is, and no image in memory.
  private func isOnDisk() throws -> Bool {
    let file = try location.call("open") { H5Iget_file_id(id) }
    defer { CLibrary.close { H5Fclose(file) } }
    let access = try location.call("open") { H5Fget_access_plist(file) }
    defer { CLibrary.close { H5Pclose(access) } }
    return try location.call("open") { H5Pget_driver(access) } == H5FD_sec2_init()
  }
}
