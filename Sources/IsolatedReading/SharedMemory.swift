import CLinux
import Glibc

/// The parent's end of memory that it shares with a child.
///
/// The child maps it and writes; the parent copies out of it by reading the descriptor, so that a
/// child that shrinks it cannot hurt.
final class SharedMemory: Sendable {
  let descriptor: Int32

  /// Takes over a descriptor.
  init(owning descriptor: Int32) { self.descriptor = descriptor }

  deinit { close(descriptor) }

  /// Makes memory without bytes, or returns `nil` with `errno` set.
  static func create() -> SharedMemory? {
    let descriptor = linux_memory_file("rangefinder")
    return descriptor < 0 ? nil : SharedMemory(owning: descriptor)
  }

  /// The number of bytes.
  var byteCount: Int {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
  }

  /// Copies bytes from `offset` on.
  ///
  /// - Throws: `MessageFault`, if there are fewer.
  func copy(from offset: Int, to buffer: UnsafeMutableRawBufferPointer) throws {
    var done = 0
    while done < buffer.count, let start = buffer.baseAddress {
      let count = pread(descriptor, start + done, buffer.count - done, offset + done)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw MessageFault(what: "\(done) bytes of \(buffer.count)") }
      done += count
    }
  }
}

/// The child's end of memory that it shares with its parent, mapped as far as it was asked for.
struct SharedMapping {
  let descriptor: Int32
  private var mapping = UnsafeMutableRawBufferPointer(start: nil, count: 0)

  init(descriptor: Int32) { self.descriptor = descriptor }

  /// Returns the first bytes, after room is made for them; those returned before are void.
  ///
  /// - Throws: `SharedMapping.NoRoom`.
  mutating func bytes(_ count: Int) throws -> UnsafeMutableRawBufferPointer {
    if count > mapping.count {
      munmap(mapping.baseAddress, mapping.count)
      mapping = UnsafeMutableRawBufferPointer(start: nil, count: 0)
      guard ftruncate(descriptor, count) == 0,
        let start = mmap(nil, count, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0),
        start != MAP_FAILED
      else { throw NoRoom() }
      mapping = UnsafeMutableRawBufferPointer(start: start, count: count)
    }
    return UnsafeMutableRawBufferPointer(rebasing: mapping[..<count])
  }

  /// There is less memory than was asked for.
  struct NoRoom: Error {}
}
