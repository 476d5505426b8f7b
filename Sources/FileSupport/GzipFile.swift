/// A file of one gzip member.
public enum GzipFile {
  /// Returns whether a file that begins with `start` is packed with gzip.
  public static func begins(with start: some Sequence<UInt8>) -> Bool {
    Array(start.prefix(2)) == [0x1F, 0x8B]
  }

  /// Unpacks a file onto the disk, under no name: at most 4 GiB, the most that gzip can tell of.
  ///
  /// Sums and lengths are checked.
  ///
  /// - Throws: `FileError`.
  public static func unpack(_ packed: RandomAccessFile) throws -> RandomAccessFile {
    let (start, end) = (0, packed.byteCount)
    func fault(_ reason: String) -> FileError {
      .damaged(file: packed.name, kind: "gzip file", reason: reason)
    }
    // A header has at least 10 bytes; the trailer has 4 of checksum and 4 of length.
    guard end >= 18, begins(with: try packed.bytes(at: start, count: 2)) else {
      throw fault("it does not begin with \\x1f\\x8b, or is cut short")
    }
    let inflation = Inflation(
      file: packed, packed: start..<end, wrapping: .gzip,
      byteCount: Int(LittleEndianBytes(try packed.bytes(at: end - 4, count: 4)).uint32(at: 0)),
      fault: fault)
    return try RandomAccessFile.temporary(name: packed.name) { write in
      try inflation.run { piece in
        try write(piece)
        return true
      }
    }
  }
}
