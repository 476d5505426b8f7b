import HDF5Support
import TestSupport
import Testing

@testable import SampleData

@Suite struct NumPySamplesTests {
  let scratch: Scratch

  init() throws {
    scratch = try Scratch()
  }

  private func header(_ type: String, shape: String = "(4, 3)", order: String = "False") -> String {
    "{'descr': '\(type)', 'fortran_order': \(order), 'shape': \(shape), }   \n"
  }

  private static let encodings: [(type: String, bytes: [UInt8])] = [
    ("<f2", bytes((0..<12).map { Float16($0).bitPattern })),
    (">f2", bytes((0..<12).map { Float16($0).bitPattern }, bigEndian: true)),
    ("<f4", bytes((0..<12).map { Float($0).bitPattern })),
    (">f4", bytes((0..<12).map { Float($0).bitPattern }, bigEndian: true)),
    ("<f8", bytes((0..<12).map { Double($0).bitPattern })),
    (">f8", bytes((0..<12).map { Double($0).bitPattern }, bigEndian: true)),
    ("|i1", bytes((0..<12).map { Int8($0) })), ("|u1", bytes((0..<12).map { UInt8($0) })),
    (">i2", bytes((0..<12).map { Int16($0) }, bigEndian: true)),
    ("<u2", bytes((0..<12).map { UInt16($0) })), ("<i4", bytes((0..<12).map { Int32($0) })),
    (">u4", bytes((0..<12).map { UInt32($0) }, bigEndian: true)),
    ("<i8", bytes((0..<12).map { Int64($0) })),
    (">u8", bytes((0..<12).map { UInt64($0) }, bigEndian: true)),
  ]

  @Test("Numbers of every size and byte order are read.", arguments: encodings)
  func conversions(type: String, bytes: [UInt8]) throws {
    let path = try scratch.numPy("x.npy", header: header(type), bytes: bytes)
    let samples = try SampleFile.open(path)
    #expect(samples.sampleCount == 4 && samples.sampleShape == [3])
    #expect(samples.description == "x.npy")
    #expect(try samples.labels() == nil)
    #expect(try samples.read(0..<4) == (0..<12).map { Float($0) })
    #expect(try samples.read(2..<3) == [6, 7, 8])
  }

  @Test("Negative numbers, booleans, and numbers that are rounded are read.")
  func values() throws {
    let signed = try scratch.numPy(
      "a.npy", header: header("|i1", shape: "(2,)"), bytes: [255, 128])
    #expect(try SampleFile.open(signed).read(0..<2) == [-1, -128])
    #expect(try SampleFile.open(signed).sampleShape == [])
    let short = try scratch.numPy("b.npy", header: header("<i2", shape: "(1,)"), bytes: [254, 255])
    #expect(try SampleFile.open(short).read(0..<1) == [-2])
    let truth = try scratch.numPy(
      "c.npy", header: header("|b1", shape: "(3,)"), bytes: [0, 1, 255])
    #expect(try SampleFile.open(truth).read(0..<3) == [0, 1, 1])
    let tenth = try scratch.numPy(
      "d.npy", header: header("<f8", shape: "(1L,)"), bytes: bytes([Double(0.1).bitPattern]))
    #expect(try SampleFile.open(tenth).read(0..<1) == [0.1])
  }

  @Test("Versions 2 and 3 of the format, double quotes, and any order of keys are read.")
  func headers() throws {
    let other = "{\"shape\": (2, 1), \"fortran_order\": False, \"descr\": \"|u1\"}"
    for version in [UInt8(2), 3] {
      let path = try scratch.numPy("x.npy", header: other, version: version, bytes: [5, 6])
      #expect(try SampleFile.open(path).read(0..<2) == [5, 6])
    }
    let column = try scratch.numPy(
      "y.npy", header: header("|u1", shape: "(2,)", order: "True"), bytes: [5, 6])
    #expect(try SampleFile.open(column).read(0..<2) == [5, 6])
  }

  @Test("The same samples have the same fingerprint in every format and number type.")
  func digests() throws {
    // By the reference implementation of XXH64.
    let expected = "75580d4c3134197b"
    for (type, bytes) in Self.encodings {
      let path = try scratch.numPy("x.npy", header: header(type), bytes: bytes)
      #expect(try SampleFile.open(path).digest() == expected)
    }
    let file = try scratch.hdf5("x.h5") { root in
      try root.createDataset(
        "x", (0..<12).map { Int32($0) }, shape: [4, 3], compression: .deflate(level: 9))
    }
    #expect(try SampleFile.open(file).digest() == expected)
    let reshaped = try scratch.numPy(
      "z.npy", header: header("|u1", shape: "(3, 4)"), bytes: (0..<12).map { UInt8($0) })
    #expect(try SampleFile.open(reshaped).digest() != expected)
  }

