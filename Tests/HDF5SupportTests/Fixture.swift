import Foundation

@testable import HDF5Support

/// Opens a file that make_fixtures.py made.
func fixture(_ name: String) throws -> HDF5Group {
  try HDF5File(reading: fixtureURL(name).path).root
}

/// The bytes of a file that make_fixtures.py made.
func fixtureBytes(_ name: String) throws -> [UInt8] {
  [UInt8](try Data(contentsOf: fixtureURL(name)))
}

private func fixtureURL(_ name: String) -> URL {
  URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/\(name)")
}
