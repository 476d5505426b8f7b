import Foundation

@testable import HDF5Support

/// Opens a file that make_fixtures.py made.
func fixture(_ name: String) throws -> HDF5Group {
  let folder = URL(filePath: #filePath).deletingLastPathComponent()
  return try HDF5File(reading: folder.appending(path: "Fixtures/\(name)").path).root
}