  @Test(
    "A header that is damaged is an error that says how.",
    arguments: [
      ("{'descr': '<f4', 'shape': (1,)}", "its header is damaged"),
      ("{'descr': '<f4', 'fortran_order': False, 'shape': (1, -2)}", "its header is damaged"),
      ("{'descr': '<f4', 'fortran_order': False, 'shape': (1, x)}", "its header is damaged"),
      (
        "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,)}",
        "its header is damaged"
      ),
      ("", "its header is damaged"),
    ])
  func damagedHeader(header: String, words: String) throws {
    let path = try scratch.numPy("x.npy", header: header, bytes: [0, 0, 0, 0])
    #expect(
      message { _ = try SampleFile.open(path) }
        == "'\(path)' is not a NumPy array that can be read (\(words)).")
  }

  @Test(
    "A file that is no NumPy array, too new, or cut in its header is an error.",
    arguments: [
      ([1, 2, 3], "it does not begin with \\x93NUMPY"),
      ([0x93, 78, 85, 77, 80, 89, 1], "its header is cut short"),
      ([0x93, 78, 85, 77, 80, 89, 9, 0, 0, 0, 0, 0], "its format has version 9"),
      ([0x93, 78, 85, 77, 80, 89, 1, 0, 90, 0, 32, 32, 32], "its header is cut short"),
      ([0x93, 78, 85, 77, 80, 89, 2, 0, 255, 255, 255, 255], "its header has 4294967295 bytes"),
    ] as [([UInt8], String)])
  func damagedFile(content: [UInt8], words: String) throws {
    let path = try scratch.file("x.npy", content)
    #expect(
      message { _ = try SampleFile.open(path) }
        == "'\(path)' is not a NumPy array that can be read (\(words)).")
  }

  @Test(
    "Types that are not read are named.",
    arguments: [
      "'<c8'", "'|O'", "'<U5'", "'<f16'", "'|b2'",
    ])
  func otherTypes(type: String) throws {
    let text = "{'descr': \(type), 'fortran_order': False, 'shape': (1,)}"
    let path = try scratch.numPy("x.npy", header: text, bytes: [UInt8](repeating: 0, count: 16))
    #expect(
      message { _ = try SampleFile.open(path) }
        == "'\(path)' holds elements of type \(type). Known: floating-point numbers of 16, 32, and"
        + " 64 bits, integers, and booleans. Convert it:  x.astype('float32')")
  }

  @Test("A structured type is an error.")
  func structuredType() throws {
    let text = "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,)}"
    let path = try scratch.numPy("x.npy", header: text, bytes: [0, 0, 0, 0])
    #expect(message { _ = try SampleFile.open(path) }.contains("elements of type [('a'."))
  }

  @Test("Fortran order is refused with a remedy.")
  func fortranOrder() throws {
    let path = try scratch.numPy(
      "x.npy", header: header("|u1", order: "True"), bytes: [UInt8](repeating: 0, count: 12))
    #expect(
      message { _ = try SampleFile.open(path) }
        == "'\(path)' is stored in Fortran order, which is not read."
        + " Save it again:  numpy.save(file, numpy.ascontiguousarray(x))")
  }

  @Test("A shape that the file cannot back is an error, also when its product overflows.")
  func truncated() throws {
    let path = try scratch.numPy(
      "x.npy", header: header("<f4"), bytes: [UInt8](repeating: 0, count: 47))
    let count = 10 + header("<f4").utf8.count
    #expect(
      message { _ = try SampleFile.open(path) }
        == "'\(path)' is cut short: \(count + 47) bytes, where its header says \(count + 48).")
    let huge = header("<f4", shape: "(4611686018427387904, 4611686018427387904)")
    let overflow = try scratch.numPy("y.npy", header: huge, bytes: [])
    #expect(message { _ = try SampleFile.open(overflow) }.contains("is cut short"))
  }

  @Test("An array without a first axis, or without elements, holds no samples.")
  func noSamples() throws {
    let one = try scratch.numPy("x.npy", header: header("|u1", shape: "()"), bytes: [1])
    #expect(message { _ = try SampleFile.open(one) }.contains("has no samples at '/'"))
    let none = try scratch.numPy("y.npy", header: header("|u1", shape: "(0, 9)"), bytes: [])
    #expect(
      message { _ = try SampleFile.open(none) }
        == "'\(none)' holds no samples: its shape is [0, 9].")
  }
}
