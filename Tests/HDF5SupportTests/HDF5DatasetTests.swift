import HDF5Support
import TestSupport
import Testing

@Suite struct HDF5DatasetTests {
  @Test(
    "Numbers of every size and byte order are read as Float and Double.",
    arguments: [
      "half", "single", "double", "big_single", "big_double", "byte", "unsigned", "big_short",
      "long", "big_unsigned",
    ])
  func conversions(name: String) throws {
    let dataset = try fixture("layouts.h5").dataset("numbers/\(name)")
    #expect(dataset.shape == [4, 3])
    #expect(try dataset.read(as: Float.self) == (0..<12).map { Float($0) })
    #expect(try dataset.read(as: Double.self, rows: 1..<3) == (3..<9).map { Double($0) })
  }

  @Test(
    "Elements are described by their stored type.",
    arguments: [
      ("numbers/half", "float16", 2), ("numbers/big_double", "float64", 8),
      ("numbers/big_short", "int16", 2), ("numbers/boolean", "int8", 1),
      ("numbers/big_unsigned", "uint64", 8), ("text/fixed", "string of 3 bytes", 3),
      ("text/utf8", "string", 8), ("text/compound", "compound", 8),
    ])
  func types(path: String, description: String, byteCount: Int) throws {
    let dataset = try fixture("layouts.h5").dataset(path)
    #expect(dataset.elementType.description == description)
    #expect(dataset.elementBytes == byteCount)
    #expect(dataset.elementType.isNumber == path.hasPrefix("numbers"))
  }

  @Test("The place of numbers is known where they stand in the file as Float has them.")
  func place() throws {
    let scratch = try Scratch()
    let values = (0..<10_000).map { Float($0) / 3 }
    do {
      let root = try HDF5File(creating: scratch.path("x.h5")).root
      try root.createDataset("plain", values)
      try root.createDataset("packed", values, compression: .deflate(level: 1))
      try root.createDataset("double", values.map { Double($0) })
      try root.createDataset("nothing", [Float]())
    }
    let bytes = try scratch.bytes("x.h5")
    let root = try HDF5File(reading: scratch.path("x.h5")).root
    let start = try #require(try root.dataset("plain").placeOfFloats())
    let stored = values.withUnsafeBytes { Array($0) }
    #expect(Array(bytes[start..<start + stored.count]) == stored)
    for name in ["packed", "double", "nothing"] {
      #expect(try root.dataset(name).placeOfFloats() == nil, "\(name)")
    }
    let image = try HDF5File(reading: bytes, name: "image").root
    #expect(try image.dataset("plain").placeOfFloats() == nil)
    let numbers = try fixture("layouts.h5").group("numbers")
    for name in ["big_single", "half", "long"] {
      #expect(try numbers.dataset(name).placeOfFloats() == nil, "\(name)")
    }
  }

  @Test("Scalars, booleans, and datasets that hold nothing are read.")
  func smallShapes() throws {
    let numbers = try fixture("layouts.h5").group("numbers")
    #expect(try numbers.dataset("scalar").shape.isEmpty)
    #expect(try numbers.dataset("scalar").read(as: Float.self) == [2.5])
    #expect(try numbers.dataset("boolean").read(as: Int8.self) == [1, 0, 1])
    #expect(try numbers.dataset("boolean").read(as: Float.self) == [1, 0, 1])
    #expect(try numbers.dataset("nothing").shape == [0])
    #expect(try numbers.dataset("nothing").read(as: Float.self).isEmpty)
    #expect(try numbers.dataset("no_rows").shape == [0, 3])
    #expect(try numbers.dataset("no_rows").read(as: Float.self, rows: 0..<0).isEmpty)
    #expect(try numbers.dataset("no_rows").readStrings().isEmpty)
  }

  @Test("Integers are read only as a type that holds all of them.")
  func integers() throws {
    let numbers = try fixture("layouts.h5").group("numbers")
    #expect(try numbers.dataset("unsigned").read(as: Int32.self) == (0..<12).map { Int32($0) })
    #expect(try numbers.dataset("big_unsigned").read(as: UInt64.self).last == 11)
    let unsigned = message { _ = try numbers.dataset("big_unsigned").read(as: Int64.self) }
    #expect(unsigned.hasSuffix("holds uint64, where a number that fits int64 is expected."))
    #expect(throws: HDF5Error.self) { _ = try numbers.dataset("byte").read(as: UInt8.self) }
    #expect(throws: HDF5Error.self) { _ = try numbers.dataset("single").read(as: Int64.self) }
    #expect(throws: HDF5Error.self) { _ = try numbers.dataset("long").read(as: UInt8.self) }
  }

