import Foundation
import HDF5Support
import SampleData
import TestSupport

extension Scratch {
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

  /// Makes a folder, with those that it is in, and returns its path.
  func folder(_ name: String) throws -> String {
    try FileManager.default.createDirectory(
      at: URL(filePath: path(name)), withIntermediateDirectories: true)
    return path(name)
  }

  /// Copies a fixture into the folder under a name, and returns its path.
  func copy(_ fixture: String, as name: String) throws -> String {
    _ = try folder(String(name.prefix(upTo: name.lastIndex(of: "/") ?? name.startIndex)))
    return try file(name, Fixtures.bytes(fixture))
  }

  /// Makes a symbolic link.
  func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(
      atPath: path(name), withDestinationPath: target)
  }
}

/// Files that another program wrote; the scripts in `Fixtures` make them.
enum Fixtures {
  static func path(_ name: String) -> String {
    Folders.package.appending(path: "Tests/SampleDataTests/Fixtures/\(name)").path
  }

  static func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(filePath: path(name))))
  }

  /// Reads the whole array of a name in an archive.
  static func array(_ archive: String, _ name: String) throws -> [Float] {
    let samples = try NumPySamples(archive: path(archive), array: "/\(name)")
    return try samples.read(0..<samples.sampleCount)
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

  /// Returns whether every sample, read by many threads at a time and in any order, is the same as
  /// when all are read at once.
  func isSameInAnyOrder() async throws -> Bool {
    let all = try read(0..<sampleCount)
    return try await withThrowingTaskGroup(of: Bool.self) { group in
      for sample in (0..<sampleCount).reversed() {
        group.addTask {
          let part = Array(all[sample * sampleSize..<(sample + 1) * sampleSize])
          return try read(sample..<sample + 1) == part
        }
      }
      return try await group.allSatisfy { $0 }
    }
  }
}

/// Returns the little-endian or big-endian bytes of numbers.
func bytes<Number: FixedWidthInteger>(_ numbers: [Number], bigEndian: Bool = false) -> [UInt8] {
  numbers.flatMap { number in
    withUnsafeBytes(of: bigEndian ? number.bigEndian : number.littleEndian) { Array($0) }
  }
}
