import Glibc

/// Opens files of samples by what they are.
public enum SampleFile {
  /// Opens `file.h5`, `file.h5:/path/of/dataset`, or `file.npy`.
  ///
  /// - Throws: `SampleDataError`, `HDF5Error`.
  public static func open(_ specification: String) throws -> any Dataset {
    let (file, path) = split(specification)
    let lowercased = file.lowercased()
    if [".h5", ".hdf5", ".hdf"].contains(where: lowercased.hasSuffix) {
      return try HDF5Samples(file: file, dataset: path)
    }
    if lowercased.hasSuffix(".npy") { return try NumPySamples(file: file) }
    let first = try RandomAccessFile(file).bytes(at: 0, count: 8)
    if first == [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A] {
      return try HDF5Samples(file: file, dataset: path)
    }
    if first.starts(with: NumPyHeader.magic) { return try NumPySamples(file: file) }
    throw SampleDataError.unknownKind(file: file)
  }

  /// Splits `file:/path` into file and path.
  static func split(_ specification: String) -> (file: String, path: String?) {
    guard let colon = specification.lastIndex(of: ":") else { return (specification, nil) }
    let path = specification[specification.index(after: colon)...]
    guard path.hasPrefix("/") else { return (specification, nil) }
    return (String(specification[..<colon]), String(path))
  }

  /// Returns a file's name without its folder.
  static func name(of file: String) -> String {
    file.split(separator: "/").last.map(String.init) ?? file
  }
}

/// A file that is read at any position, by several threads.
final class RandomAccessFile: Sendable {
  let name: String
  let byteCount: Int
  private let descriptor: Int32

  /// Opens a file.
  ///
  /// - Throws: `SampleDataError.cannotRead`.
  init(_ path: String) throws {
    descriptor = Glibc.open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    name = path
    var status = stat()
    guard descriptor >= 0, fstat(descriptor, &status) == 0 else {
      let reason = String(cString: strerror(errno))
      if descriptor >= 0 { close(descriptor) }
      throw SampleDataError.cannotRead(file: path, reason: reason)
    }
    byteCount = Int(status.st_size)
  }

  deinit {
    close(descriptor)
  }

  /// Returns `count` bytes from `offset` on, or fewer where the file ends.
  ///
  /// - Throws: `SampleDataError.cannotRead`.
  func bytes(at offset: Int, count: Int) throws -> [UInt8] {
    try [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      initialized = try read(
        at: offset, into: UnsafeMutableRawBufferPointer(start: buffer.baseAddress, count: count))
    }
  }

  /// Fills `buffer` from `offset` on, and returns how many bytes there were.
  ///
  /// - Throws: `SampleDataError.cannotRead`.
  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    var done = 0
    while done < buffer.count, let start = buffer.baseAddress {
      let count = pread(descriptor, start + done, buffer.count - done, offset + done)
      if count == 0 { break }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        throw SampleDataError.cannotRead(file: name, reason: String(cString: strerror(errno)))
      }
      done += count
    }
    return done
  }
}
