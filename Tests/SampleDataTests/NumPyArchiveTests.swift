import TestSupport
import Testing

@testable import SampleData

@Suite struct NumPyArchiveTests {
  private let numbers = (0..<84).map { Float($0) }

  @Test("Samples of stored and packed archives are found by name, and labels beside them.")
  func byName() async throws {
    for (name, description) in [("stored.npz", "/x_test"), ("packed.npz", "/images")] {
      let samples = try SampleFile.open(Fixtures.path(name))
      #expect(samples.description == name + ":" + description)
      #expect(samples.sampleCount == 7 && samples.sampleShape == [4, 3])
      #expect(try samples.read(0..<7) == numbers)
      #expect(try samples.labels() == [3, 1, 4, 1, 5, 9, 2])
      #expect(try await samples.isSameInAnyOrder())
    }
  }

  @Test("An array of an archive is found by its path, and a wrong path lists what is there.")
  func byPath() throws {
    let path = Fixtures.path("two.npz")
    let samples = try SampleFile.open("\(path):/right")
    #expect(samples.description == "two.npz:/right")
    #expect(try samples.read(6..<7) == Array(numbers[72...]))
    #expect(try samples.labels() == nil)
    #expect(
      message { _ = try SampleFile.open("\(path):/x") }
        == "'\(path)' has no '/x'. It holds: /left, /right.")
  }

  @Test("Several candidates are an error that lists them.")
  func ambiguous() throws {
    let path = Fixtures.path("two.npz")
    #expect(
      message { _ = try SampleFile.open(path) } == """
        '\(path)' has several datasets that could be the samples:
          /left  7×4×3 uint8
          /right  7×4×3 int16
          Name one:  --data \(path):/left
        """)
  }

  @Test("The same samples have the same fingerprint in archives of either kind.")
  func digests() throws {
    let stored = try SampleFile.open(Fixtures.path("stored.npz")).digest()
    #expect(try SampleFile.open(Fixtures.path("packed.npz")).digest() == stored)
    #expect(try SampleFile.open("\(Fixtures.path("two.npz")):/right").digest() == stored)
  }

  @Test("An array whose header claims more than its member holds is refused.")
  func lyingHeader() throws {
    let scratch = try Scratch()
    var bytes = try Fixtures.bytes("stored.npz")
    let shape = try #require(
      bytes.indices.first { bytes[$0...].starts(with: "(7, 4, 3)".utf8) })
    bytes[shape + 1] = UInt8(ascii: "9")
    let path = try scratch.file("a.npz", bytes)
    #expect(
      message { _ = try SampleFile.open("\(path):/x_test") }
        == "'\(path):/x_test.npy' is cut short: 464 bytes, where its header says 560.")
    #expect(message { _ = try SampleFile.open(path) }.hasPrefix("'\(path)' has no dataset"))
  }

  @Test("An archive of strings, or of nothing, has no samples.")
  func nothing() throws {
    let scratch = try Scratch()
    let end: [UInt8] = [0x50, 0x4B, 5, 6] + [UInt8](repeating: 0, count: 18)
    let path = try scratch.file("a.npz", end)
    #expect(
      message { _ = try SampleFile.open(path) }
        == "'\(path)' has no dataset of numbers that could be the samples.")
    #expect(
      message { _ = try SampleFile.open("\(path):/x") }
        == "'\(path)' has no '/x'. It holds: no array.")
    let names = Fixtures.path("packed.npz")
    #expect(
      message { _ = try SampleFile.open("\(names):/names") }.contains("elements of type '<U1'."))
  }
}
