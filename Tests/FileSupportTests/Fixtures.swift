import Foundation
import TestSupport

/// Archives that another program wrote; `Fixtures/make_fixtures.py` makes them.
enum Fixtures {
  /// The bytes of the member `numbers`.
  static let numbers = (0..<5000).map { UInt8($0 * $0 % 251) }

  static func path(_ name: String) -> String {
    Folders.package.appending(path: "Tests/FileSupportTests/Fixtures/\(name)").path
  }

  static func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(filePath: path(name))))
  }
}

extension [UInt8] {
  /// Finds a little-endian number of 32 bits.
  func position(of number: UInt32) -> Int? {
    let wanted = (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    return indices.dropLast(3).first { Array(self[$0..<$0 + 4]) == wanted }
  }

  /// Returns a copy in which some bytes are others.
  func replacing(at offset: Int, with bytes: [UInt8]) -> [UInt8] {
    var copy = self
    copy.replaceSubrange(offset..<offset + bytes.count, with: bytes)
    return copy
  }
}
