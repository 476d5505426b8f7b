import TestSupport
import Testing

@testable import FileSupport

@Suite struct RandomAccessFileTests {
  @Test(
    "A missing file and a folder are errors with the system's reason.",
    arguments: [("no/such", "No such file or directory"), ("/tmp", "Is a directory")])
  func missing(path: String, reason: String) {
    #expect(
      message { _ = try RandomAccessFile(path).bytes(at: 0, count: 1) }
        == "'\(path)' cannot be read: \(reason).")
  }

  @Test("Bytes are read from any position, up to the end of the file or of its part.")
  func bytes() throws {
    let scratch = try Scratch()
    let file = try RandomAccessFile(try scratch.file("a", (0..<10).map { UInt8($0) }))
    #expect(try file.bytes(at: 8, count: 1000) == [8, 9])
    #expect(try file.bytes(at: 11, count: 1) == [])
    let part = file.part(2..<6, name: "part")
    #expect(part.byteCount == 4 && part.name == "part")
    #expect(try part.bytes(at: 1, count: 100) == [3, 4, 5])
    #expect(try part.part(1..<3, name: "piece").bytes(at: 0, count: 9) == [3, 4])
  }

  @Test("A device without a length has no bytes, however many there are.")
  func device() throws {
    #expect(try RandomAccessFile("/dev/zero").bytes(at: 0, count: 10) == [])
  }

  @Test("A temporary file holds what was written, and an error while writing is passed on.")
  func temporary() throws {
    let file = try RandomAccessFile.temporary(name: "a") { write in
      for piece in [[1, 2, 3], [], [4]] as [[UInt8]] { try piece.withUnsafeBytes { try write($0) } }
    }
    #expect(try file.bytes(at: 1, count: 9) == [2, 3, 4])
    let stop = FileError.noRoom(file: "a", folder: "/var/tmp", reason: "No space left on device")
    #expect(throws: stop) { _ = try RandomAccessFile.temporary(name: "a") { _ in throw stop } }
    #expect("\(stop)" == "'a' cannot be unpacked in /var/tmp: No space left on device.")
  }
}
