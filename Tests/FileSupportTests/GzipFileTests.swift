import TestSupport
import Testing

@testable import FileSupport

@Suite struct GzipFileTests {
  let scratch: Scratch

  init() throws {
    scratch = try Scratch()
  }

  private func unpack(_ bytes: [UInt8]) throws -> [UInt8] {
    let file = try GzipFile.unpack(try RandomAccessFile(try scratch.file("a.gz", bytes)))
    return try file.bytes(at: 0, count: file.byteCount)
  }

  @Test("A file is unpacked.")
  func unpack() throws {
    #expect(try unpack(try Fixtures.bytes("numbers.gz")) == Fixtures.numbers)
    #expect(GzipFile.begins(with: try Fixtures.bytes("numbers.gz")))
    #expect(!GzipFile.begins(with: [0x1F]))
  }

  @Test("A file that is cut, changed, or continued is an error.")
  func damage() throws {
    let honest = try Fixtures.bytes("numbers.gz")
    let path = scratch.path("a.gz")
    func words(_ bytes: [UInt8]) -> String {
      message { _ = try unpack(bytes) }
        .replacing("'\(path)' is not a gzip file that can be read ", with: "")
    }
    #expect(
      words(Array(honest.prefix(17)))
        == "(it does not begin with \\x1f\\x8b, or is cut short).")
    #expect(
      words([0] + honest) == "(it does not begin with \\x1f\\x8b, or is cut short).")
    #expect(words(honest.replacing(at: honest.count - 8, with: [0])) == "(incorrect data check).")
    let end = honest.count - 4
    #expect(words(honest.replacing(at: end, with: [0x87])) == "(incorrect length check).")
    #expect(words(honest.replacing(at: end, with: [0x89])) == "(incorrect length check).")
    #expect(
      words(honest.replacing(at: end, with: [255, 255, 255, 255]))
        == "(it claims 4294967295 bytes, more than 329 packed bytes can hold).")
    #expect(words(honest + honest) == "(more follows its end).")
    #expect(words(Array(honest.prefix(100)) + honest.suffix(4)) != "no error")
  }
}
