import TestSupport
import Testing

@testable import FileSupport

@Suite struct ZipDirectoryTests {
  let scratch: Scratch

  init() throws {
    scratch = try Scratch()
  }

  private func words(_ bytes: [UInt8]) throws -> String {
    let path = try scratch.file("a.zip", bytes)
    let message = message { _ = try ZipArchive(reading: path) }
    return message.replacing("'\(path)' is not a zip archive that can be read ", with: "")
  }

  @Test(
    "What is no archive, or cut anywhere, is an error.", arguments: ["deflated.zip", "zip64.zip"])
  func cut(name: String) throws {
    let bytes = try Fixtures.bytes(name)
    for count in 0..<bytes.count {
      #expect(
        try words(Array(bytes.prefix(count)))
          == "(it has no directory: it is cut short, or no archive).")
    }
  }

  @Test("An end that lies is found out.")
  func end() throws {
    let honest = try Fixtures.bytes("deflated.zip")
    let end = try #require(honest.position(of: 0x0605_4B50))
    let directory = try #require(honest.position(of: 0x0201_4B50))
    #expect(
      try words(honest.replacing(at: end + 10, with: [3, 0]))
        == "(its directory lists 2 members of 3).")
    #expect(
      try words(honest.replacing(at: end + 16, with: [0, 0, 0, 127]))
        == "(its directory is not where its end says).")
    #expect(
      try words(honest.replacing(at: directory + 28, with: [255, 255]))
        == "(its directory is damaged).")
    let large = try Fixtures.bytes("zip64.zip")
    let record = try #require(large.position(of: 0x0606_4B50))
    #expect(
      try words(large.replacing(at: record, with: [0])) == "(its Zip64 record is damaged).")
    #expect(
      try words(large.replacing(at: record + 48, with: [UInt8](repeating: 255, count: 8)))
        == "(its directory is not where its end says).")
    let locator = try #require(large.position(of: 0x0706_4B50))
    #expect(
      try words(large.replacing(at: locator + 8, with: [UInt8](repeating: 255, count: 8)))
        == "(its Zip64 record is damaged).")
  }

  @Test("A file that ends in an enormous directory is refused before it is read.")
  func enormous() throws {
    var bytes = [UInt8](repeating: 0, count: 1 << 27)
    let end: [UInt8] = [0x50, 0x4B, 5, 6, 0, 0, 0, 0, 1, 0, 1, 0]
    bytes += end + [0, 0, 0, 8, 0, 0, 0, 0, 0, 0]
    #expect(try words(bytes) == "(its directory has 134217728 bytes).")
  }

  @Test(
    "No change of a single byte does worse than an error.",
    arguments: ["deflated.zip", "zip64.zip"])
  func mutations(name: String) throws {
    let honest = try Fixtures.bytes(name)
    var unpacked = 0
    for offset in honest.indices {
      let changed = honest.replacing(at: offset, with: [honest[offset] ^ 1 << (offset % 8)])
      guard let archive = try? ZipArchive(reading: try scratch.file("b.zip", changed)),
        let entry = archive.entries.first,
        let bytes = try? archive.read(entry, limit: 1 << 20)
      else { continue }
      // Where the sum is right, so are the bytes.
      #expect(bytes == Fixtures.numbers)
      unpacked += 1
    }
    #expect((1..<honest.count).contains(unpacked))
  }
}
