import Foundation
import HDF5Support
import TestSupport
import Testing

@Suite struct HDF5FileTests {
  let scratch: Scratch

  init() throws {
    scratch = try Scratch()
  }

  /// Writes a file with one of everything.
  private func write(_ name: String, compression: HDF5Compression = .none) throws {
    let file = try HDF5File(creating: scratch.path(name))
    try file.root.createDataset(
      "a/x", (0..<3000).map { Float($0) }, shape: [1000, 3], compression: compression)
    try file.root.createDataset("a/names", ["first", "second"], compression: compression)
    try file.root.createGroup("empty").attributes.create("text", "grün")
    try file.root.attributes.create("numbers", [1.5, 2.5])
    try file.flush()
  }

  @Test(
    "The same writes make the same bytes.", arguments: [.none, HDF5Compression.deflate(level: 4)])
  func writesRepeat(compression: HDF5Compression) throws {
    try write("one.h5", compression: compression)
    try write("two.h5", compression: compression)
    #expect(try scratch.bytes("one.h5") == scratch.bytes("two.h5"))
  }

  @Test("A file holds no time at which it was written.")
  func noTimes() throws {
    let before = UInt32(Date().timeIntervalSince1970)
    try write("timeless.h5")
    let bytes = try scratch.bytes("timeless.h5")
    for time in before - 1...before + 5 {
      let pattern = Data(withUnsafeBytes(of: time.littleEndian) { Array($0) })
      #expect(Data(bytes).range(of: pattern) == nil)
    }
  }

  @Test("A file reads the same from memory, and two images of one name are two files.")
  func memory() throws {
    try write("one.h5")
    let other = try HDF5File(creating: scratch.path("other.h5"))
    try other.root.createDataset("a/x", [Float(7)])
    try other.flush()
    let first = try HDF5File(reading: try scratch.bytes("one.h5"), name: "weights")
    let second = try HDF5File(reading: try scratch.bytes("other.h5"), name: "weights")
    #expect(try first.root.dataset("a/x").read(as: Float.self) == (0..<3000).map { Float($0) })
    #expect(try second.root.dataset("a/x").read(as: Float.self) == [7])
    #expect(first.name == "weights")
  }

  @Test("An object keeps its file open.")
  func objectOutlivesFile() throws {
    try write("one.h5")
    let dataset = try HDF5File(reading: scratch.path("one.h5")).root.dataset("a/x")
    #expect(try dataset.read(as: Float.self, rows: 0..<0).isEmpty)
    #expect(try dataset.read(as: Float.self).last == 2999)
  }

  @Test(
    "A file with a user block or in the newest format opens.",
    arguments: [
      "user_block.h5", "latest.h5",
    ])
  func otherLayouts(name: String) throws {
    let values = try fixture(name).dataset("values").read(as: Float.self)
    #expect(values == (0..<12).map { Float($0) })
  }

  @Test("A missing file is named with the system's reason.")
  func missingFile() {
    let text = message { _ = try HDF5File(reading: "no/such.h5") }
    #expect(text == "'no/such.h5' cannot be read: No such file or directory.")
  }

  @Test("A folder is not read.")
  func folder() {
    #expect(
      message { _ = try HDF5File(reading: "/tmp") } == "'/tmp' cannot be read: Is a directory.")
  }

  @Test(
    "A file of another format is refused with what it looks like.",
    arguments: [
      ("", "it is empty"),
      ("PK\u{3}\u{4}....", "it is a zip archive"),
      (
        "version https://git-lfs.github.com/spec/v1",
        "it is a Git LFS pointer; fetch the file itself with 'git lfs pull'"
      ),
      ("<!DOCTYPE html>", "it is HTML or XML; was a web page saved in its place?"),
      ("{\"a\": 1}", "it is JSON text"),
      ("plain text", "it begins with the bytes 70 6c 61 69 6e 20 74 65"),
    ])
  func otherFormat(content: String, words: String) throws {
    let path = try scratch.file("x.h5", content.utf8)
    let expected = "'\(path)' is not an HDF5 file (\(words))."
    #expect(message { _ = try HDF5File(reading: path) } == expected)
    let bytes = Array(content.utf8)
    #expect(
      message { _ = try HDF5File(reading: bytes, name: "x") }
        == "'x' is not an HDF5 file (\(words)).")
  }

  @Test("Compressed and NumPy files are told apart.")
  func binaryFormats() {
    let gzip = message { _ = try HDF5File(reading: [0x1F, 0x8B, 8], name: "g") }
    #expect(gzip == "'g' is not an HDF5 file (it is compressed by gzip; unpack it first).")
    let numpy = message { _ = try HDF5File(reading: [0x93] + Array("NUMPY".utf8), name: "n") }
    #expect(numpy == "'n' is not an HDF5 file (it is a NumPy array).")
  }

  @Test("A file made in memory has the bytes of one that is written, however large it grows.")
  func image() throws {
    let values = (0..<400_000).map { Float($0) }
    func fill(_ file: HDF5File, _ compression: HDF5Compression) throws -> HDF5File {
      try file.root.attributes.create("a", "b")
      for name in ["one", "two"] {
        try file.root.createDataset(name, values, compression: compression)
      }
      return file
    }
    for (compression, expectedBytes) in [
      (HDF5Compression.none, 0), (.none, 3 << 20), (.deflate(level: 1), 1 << 28),
    ] {
      // Closed at once, so that it is whole.
      _ = try fill(HDF5File(creating: scratch.path("x.h5")), compression)
      let written = try scratch.bytes("x.h5")
      let made = try fill(
        HDF5File(creatingInMemory: "y", expectedBytes: expectedBytes), compression)
      let isSame = try made.withImage { $0.elementsEqual(written) }
      #expect(isSame, "\(compression)")
    }
  }

  @Test("A truncated file is refused in HDF5's own words.")
  func truncated() throws {
    try write("whole.h5")
    let whole = try scratch.bytes("whole.h5")
    let path = try scratch.file("cut.h5", whole.prefix(whole.count / 2))
    let text = message { _ = try HDF5File(reading: path) }
    #expect(text.hasPrefix("'\(path)' cannot be opened as HDF5; the file may be incomplete or"))
    #expect(text.contains("truncated file: eof = \(whole.count / 2)"))
    let image = message {
      _ = try HDF5File(reading: Array(whole.prefix(whole.count / 2)), name: "cut")
    }
    #expect(image.contains("truncated file: eof = \(whole.count / 2)"))
  }

  @Test("A file that cannot be created is an error in the system's words.")
  func cannotCreate() {
    let text = message { _ = try HDF5File(creating: "no/such/folder/x.h5") }
    #expect(text == "'no/such/folder/x.h5' cannot be created (No such file or directory).")
  }

  @Test("A file cut anywhere is an error or opens, and never more than that.")
  func cutAnywhere() throws {
    try write("whole.h5", compression: .deflate(level: 1))
    let whole = try scratch.bytes("whole.h5")
    for count in stride(from: 0, to: whole.count, by: 97) {
      #expect(throws: HDF5Error.self) {
        _ = try HDF5File(reading: Array(whole.prefix(count)), name: "cut")
      }
    }
  }
}

extension HDF5Dataset {
  /// Reads rows into a new array.
  func read<Number: HDF5Number>(as type: Number.Type, rows: Range<Int>) throws -> [Number] {
    let count = shape.dropFirst().reduce(rows.count, *)
    return try [Number](unsafeUninitializedCapacity: count) { buffer, initialized in
      try read(rows: rows, into: UnsafeMutableBufferPointer(rebasing: buffer[..<count]))
      initialized = count
    }
  }
}
