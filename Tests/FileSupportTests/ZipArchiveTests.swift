import TestSupport
import Testing

@testable import FileSupport

@Suite struct ZipArchiveTests {
  let scratch: Scratch

  init() throws {
    scratch = try Scratch()
  }

  @Test(
    "Members that are stored, deflated, streamed, or in Zip64 are unpacked.",
    arguments: ["stored.zip", "deflated.zip", "zip64.zip", "streamed.zip"])
  func members(name: String) throws {
    let archive = try ZipArchive(reading: Fixtures.path(name))
    let numbers = try #require(archive.entries.first)
    #expect(numbers.name == "numbers" && numbers.byteCount == 5000)
    #expect(try archive.read(numbers, limit: 5000) == Fixtures.numbers)
    #expect(try archive.start(of: numbers, count: 7) == Array(Fixtures.numbers.prefix(7)))
    #expect(try archive.start(of: numbers, count: 9999) == Fixtures.numbers)
    if name != "streamed.zip" {
      #expect(archive.entries.map(\.name) == ["numbers", "deep/words.txt"])
      #expect(
        try archive.read(archive.entries[1], limit: 100) == Array("hello, hello, hello".utf8))
    }
  }

  @Test("A member is a file that is read at any position.", arguments: ["stored.zip", "zip64.zip"])
  func openMember(name: String) throws {
    let archive = try ZipArchive(reading: Fixtures.path(name))
    let file = try archive.open(archive.entries[0])
    #expect(file.name == "\(Fixtures.path(name)):/numbers")
    #expect(file.byteCount == 5000)
    #expect(try file.bytes(at: 4000, count: 3) == Array(Fixtures.numbers[4000..<4003]))
    #expect(try file.bytes(at: 3, count: 2) == Array(Fixtures.numbers[3..<5]))
    #expect(try file.bytes(at: 4999, count: 10) == [Fixtures.numbers[4999]])
    #expect(try file.bytes(at: 6000, count: 10) == [])
  }

  @Test("A member larger than the limit is refused before it is unpacked.")
  func limit() throws {
    let path = Fixtures.path("deflated.zip")
    let archive = try ZipArchive(reading: path)
    #expect(
      message { _ = try archive.read(archive.entries[0], limit: 4999) }
        == "'numbers' in '\(path)' cannot be unpacked: it has 5000 bytes; at most 4999 are read.")
  }

  @Test("A member that holds more than it claims is given up as soon as it does.")
  func bomb() throws {
    let path = Fixtures.path("bomb.zip")
    let archive = try ZipArchive(reading: path)
    #expect(archive.entries.map(\.byteCount) == [1000])
    #expect(
      message { _ = try archive.read(archive.entries[0], limit: 1 << 30) }
        == "'zeros' in '\(path)' cannot be unpacked: it holds more than 1000 bytes.")
    #expect(
      message { _ = try archive.open(archive.entries[0]) }.hasSuffix("more than 1000 bytes."))
  }

  /// What a change of the directory's first record makes of the archive: the offset in the record,
  /// the bytes that are put there, and the words of the error.
  private static let lies: [(offset: Int, bytes: [UInt8], words: String)] = [
    (8, [1, 0], "it is encrypted"),
    (10, [99, 0], "it is packed by method 99; stored and deflated members are read"),
    (10, [0, 0], "it is stored, but claims 5000 bytes of 311"),
    (16, [1, 2, 3, 4], "its checksum is wrong"),
    (20, [255, 255, 255, 0], "it claims 16777215 packed bytes, more than the archive has"),
    (20, [10, 0, 0, 0], "it is cut short"),
    (24, [0x89, 0x13, 0, 0], "it holds 5000 bytes, not the 5001 that it claims"),
    (24, [255, 255, 255, 127], "it claims 2147483647 bytes, more than 311 packed bytes can hold"),
    (42, [9, 0, 0, 0], "its header is not where the directory says"),
    (42, [0, 0, 0, 127], "its header is not where the directory says"),
  ]

  @Test("A directory that lies is found out.", arguments: lies)
  func lyingDirectory(offset: Int, bytes: [UInt8], words: String) throws {
    let honest = try Fixtures.bytes("deflated.zip")
    let record = try #require(honest.position(of: 0x0201_4B50))
    let path = try scratch.file("a.zip", honest.replacing(at: record + offset, with: bytes))
    let archive = try ZipArchive(reading: path)
    let expected = "'numbers' in '\(path)' cannot be unpacked: \(words)."
    #expect(message { _ = try archive.read(archive.entries[0], limit: .max) } == expected)
  }

  @Test("A method that is not known is named.")
  func bzip2() throws {
    let archive = try ZipArchive(reading: Fixtures.path("bzip2.zip"))
    #expect(message { _ = try archive.open(archive.entries[0]) }.contains("by method 12;"))
  }

  @Test("Damaged data is an error with zlib's own words.")
  func damagedData() throws {
    let honest = try Fixtures.bytes("deflated.zip")
    let path = try scratch.file("a.zip", honest.replacing(at: 37, with: [7]))
    let archive = try ZipArchive(reading: path)
    #expect(
      message { _ = try archive.read(archive.entries[0], limit: .max) }
        == "'numbers' in '\(path)' cannot be unpacked: invalid block type.")
  }

  @Test("Damage to a stored member is found by its checksum.")
  func damagedStored() throws {
    let honest = try Fixtures.bytes("stored.zip")
    let path = try scratch.file("a.zip", honest.replacing(at: 1000, with: [honest[1000] ^ 1]))
    let archive = try ZipArchive(reading: path)
    #expect(message { _ = try archive.open(archive.entries[0]) }.hasSuffix("checksum is wrong."))
  }
}
