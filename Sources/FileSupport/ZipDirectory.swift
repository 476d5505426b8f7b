/// The central directory of a zip archive.
struct ZipDirectory {
  /// The largest directory that is read, in bytes: about half a million members.
  private static let largestDirectory = 1 << 26

  /// A length or position that only the Zip64 fields tell.
  private static let elsewhere = UInt64(UInt32.max)

  private(set) var entries: [ZipArchive.Entry] = []

  private let file: RandomAccessFile

  /// Reads the directory of an archive.
  ///
  /// - Throws: `FileError`.
  init(of file: RandomAccessFile) throws {
    self.file = file
    let (count, place) = try findDirectory()
    guard place.count <= Self.largestDirectory else {
      throw fault("its directory has \(place.count) bytes")
    }
    let directory = LittleEndianBytes(try file.bytes(at: place.lowerBound, count: place.count))
    var offset = 0
    while offset < directory.bytes.count {
      entries.append(try entry(in: directory, at: &offset))
    }
    guard UInt64(entries.count) == count else {
      throw fault("its directory lists \(entries.count) members of \(count)")
    }
  }

  private func fault(_ reason: String) -> FileError {
    .damaged(file: file.name, kind: "zip archive", reason: reason)
  }

  /// Returns the number of members, and where the directory lies, by the record at the file's end.
  private func findDirectory() throws -> (count: UInt64, place: Range<Int>) {
    // The record has 22 bytes and a comment of up to 65,535.
    let tailStart = max(0, file.byteCount - 65_557)
    let tail = LittleEndianBytes(try file.bytes(at: tailStart, count: 65_557))
    let found = stride(from: tail.bytes.count - 22, through: 0, by: -1).first { offset in
      tail.uint32(at: offset) == 0x0605_4B50
        && offset + 22 + Int(tail.uint16(at: offset + 20)) == tail.bytes.count
    }
    guard let found else { throw fault("it has no directory: it is cut short, or no archive") }
    var count = UInt64(tail.uint16(at: found + 10))
    var length = UInt64(tail.uint32(at: found + 12))
    var start = UInt64(tail.uint32(at: found + 16))
    if count == UInt16.max || length == Self.elsewhere || start == Self.elsewhere,
      found >= 20, tail.uint32(at: found - 20) == 0x0706_4B50
    {
      let record = Int(exactly: tail.uint64(at: found - 12)) ?? .max
      let large = LittleEndianBytes(try file.bytes(at: min(record, file.byteCount), count: 56))
      guard large.bytes.count == 56, large.uint32(at: 0) == 0x0606_4B50 else {
        throw fault("its Zip64 record is damaged")
      }
      (count, length, start) = (large.uint64(at: 32), large.uint64(at: 40), large.uint64(at: 48))
    }
    let end = UInt64(tailStart + found)
    guard start <= end, length <= end - start else {
      throw fault("its directory is not where its end says")
    }
    return (count, Int(start)..<Int(start + length))
  }

  /// Reads one member's record and moves on to the next.
  private func entry(
    in directory: LittleEndianBytes, at offset: inout Int
  ) throws -> ZipArchive.Entry {
    let rest = directory.bytes.count - offset
    guard rest >= 46, directory.uint32(at: offset) == 0x0201_4B50 else {
      throw fault("its directory is damaged")
    }
    let nameLength = Int(directory.uint16(at: offset + 28))
    let extraLength = Int(directory.uint16(at: offset + 30))
    let length = 46 + nameLength + extraLength + Int(directory.uint16(at: offset + 32))
    guard rest >= length else { throw fault("its directory is damaged") }
    let flags = directory.uint16(at: offset + 8)
    let name = offset + 46..<offset + 46 + nameLength
    let extra = name.upperBound..<name.upperBound + extraLength
    let numbers = try resolve(
      [24, 20, 42].map { UInt64(directory.uint32(at: offset + $0)) }, directory, extra)
    defer { offset += length }
    return ZipArchive.Entry(
      name: String(decoding: directory.bytes[name], as: UTF8.self), byteCount: numbers[0],
      packedByteCount: numbers[1], method: directory.uint16(at: offset + 10),
      // Bits 0, 6, and 13: encrypted, strongly encrypted, masked.
      isEncrypted: flags & 0x2041 != 0, checksum: directory.uint32(at: offset + 16),
      headerOffset: numbers[2])
  }

  /// Puts Zip64's lengths and positions in the place of those that do not fit 32 bits.
  private func resolve(
    _ numbers: [UInt64], _ directory: LittleEndianBytes, _ extra: Range<Int>
  ) throws -> [Int] {
    var large: [UInt64] = []
    var offset = extra.lowerBound
    while offset + 4 <= extra.upperBound {
      let end = offset + 4 + Int(directory.uint16(at: offset + 2))
      guard end <= extra.upperBound else { break }
      if directory.uint16(at: offset) == 1 {
        large = stride(from: offset + 4, through: end - 8, by: 8).map { directory.uint64(at: $0) }
      }
      offset = end
    }
    return try numbers.map { number in
      let value = number == Self.elsewhere && !large.isEmpty ? large.removeFirst() : number
      // What lies beyond the largest file is left to the checks of unpacking.
      guard let result = Int(exactly: value), result < 1 << 60 else {
        throw fault("its directory is damaged")
      }
      return result
    }
  }
}
