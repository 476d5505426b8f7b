internal import CHDF5
import Glibc
import Synchronization

/// An HDF5 file that is open; it is closed with the last handle on it or on an object in it.
public final class HDF5File: Sendable {
  /// The name the file was opened by.
  public let name: String

  /// The group at the top.
  public let root: HDF5Group

  private let id: hid_t

  /// Tells images in memory apart, for HDF5 takes two of one name to be the same file.
  private static let imageCount = Atomic(0)

  /// Lets the library prepare itself, which takes it some milliseconds at its first use otherwise.
  public static func prepare() {
    _ = try? CLibrary.call { H5open() }
  }

  /// Opens a file to read it.
  ///
  /// - Throws: `HDF5Error.cannotRead`, `.notHDF5`, or, for a damaged file, `.cannotOpen`.
  public convenience init(reading path: String) throws {
    try FileSignature.check(file: path)
    let access = try PropertyList.fileAccess(at: Location(file: path, fileBytes: .max, path: "/"))
    let id: hid_t
    do {
      id = try CLibrary.call { H5Fopen(path, hdf5_read_only(), access.id) }
    } catch {
      throw HDF5Error.cannotOpen(file: path, message: error.message)
    }
    try self.init(owning: id, name: path, isWritten: false)
  }

  /// Opens the content of a file, for example a member of an archive, to read it.
  ///
  /// - Parameter name: The name that errors use.
  /// - Throws: `HDF5Error.notHDF5`, or, for damaged content, `.cannotOpen`.
  public convenience init(reading bytes: [UInt8], name: String) throws {
    try FileSignature.check(bytes: bytes, name: name)
    let location = Location(file: name, fileBytes: UInt64(bytes.count), path: "/")
    let access = try PropertyList(hdf5_file_access(), at: location)
    try access.set(at: location) { H5Pset_fapl_core($0, 1 << 16, false) }
    let unique = Self.imageCount.add(1, ordering: .relaxed).newValue
    let opened = bytes.withUnsafeBytes { image in
      Result { () throws(CLibrary.Failure) in
        // HDF5 copies the image; the pointer is only read.
        let start = UnsafeMutableRawPointer(mutating: image.baseAddress)
        _ = try CLibrary.call { H5Pset_file_image(access.id, start, image.count) }
        return try CLibrary.call { H5Fopen("image \(unique)", hdf5_read_only(), access.id) }
      }
    }
    let id = try opened.mapError { HDF5Error.cannotOpen(file: name, message: $0.message) }.get()
    try self.init(owning: id, name: name, isWritten: false)
  }

  /// Creates a file, in place of any that is there.
  ///
  /// The same writes make the same bytes: no times are stored. The file is put together in memory and
  /// written by `flush` or at closing, in few large pieces instead of thousands of small ones.
  ///
  /// - Throws: `HDF5Error.cannotCreate`.
  public convenience init(creating path: String) throws {
    // In memory HDF5 does not say why a file cannot be had.
    let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      throw HDF5Error.cannotCreate(file: path, message: String(cString: strerror(errno)))
    }
    close(descriptor)
    let access = try Self.accessInMemory(of: path, isWritten: true)
    try self.init(creating: path, path: path, access: access.id)
  }

  /// Creates a file in memory, where it is gone with the last handle on it; `withImage` gives its bytes.
  ///
  /// - Parameters:
  ///   - name: The name that errors use.
  ///   - expectedBytes: About how large it will be. The image grows in sixteen steps up to there, for
  ///     the library clears all that it takes, used or not.
  /// - Throws: `HDF5Error.cannotCreate`.
  public convenience init(creatingInMemory name: String, expectedBytes: Int) throws {
    let growth = max(expectedBytes >> 20, 1) << 16
    let access = try Self.accessInMemory(of: name, isWritten: false, growth: growth)
    let unique = Self.imageCount.add(1, ordering: .relaxed).newValue
    try self.init(creating: name, path: "image \(unique)", access: access.id)
  }

  private static func accessInMemory(
    of name: String, isWritten: Bool, growth: Int = 1 << 20
  ) throws -> PropertyList {
    let location = Location(file: name, fileBytes: .max, path: "/")
    let access = try PropertyList.fileAccess(at: location)
    try access.set(at: location) { H5Pset_fapl_core($0, growth, isWritten) }
    try access.set(at: location) { hdf5_map_images($0) }
    // In memory there is nothing to be gained by gathering writes, and each dataset would clear 64 KiB.
    try access.set(at: location) { H5Pset_sieve_buf_size($0, 0) }
    return access
  }

  private convenience init(creating name: String, path: String, access: hid_t) throws {
    let location = Location(file: name, fileBytes: .max, path: "/")
    let creation = try PropertyList.timeless(hdf5_file_creation(), at: location)
    // Some tens of attributes and of names fit into the top group without trees.
    try creation.set(at: location) { H5Pset_attr_phase_change($0, 64, 0) }
    try creation.set(at: location) { H5Pset_sym_k($0, 0, 32) }
    let id: hid_t
    do {
      id = try CLibrary.call { H5Fcreate(path, hdf5_truncate(), creation.id, access) }
    } catch {
      throw HDF5Error.cannotCreate(file: name, message: error.message)
    }
    try self.init(owning: id, name: name, isWritten: true)
  }

  /// Writes everything out and lets `body` read the bytes of the file, where HDF5 keeps them.
  ///
  /// - Throws: `HDF5Error.library`; what `body` throws.
  /// - Precondition: The file was made in memory.
  public func withImage<Result>(
    _ body: (UnsafeRawBufferPointer) throws -> Result
  ) throws -> Result {
    try flush()
    let count = try root.location.call("measure") { H5Fget_file_image(id, nil, 0) }
    var handle: UnsafeMutableRawPointer?
    _ = try root.location.call("find") { H5Fget_vfd_handle(id, hid_t(H5P_DEFAULT), &handle) }
    guard let start = handle?.load(as: UnsafeMutableRawPointer?.self) else {
      preconditionFailure("a file in memory has an image")
    }
    // The mark of a file that is open, which only a copy made by the library would lack: the
    // consistency flags of a superblock of version 0 (HDF5 file format specification, II.A).
    start.storeBytes(of: 0, toByteOffset: 20, as: UInt32.self)
    return try body(UnsafeRawBufferPointer(start: start, count: count))
  }

  /// Takes over `id`, also when it throws.
  private init(owning id: hid_t, name: String, isWritten: Bool) throws {
    do {
      var bytes: hsize_t = .max
      let nowhere = Location(file: name, fileBytes: .max, path: "/")
      if !isWritten { _ = try nowhere.call("size") { H5Fget_filesize(id, &bytes) } }
      let location = Location(file: name, fileBytes: bytes, path: "/")
      root = HDF5Group(
        owning: try location.call("open") { H5Gopen2(id, "/", hid_t(H5P_DEFAULT)) }, at: location)
    } catch {
      CLibrary.close { H5Fclose(id) }
      throw error
    }
    self.id = id
    self.name = name
  }

  deinit {
    CLibrary.close { H5Fclose(id) }
  }

  /// Writes everything out, so that a full disk is an error here and not silence at closing.
  ///
  /// - Throws: `HDF5Error.library`.
  public func flush() throws {
    _ = try root.location.call("write out") { H5Fflush(id, H5F_SCOPE_LOCAL) }
  }
}