  @Test("Compressed, shuffled, and checksummed chunks are read; an unknown filter is an error.")
  func filters() throws {
    let packed = try fixture("layouts.h5").group("packed")
    #expect(try packed.dataset("filters").read(as: Float.self) == (0..<12).map { Float($0) })
    #expect(try packed.dataset("filters").read(as: Float.self, rows: 3..<4) == [9, 10, 11])
    #expect(try packed.dataset("zeros").read(as: Float.self).count == 524_288)
    #expect(try packed.dataset("lzf").read(as: Float.self) == (0..<12).map { Float($0) })
    // The number of the filter, and how long its name is.
    var bytes = try fixtureBytes("layouts.h5")
    bytes[try #require(bytes.firstRange(of: [0, 125, 8, 0])).lowerBound] = 1
    let scratch = try Scratch()
    let unknown = try HDF5File(reading: try scratch.file("unknown.h5", bytes)).root
    let text = message { _ = try unknown.dataset("packed/lzf").read(as: Float.self) }
    #expect(text.hasPrefix("HDF5 cannot read '/packed/lzf' in '"))
    #expect(text.contains("is not registered"))
  }

  @Test(
    "A dataset that claims more than the file can back is refused before any allocation.",
    arguments: [
      (
        "contiguous", "claims shape [1048576, 1048576] of 4 bytes each, but only 0 bytes are stored"
      ),
      ("chunked", "claims shape [1048576, 1048576] of 4 bytes each, but only 0 bytes are stored"),
      ("large_chunk", "claims shape [536870912] of 4 bytes each"),
      ("overflow", "claims shape [2147483648, 2147483648, 2147483648] of 4 bytes each"),
    ])
  func claims(name: String, words: String) throws {
    let claims = try fixture("layouts.h5").group("claims")
    let text = message { _ = try claims.dataset(name) }
    #expect(text.contains(words))
    #expect(text.hasSuffix("are stored for it; the file may be incomplete or corrupt."))
  }

  @Test("A small dataset that nothing was written to reads as its fill value.")
  func unwritten() throws {
    let dataset = try fixture("layouts.h5").dataset("claims/unwritten")
    #expect(try dataset.read(as: Float.self) == [7, 7, 7, 7])
  }

  @Test(
    "Strings of every storage are read.",
    arguments: [
      ("fixed", ["abc", "de", ""]), ("ascii", ["abc", "de"]), ("utf8", ["grün", "漢字", ""]),
      ("terminated", ["ab"]), ("spaced", ["a b"]),
    ])
  func strings(name: String, expected: [String]) throws {
    #expect(try fixture("layouts.h5").dataset("text/\(name)").readStrings() == expected)
  }

  @Test("Numbers are not read as strings, nor strings as numbers.")
  func stringsAndNumbers() throws {
    let root = try fixture("layouts.h5")
    #expect(
      message { _ = try root.dataset("numbers/half").readStrings() }.hasSuffix(
        "holds float16, where string is expected."))
    #expect(
      message { _ = try root.dataset("text/utf8").read(as: Float.self) }.hasSuffix(
        "holds string, where a number that fits float32 is expected."))
    #expect(
      message { _ = try root.dataset("text/compound").read(as: Double.self) }.hasSuffix(
        "holds compound, where a number that fits float64 is expected."))
  }

  @Test(
    "What is written is read back, packed or not.",
    arguments: [
      .none, HDF5Compression.deflate(level: 1),
    ])
  func roundTrip(compression: HDF5Compression) throws {
    let scratch = try Scratch()
    let path = scratch.path("x.h5")
    let file = try HDF5File(creating: path)
    let floats = (0..<700_000).map { Float($0) * 0.5 }
    func check(_ root: HDF5Group) throws {
      #expect(try root.dataset("f").shape == [7, 100_000])
      #expect(try root.dataset("f").read(as: Float.self) == floats)
      #expect(
        try root.dataset("f").read(as: Float.self, rows: 2..<5) == Array(floats[200_000..<500_000]))
      #expect(
        try root.dataset("d").read(as: Double.self) == [.infinity, -0.0, .leastNonzeroMagnitude])
      #expect(try root.dataset("u").read(as: UInt64.self) == [.max, 0])
      #expect(try root.dataset("i").read(as: Int64.self) == [.min, .max])
      #expect(try root.dataset("i").read(as: Int.self) == [.min, .max])
      #expect(try root.dataset("b").read(as: UInt8.self) == [255])
      #expect(try root.dataset("b").shape.isEmpty)
      #expect(try root.dataset("s").readStrings() == ["a", "", "grün"])
      #expect(try root.dataset("none").shape == [0, 4])
      #expect(try root.dataset("no strings").readStrings().isEmpty)
    }
    try file.root.createDataset("f", floats, shape: [7, 100_000], compression: compression)
    try file.root.createDataset(
      "d", [Double.infinity, -0.0, .leastNonzeroMagnitude], compression: compression)
    try file.root.createDataset("u", [UInt64.max, 0], compression: compression)
    try file.root.createDataset("i", [Int64.min, .max], compression: compression)
    try file.root.createDataset("b", [UInt8(255)], shape: [], compression: compression)
    try file.root.createDataset("s", ["a", "", "grün"], compression: compression)
    try file.root.createDataset("none", [Float](), shape: [0, 4], compression: compression)
    try file.root.createDataset("no strings", [String](), compression: compression)
    try file.flush()
    try check(file.root)
    let image = try scratch.bytes("x.h5")
    try check(HDF5File(reading: image, name: "copy").root)
    if compression != .none { #expect(image.count < 1_500_000) }
  }

  @Test("Threads read one dataset together, and each sees its own errors.")
  func datasetsAreThreadSafe() async throws {
    let dataset = try fixture("layouts.h5").dataset("packed/zeros")
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for row in 0..<64 {
        group.addTask {
          try dataset.read(as: Float.self, rows: row..<row + 1).allSatisfy { $0 == 0 }
            && (try? dataset.readStrings()) == nil
        }
      }
      for try await isRight in group { #expect(isRight) }
    }
  }
}
