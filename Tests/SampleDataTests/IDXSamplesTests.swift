import TestSupport
import Testing

@testable import SampleData

@Suite struct IDXSamplesTests {
  let scratch: Scratch

  init() throws {
    scratch = try Scratch()
  }

  private static func header(_ type: UInt8, _ lengths: [UInt32]) -> [UInt8] {
    [0, 0, type, UInt8(lengths.count)] + SampleDataTests.bytes(lengths, bigEndian: true)
  }

  private static let encodings: [(type: UInt8, bytes: [UInt8])] = [
    (0x08, bytes((0..<6).map { UInt8($0) })), (0x09, bytes((0..<6).map { Int8($0) })),
    (0x0B, bytes((0..<6).map { Int16($0) }, bigEndian: true)),
    (0x0C, bytes((0..<6).map { Int32($0) }, bigEndian: true)),
    (0x0D, bytes((0..<6).map { Float($0).bitPattern }, bigEndian: true)),
    (0x0E, bytes((0..<6).map { Double($0).bitPattern }, bigEndian: true)),
  ]

  @Test("Elements of every type are read.", arguments: encodings)
  func conversions(type: UInt8, bytes: [UInt8]) throws {
    let samples = try SampleFile.open(
      try scratch.file("a.idx3", Self.header(type, [3, 1, 2]) + bytes))
    #expect(samples.sampleCount == 3 && samples.sampleShape == [1, 2])
    #expect(samples.description == "a.idx3")
    #expect(try samples.read(0..<3) == [0, 1, 2, 3, 4, 5])
    #expect(try samples.read(1..<2) == [2, 3])
    #expect(try samples.labels() == nil)
  }

  @Test("Negative numbers are read.")
  func negative() throws {
    let samples = try SampleFile.open(
      try scratch.file("a.idx", Self.header(0x0B, [2]) + [255, 254, 128, 0]))
    #expect(try samples.read(0..<2) == [-2, -32768])
  }

  @Test("Labels are in the file beside the images, whether packed or not.")
  func labels() async throws {
    let packed = try SampleFile.open(Fixtures.path("t7-images-idx3-ubyte.gz"))
    #expect(packed.sampleCount == 7 && packed.sampleShape == [4, 3])
    #expect(try packed.read(0..<7) == (0..<84).map { Float($0) })
    #expect(try packed.labels() == [3, 1, 4, 1, 5, 9, 2])
    #expect(try await packed.isSameInAnyOrder())

    let images = try scratch.file("t-images.idx3-ubyte", Self.header(8, [2, 1, 1]) + [5, 6])
    #expect(try SampleFile.open(images).labels() == nil)
    let labels = try scratch.file("t-labels.idx1-ubyte", Self.header(8, [2]) + [1, 0])
    #expect(try SampleFile.open(images).labels() == [1, 0])
    _ = try scratch.file("t-labels.idx1-ubyte", Self.header(8, [3]) + [1, 0, 1])
    #expect(
      message { _ = try SampleFile.open(images) }
        == "'\(labels)' has 3 labels for 2 samples. Move it elsewhere if it is not theirs.")
  }

  @Test("A header that lies is found out.")
  func damaged() throws {
    func words(_ bytes: [UInt8]) throws -> String {
      let path = try scratch.file("a.idx", bytes)
      return message { _ = try SampleFile.open(path) }.replacing("'\(path)' ", with: "")
    }
    let start = "it does not begin with two zeros, a type, and a number of axes"
    for bytes in [[], [0, 0, 8], [1, 0, 8, 1], [0, 0, 7, 1], [0, 0, 8, 0]] as [[UInt8]] {
      #expect(try words(bytes) == "is not an IDX file that can be read (\(start)).")
    }
    #expect(
      try words([0, 0, 8, 255, 0, 0])
        == "is not an IDX file that can be read (its header is cut short).")
    #expect(
      try words(Self.header(8, [3]) + [1, 2])
        == "is cut short: 10 bytes, where its header says 11.")
    let huge = Self.header(8, [UInt32](repeating: .max, count: 4))
    #expect(
      try words(huge) == "is cut short: 20 bytes, where its header says \(Int.max).")
    #expect(try words(Self.header(8, [0, 9])) == "holds no samples: its shape is [0, 9].")
  }
}
