import HDF5Support
import TestSupport
import Testing

@Suite struct HDF5AttributesTests {
  @Test(
    "A string is read from every storage.",
    arguments: [
      ("variable", "naïve"), ("bytes", "2.0.8"), ("one_element", "only"), ("empty_bytes", ""),
      ("empty_string", ""), ("latin1", "caf\u{FFFD}"),
    ])
  func strings(name: String, expected: String) throws {
    #expect(try fixture("layouts.h5").attributes.string(name) == expected)
  }

  @Test("Arrays of strings are read, also without elements and split over several names.")
  func stringArrays() throws {
    let attributes = try fixture("layouts.h5").attributes
    #expect(try attributes.strings("names") == ["kernel:0", "bias:0"])
    #expect(try attributes.strings("no_names") == [])
    #expect(try attributes.strings("variable") == ["naïve"])
    #expect(try attributes.chunkedStrings("names") == ["kernel:0", "bias:0"])
    #expect(try attributes.chunkedStrings("no_names") == [])
    #expect(try attributes.chunkedStrings("split") == ["a", "b", "c"])
    #expect(try attributes.chunkedStrings("absent") == nil)
  }

  @Test("Numbers are read as a type that holds them.")
  func numbers() throws {
    let attributes = try fixture("layouts.h5").attributes
    #expect(try attributes.number("count", as: Int.self) == 7)
    #expect(try attributes.number("count", as: Double.self) == 7)
    #expect(try attributes.number("yes", as: Int8.self) == 1)
    #expect(try attributes.number("rate", as: Double.self) == 0.25)
    #expect(try attributes.numbers("rates", as: Double.self) == [0.5, 1.5])
    #expect(try attributes.numbers("no_names", as: Double.self) == [])
  }

  @Test("An attribute that is not there is nil.")
  func absent() throws {
    let attributes = try fixture("layouts.h5").attributes
    #expect(!attributes.contains("absent") && attributes.contains("rate"))
    #expect(try attributes.string("absent") == nil)
    #expect(try attributes.strings("absent") == nil)
    #expect(try attributes.number("absent", as: Int.self) == nil)
    #expect(try attributes.numbers("absent", as: Int.self) == nil)
  }

  @Test("An attribute of another type is an error that names both.")
  func wrongType() throws {
    let attributes = try fixture("layouts.h5").attributes
    let found = message { _ = try attributes.string("count") }
    #expect(found.hasPrefix("'/@count' in '"))
    #expect(found.hasSuffix("' holds int32, where string is expected."))
    #expect(
      message { _ = try attributes.string("names") }.hasSuffix(
        "holds 2 values, where one value is expected."))
    #expect(
      message { _ = try attributes.number("rate", as: Int.self) }.hasSuffix(
        "holds float64, where a number that fits int64 is expected."))
    #expect(
      message { _ = try attributes.number("rates", as: Double.self) }.hasSuffix(
        "holds 2 values, where one value is expected."))
  }

  @Test("What is written is read back, from a group and from a dataset.")
  func roundTrip() throws {
    let scratch = try Scratch()
    let file = try HDF5File(creating: scratch.path("x.h5"))
    try file.root.createDataset("x", [Float(1)])
    let dataset = try file.root.dataset("x")
    let long = String(repeating: "ü", count: 1_000_000)
    for attributes in [file.root.attributes, dataset.attributes] {
      try attributes.create("text", long)
      try attributes.create("list", ["a", "", "ü"])
      try attributes.create("no list", [String]())
      try attributes.create("count", UInt64.max)
      try attributes.create("rate", 0.1)
      try attributes.create("counts", [Int64.min, 5])
      #expect(try attributes.string("text") == long)
      #expect(try attributes.strings("list") == ["a", "", "ü"])
      #expect(try attributes.strings("no list") == [])
      #expect(try attributes.number("count", as: UInt64.self) == .max)
      #expect(try attributes.number("rate", as: Double.self) == 0.1)
      #expect(try attributes.numbers("counts", as: Int64.self) == [.min, 5])
    }
  }

  @Test("An attribute that is there, or does not fit, cannot be created.")
  func cannotCreate() throws {
    let scratch = try Scratch()
    let attributes = try HDF5File(creating: scratch.path("x.h5")).root.attributes
    try attributes.create("a", 1)
    #expect(message { try attributes.create("a", 2) }.contains("'/@a'"))
    let long = message { try attributes.create("b", [Double](repeating: 0, count: 10_000)) }
    #expect(long.hasPrefix("HDF5 cannot create '/@b' in '"))
    #expect(long.contains("object header message is too large"))
  }
}
