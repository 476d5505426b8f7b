import Foundation

@testable import HDF5Support

/// A folder that lives as long as the value.
final class Scratch {
  private let folder: URL

  init() throws {
    folder = URL.temporaryDirectory.appending(path: "hdf5-\(UUID().uuidString)")
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

  func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(filePath: path(name))))
  }
}

/// Opens a file that make_fixtures.py made.
func fixture(_ name: String) throws -> HDF5Group {
  let folder = URL(filePath: #filePath).deletingLastPathComponent()
  return try HDF5File(reading: folder.appending(path: "Fixtures/\(name)").path).root
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
