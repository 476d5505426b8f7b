import CZlib

/// A zip archive whose members are stored or deflated, with Zip64.
///
/// Nothing is unpacked but what is asked for, and nothing is written under a member's name.
///
/// Source: PKWARE, APPNOTE.TXT, .ZIP file format specification 6.3.10.
public struct ZipArchive: Sendable {
  /// A member, as the archive's directory describes it.
  public struct Entry: Hashable, Sendable {
    /// The name, with folders before it.
    public let name: String

    /// The number of bytes after unpacking, as claimed.
    public let byteCount: Int

    let packedByteCount: Int
    let method: UInt16
    let isEncrypted: Bool
    let checksum: UInt32
    let headerOffset: Int
  }

  /// The members, in the order of the directory.
  public let entries: [Entry]

  private let file: RandomAccessFile

  /// Opens an archive and reads its directory.
  ///
  /// - Throws: `FileError`.
  public init(reading path: String) throws {
    file = try RandomAccessFile(path)
    entries = try ZipDirectory(of: file).entries
  }

  /// Returns whether a file that begins with `start` is a zip archive.
  public static func begins(with start: some Sequence<UInt8>) -> Bool {
    Array(start.prefix(4)) == [0x50, 0x4B, 3, 4]
  }

  /// Unpacks a member into memory, and checks its sum.
  ///
  /// - Parameter limit: The most bytes that are unpacked.
  /// - Throws: `FileError`.
  public func read(_ entry: Entry, limit: Int) throws -> [UInt8] {
    guard entry.byteCount <= limit else {
      throw fault(entry)("it has \(entry.byteCount) bytes; at most \(limit) are read")
    }
    var bytes: [UInt8] = []
    // What a member claims costs nothing before its place in the archive has proved it possible.
    if try place(of: entry).count == entry.byteCount { bytes.reserveCapacity(entry.byteCount) }
    try unpack(entry) { bytes += $0 }
    return bytes
  }

  /// Unpacks the first bytes of a member: `count` of them, or all if there are fewer.
  ///
  /// - Throws: `FileError`.
  public func start(of entry: Entry, count: Int) throws -> [UInt8] {
    let place = try place(of: entry)
    if entry.method == Method.stored {
      return try file.bytes(at: place.lowerBound, count: min(count, place.count))
    }
    var bytes: [UInt8] = []
    try inflation(of: entry, at: place).run { piece in
      bytes += piece.prefix(count - bytes.count)
      return bytes.count < count
    }
    return bytes
  }

  /// Returns a member as a file: a stored one where it lies in the archive, a deflated one
  /// unpacked onto the disk, under no name. Its sum is checked.
  ///
  /// - Throws: `FileError`.
  public func open(_ entry: Entry) throws -> RandomAccessFile {
    let name = "\(file.name):/\(entry.name)"
    if entry.method == Method.stored {
      try unpack(entry) { _ in }
      return file.part(try place(of: entry), name: name)
    }
    return try RandomAccessFile.temporary(name: name) { try unpack(entry, to: $0) }
  }

  /// The two methods of packing that are read.
  private enum Method {
    static let stored: UInt16 = 0
    static let deflated: UInt16 = 8
  }

  private func fault(_ entry: Entry) -> (String) -> FileError {
    { .cannotUnpack(file: file.name, entry: entry.name, reason: $0) }
  }

  /// Hands over a member's bytes a piece at a time, then checks their sum.
  private func unpack(_ entry: Entry, to take: (UnsafeRawBufferPointer) throws -> Void) throws {
    let place = try place(of: entry)
    var checksum: UInt = 0
    func add(_ piece: UnsafeRawBufferPointer) throws -> Bool {
      checksum = crc32(checksum, piece.baseAddress, UInt32(piece.count))
      try take(piece)
      return true
    }
    if entry.method == Method.stored {
      for start in stride(from: place.lowerBound, to: place.upperBound, by: 1 << 20) {
        let count = min(1 << 20, place.upperBound - start)
        _ = try file.bytes(at: start, count: count).withUnsafeBytes(add)
      }
    } else {
      try inflation(of: entry, at: place).run(add)
    }
    guard checksum == UInt(entry.checksum) else { throw fault(entry)("its checksum is wrong") }
  }

  private func inflation(of entry: Entry, at place: Range<Int>) -> Inflation {
    Inflation(
      file: file, packed: place, wrapping: .none, byteCount: entry.byteCount, fault: fault(entry))
  }

  /// Returns where a member's packed bytes lie, once all that it claims is possible.
  private func place(of entry: Entry) throws -> Range<Int> {
    let fault = fault(entry)
    guard !entry.isEncrypted else { throw fault("it is encrypted") }
    guard [Method.stored, Method.deflated].contains(entry.method) else {
      throw fault("it is packed by method \(entry.method); stored and deflated members are read")
    }
    let header = LittleEndianBytes(try file.bytes(at: entry.headerOffset, count: 30))
    guard header.bytes.count == 30, header.uint32(at: 0) == 0x0403_4B50 else {
      throw fault("its header is not where the directory says")
    }
    let start = entry.headerOffset + 30 + Int(header.uint16(at: 26)) + Int(header.uint16(at: 28))
    guard start <= file.byteCount, entry.packedByteCount <= file.byteCount - start else {
      throw fault("it claims \(entry.packedByteCount) packed bytes, more than the archive has")
    }
    guard entry.method == Method.deflated || entry.byteCount == entry.packedByteCount else {
      throw fault("it is stored, but claims \(entry.byteCount) bytes of \(entry.packedByteCount)")
    }
    return start..<start + entry.packedByteCount
  }
}
