import Foundation
import HDF5Support
import SampleData

/// A folder that lives as long as the value.
final class Scratch {
  private let folder: URL

  init() throws {
    folder = URL.temporaryDirectory.appending(path: "samples-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: folder)
  }

  /// The path of a file in the folder.
  func path(_ name: String) -> String {
    folder.appending(path: name).path
  }

  /// Writes a file and returns its path.
  func file(_ name: String, _ bytes: some Sequence<UInt8>) throws -> String {
    try Data(bytes).write(to: URL(filePath: path(name)))
    return path(name)
  }

  /// Writes an HDF5 file and returns its path.
  func hdf5(_ name: String, _ write: (HDF5Group) throws -> Void) throws -> String {
    let file = try HDF5File(creating: path(name))
    try write(file.root)
    try file.flush()
    return path(name)
  }

  /// Writes a NumPy array file and returns its path.
  func numPy(
    _ name: String, header: String, version: UInt8 = 1, bytes: [UInt8]
  ) throws -> String {
    let length = header.utf8.count
    let lengthBytes = (0..<(version == 1 ? 2 : 4)).map { UInt8(length >> (8 * $0) & 255) }
    let start = [0x93] + Array("NUMPY".utf8) + [version, 0] + lengthBytes
    return try file(name, start + Array(header.utf8) + bytes)
  }
}

extension Dataset {
  /// Reads samples into a new array.
  func read(_ samples: Range<Int>) throws -> [Float] {
    let count = samples.count * sampleSize
    return try [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
      try read(samples: samples, into: UnsafeMutableBufferPointer(rebasing: buffer[..<count]))
      initialized = count
    }
  }
}

/// Returns the words of the error that `body` throws.
func message(of body: () throws -> Void) -> String {
  do {
    try body()
    return "no error"
  } catch {
    return "\(error)"
  }
}

/// Returns the little-endian or big-endian bytes of numbers.
func bytes<Number: FixedWidthInteger>(_ numbers: [Number], bigEndian: Bool = false) -> [UInt8] {
  numbers.flatMap { number in
    withUnsafeBytes(of: bigEndian ? number.bigEndian : number.littleEndian) { Array($0) }
  }
}
