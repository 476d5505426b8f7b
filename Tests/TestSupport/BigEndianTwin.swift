import Foundation

/// HDF5 files with numbers in the other order of bytes, which the package never writes.
public enum BigEndianTwin {
  /// IEEE's 32 bits, little-endian, as the type of a dataset (HDF5 File Format Specification,
  /// IV.A.2.d): class and version, bit field, size, offset, precision, exponent, mantissa, bias.
  private static let type: [UInt8] = [
    0x11, 0x20, 0x1F, 0, 4, 0, 0, 0, 0, 0, 32, 0, 23, 8, 0, 23, 127, 0, 0, 0,
  ]

  /// Writes a file in which all numbers of 32 bits are big-endian, and nothing else differs.
  ///
  /// - Parameters:
  ///   - path: A file in HDF5's oldest format, which has no checksums.
  ///   - pieces: Where each dataset of such numbers lies, and how many it has: all of the file.
  /// - Throws: If a file cannot be read or written, or has another number of such types.
  public static func write(
    _ twin: String, of path: String, pieces: [(place: Int, count: Int)]
  ) throws {
    var bytes = try Data(contentsOf: URL(filePath: path))
    var types = 0
    var rest = bytes.startIndex..<bytes.endIndex
    while let found = bytes.range(of: Data(type), in: rest) {
      bytes[found.lowerBound + 1] |= 1
      rest = found.upperBound..<bytes.endIndex
      types += 1
    }
    guard types == pieces.count else { throw OtherTypes(count: types) }
    for (place, count) in pieces {
      for number in stride(from: place, to: place + 4 * count, by: 4) {
        bytes[number..<number + 4].reverse()
      }
    }
    try bytes.write(to: URL(filePath: twin))
  }

  /// A file has so many datasets of numbers of 32 bits.
  struct OtherTypes: Error { let count: Int }
}
