import CZlib

/// Deflated bytes in a file, and what they claim to be.
///
/// Source: RFC 1951 and RFC 1952, by zlib.
struct Inflation {
  /// What is around the deflated bytes: zlib's number of window bits says so.
  enum Wrapping: Int32 {
    case none = -15
    case gzip = 31
  }

  /// The most bytes that one deflated byte can stand for: two bits stand for 258 at most.
  static let largestRatio = 1032

  /// The bytes that are read and unpacked at a time.
  private static let pieceBytes = 1 << 18

  let file: RandomAccessFile
  let packed: Range<Int>
  let wrapping: Wrapping

  /// The number of bytes after unpacking.
  let byteCount: Int

  /// Makes the error for a reason.
  let fault: (String) -> FileError

  /// Checks that so few bytes can become so many.
  func validate() throws {
    guard byteCount / Self.largestRatio <= packed.count else {
      throw fault("it claims \(byteCount) bytes, more than \(packed.count) packed bytes can hold")
    }
  }

  /// Unpacks and hands on a piece at a time, until there is no more or `take` returns false.
  ///
  /// - Throws: `FileError`, also if there are more or fewer bytes than claimed; what `take` throws.
  func run(_ take: (UnsafeRawBufferPointer) throws -> Bool) throws {
    try validate()
    let input = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.pieceBytes, alignment: 16)
    let output = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.pieceBytes, alignment: 16)
    // zlib keeps the address of its stream.
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    stream.initialize(to: z_stream())
    defer {
      inflateEnd(stream)
      stream.deallocate()
      input.deallocate()
      output.deallocate()
    }
    let size = Int32(MemoryLayout<z_stream>.size)
    guard inflateInit2_(stream, wrapping.rawValue, ZLIB_VERSION, size) == Z_OK else {
      throw fault("zlib has no memory")
    }
    var (next, produced, status) = (packed.lowerBound, 0, Z_OK)
    while status != Z_STREAM_END {
      if stream.pointee.avail_in == 0 {
        let wanted = min(input.count, packed.upperBound - next)
        let count = try file.read(
          at: next, into: UnsafeMutableRawBufferPointer(rebasing: input[..<wanted]))
        next += count
        stream.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.pointee.avail_in = UInt32(count)
      }
      stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
      stream.pointee.avail_out = UInt32(output.count)
      status = inflate(stream, Z_NO_FLUSH)
      guard [Z_OK, Z_STREAM_END, Z_BUF_ERROR].contains(status) else {
        throw fault(stream.pointee.msg.map { String(cString: $0) } ?? "zlib's error \(status)")
      }
      let count = output.count - Int(stream.pointee.avail_out)
      produced += count
      guard produced <= byteCount else { throw fault("it holds more than \(byteCount) bytes") }
      guard status != Z_BUF_ERROR || count > 0 else { throw fault("it is cut short") }
      if count > 0, try !take(UnsafeRawBufferPointer(rebasing: output[..<count])) { return }
    }
    guard produced == byteCount else {
      throw fault("it holds \(produced) bytes, not the \(byteCount) that it claims")
    }
    guard next == packed.upperBound, stream.pointee.avail_in == 0 else {
      throw fault("more follows its end")
    }
  }
}
