import Glibc

/// What the first bytes of a file say it is.
enum FileSignature {
  private static let hdf5: [UInt8] = [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A]

  /// Checks that a file can be read and is HDF5; a user block may come first.
  ///
  /// - Throws: `HDF5Error.cannotRead`, `HDF5Error.notHDF5`.
  static func check(file path: String) throws {
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw unreadable(path) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw unreadable(path) }
    try check(name: path, byteCount: Int(status.st_size)) { offset, count in
      var bytes = [UInt8](repeating: 0, count: count)
      let read = pread(descriptor, &bytes, count, offset)
      guard read >= 0 else { throw unreadable(path) }
      return Array(bytes.prefix(read))
    }
  }

  /// Checks that the content of a file is HDF5.
  ///
  /// - Throws: `HDF5Error.notHDF5`.
  static func check(bytes: [UInt8], name: String) throws {
    try check(name: name, byteCount: bytes.count) { offset, count in
      Array(bytes.dropFirst(offset).prefix(count))
    }
  }

  /// Looks for the signature where HDF5 does: at 0, 512, and every doubling of that.
  private static func check(
    name: String, byteCount: Int, read: (_ offset: Int, _ count: Int) throws -> [UInt8]
  ) throws {
    let first = try read(0, 32)
    var (offset, found) = (512, first.starts(with: hdf5))
    while !found, offset < byteCount {
      found = try read(offset, hdf5.count) == hdf5
      offset *= 2
    }
    if !found { throw HDF5Error.notHDF5(file: name, content: content(first)) }
  }

  private static func unreadable(_ path: String) -> HDF5Error {
    .cannotRead(file: path, reason: String(cString: strerror(errno)))
  }

  /// Says in words what a file begins with.
  private static func content(_ first: [UInt8]) -> String {
    let text = String(decoding: first, as: UTF8.self)
    if first.isEmpty { return "it is empty" }
    if first.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return "it is a zip archive" }
    if first.starts(with: [0x1F, 0x8B]) { return "it is compressed by gzip; unpack it first" }
    if first.starts(with: [0x93] + Array("NUMPY".utf8)) { return "it is a NumPy array" }
    if text.hasPrefix("version https://git-lfs") {
      return "it is a Git LFS pointer; fetch the file itself with 'git lfs pull'"
    }
    if text.hasPrefix("<") { return "it is HTML or XML; was a web page saved in its place?" }
    if text.hasPrefix("{") { return "it is JSON text" }
    let digits = first.prefix(8).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
    return "it begins with the bytes \(digits.joined(separator: " "))"
  }
}
