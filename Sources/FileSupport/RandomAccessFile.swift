import Glibc
import Synchronization

/// A file, or a part of one, that is read at any position, by several threads.
public final class RandomAccessFile: Sendable {
  /// The file's name, for the words of an error.
  public let name: String

  /// The number of bytes; 0 for what has no length, such as a pipe.
  public let byteCount: Int

  let descriptor: FileDescriptor
  let start: Int

  private init(name: String, descriptor: FileDescriptor, range: Range<Int>) {
    self.name = name
    self.descriptor = descriptor
    start = range.lowerBound
    byteCount = range.count
  }

  /// Opens a file.
  ///
  /// - Throws: `FileError.cannotRead`.
  public convenience init(_ path: String) throws {
    // A pipe without a writer is not waited for.
    let number = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    var status = stat()
    guard number >= 0 else {
      throw FileError.cannotRead(file: path, reason: String(cString: strerror(errno)))
    }
    let descriptor = FileDescriptor(number)
    guard fstat(number, &status) == 0 else {
      throw FileError.cannotRead(file: path, reason: String(cString: strerror(errno)))
    }
    self.init(name: path, descriptor: descriptor, range: 0..<max(0, Int(status.st_size)))
  }

  /// Makes a file on the disk that has no name and is gone when it is no longer used.
  ///
  /// - Parameters:
  ///   - name: What its bytes are, for the words of an error.
  ///   - write: Hands over the file's bytes, a piece at a time.
  /// - Throws: `FileError.noRoom`, and what `write` throws.
  static func temporary(
    name: String, write: ((UnsafeRawBufferPointer) throws -> Void) throws -> Void
  ) throws -> RandomAccessFile {
    func fail() -> FileError {
      .noRoom(file: name, folder: "/var/tmp", reason: String(cString: strerror(errno)))
    }
    var path = Array("/var/tmp/rangefinder-XXXXXX".utf8CString)
    let number = mkstemp(&path)
    guard number >= 0 else { throw fail() }
    let descriptor = FileDescriptor(number)
    unlink(path)
    _ = fcntl(number, F_SETFD, FD_CLOEXEC)
    var byteCount = 0
    try write { bytes in
      var rest = bytes
      while !rest.isEmpty {
        let count = Glibc.write(number, rest.baseAddress, rest.count)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { throw fail() }
        byteCount += count
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      }
    }
    return RandomAccessFile(name: name, descriptor: descriptor, range: 0..<byteCount)
  }

  /// Returns a part of the file as a file of its own.
  ///
  /// - Precondition: `range` lies in the file.
  func part(_ range: Range<Int>, name: String) -> RandomAccessFile {
    precondition(range.lowerBound >= 0 && range.upperBound <= byteCount)
    let shifted = range.lowerBound + start..<range.upperBound + start
    return RandomAccessFile(name: name, descriptor: descriptor, range: shifted)
  }

  /// Returns `count` bytes from `offset` on, or fewer where the file ends.
  ///
  /// - Precondition: `offset` and `count` are not negative.
  /// - Throws: `FileError.cannotRead`.
  public func bytes(at offset: Int, count: Int) throws -> [UInt8] {
    let count = max(0, min(count, byteCount - offset))
    return try [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      initialized = try read(
        at: offset, into: UnsafeMutableRawBufferPointer(start: buffer.baseAddress, count: count))
    }
  }

  /// Fills `buffer` from `offset` on, and returns how many bytes there were.
  ///
  /// - Precondition: `offset` is not negative.
  /// - Throws: `FileError.cannotRead`.
  public func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    precondition(offset >= 0)
    let wanted = min(buffer.count, byteCount - offset)
    var done = 0
    while done < wanted, let base = buffer.baseAddress {
      let count = pread(descriptor.number, base + done, wanted - done, start + offset + done)
      if count == 0 { break }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        throw FileError.cannotRead(file: name, reason: String(cString: strerror(errno)))
      }
      done += count
    }
    return done
  }
}

extension RandomAccessFile {
  /// Fills `buffer` with numbers that are stored as `Float` has them, from `offset` on.
  ///
  /// - Precondition: `offset` is not negative.
  /// - Throws: `FileError.cannotRead`, also if there are fewer.
  public func read(floats buffer: UnsafeMutableBufferPointer<Float>, at offset: Int) throws {
    let bytes = UnsafeMutableRawBufferPointer(buffer)
    guard try read(at: offset, into: bytes) == bytes.count else {
      throw FileError.cannotRead(file: name, reason: "It became shorter")
    }
  }
}

/// What changes when a file is written to.
struct FileVersion: Equatable {
  private let byteCount, seconds, nanoseconds: Int

  /// - Returns: `nil` if the system does not tell.
  init?(of descriptor: Int32) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return nil }
    byteCount = Int(status.st_size)
    (seconds, nanoseconds) = (status.st_mtim.tv_sec, status.st_mtim.tv_nsec)
  }
}

/// An open file, closed with the last use of it.
final class FileDescriptor: Sendable {
  let number: Int32
  /// The bytes and the time of the last change when it was opened.
  let version: FileVersion?
  /// How many parts of it are mapped.
  let mappings = Atomic(0)

  init(_ number: Int32) {
    self.number = number
    version = FileVersion(of: number)
  }

  deinit {
    close(number)
  }
}
