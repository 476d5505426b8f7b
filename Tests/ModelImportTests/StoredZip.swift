import Foundation
import TestSupport

/// A zip archive made by a test, its members stored as they are.
struct StoredZip {
  struct Member {
    let name: String
    let bytes: [UInt8]
    /// A number of bytes that the directory claims for it, as if they were packed.
    var claim: Int?

    init(_ name: String, _ bytes: some Sequence<UInt8>, claim: Int? = nil) {
      (self.name, self.bytes, self.claim) = (name, Array(bytes), claim)
    }
  }

  var members: [Member]

  /// The archive (APPNOTE.TXT 6.3, sections 4.3.7, 4.3.12, 4.3.16).
  var bytes: [UInt8] {
    var (archive, directory) = ([UInt8](), [UInt8]())
    for member in members {
      let method: UInt16 = member.claim == nil ? 0 : 8
      let name = Array(member.name.utf8)
      let common =
        Self.little(method) + Self.little(UInt32(0)) + Self.little(Self.checksum(member.bytes))
        + Self.little(UInt32(member.bytes.count))
        + Self.little(UInt32(member.claim ?? member.bytes.count)) + Self.little(UInt16(name.count))
      directory += Self.little(UInt32(0x0201_4B50)) + [20, 0, 20, 0, 0, 0] + common
      directory += [UInt8](repeating: 0, count: 12) + Self.little(UInt32(archive.count)) + name
      archive += Self.little(UInt32(0x0403_4B50)) + [20, 0, 0, 0] + common + [0, 0] + name
      archive += member.bytes
    }
    let count = Self.little(UInt16(members.count))
    return archive + directory + Self.little(UInt32(0x0605_4B50)) + [0, 0, 0, 0] + count + count
      + Self.little(UInt32(directory.count)) + Self.little(UInt32(archive.count)) + [0, 0]
  }

  /// Writes the archive to a file that is removed when the tests end, and returns its path.
  func write() throws -> String {
    let path = Folders.temporaryPath(extension: "keras")
    try Data(bytes).write(to: URL(filePath: path))
    return path
  }

  private static func little(_ number: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: number.littleEndian, Array.init)
  }

  /// CRC-32, bit by bit.
  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~UInt32(0)) { sum, byte in
      (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in sum >> 1 ^ (sum & 1) * 0xEDB8_8320 }
    }
  }
}
