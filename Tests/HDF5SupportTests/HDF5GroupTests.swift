import HDF5Support
import TestSupport
import Testing

@Suite struct HDF5GroupTests {
  @Test("Children are listed in order of their names, links and all.")
  func children() throws {
    let root = try fixture("layouts.h5")
    #expect(
      try root.children() == [
        "claims", "elsewhere", "links", "numbers", "packed", "text",
      ])
    #expect(
      try root.group("links").children() == [
        "circle", "dangling", "named_type", "soft", "up",
      ])
    #expect(try fixture("latest.h5").children().count == 21)
  }

  @Test("Paths are relative to the group, or to the root after a slash.")
  func paths() throws {
    let numbers = try fixture("layouts.h5").group("/numbers/")
    #expect(numbers.path == "/numbers")
    #expect(try numbers.dataset("half").path == "/numbers/half")
    #expect(try numbers.dataset("./half").path == "/numbers/half")
    #expect(try numbers.dataset("/text/utf8").path == "/text/utf8")
    #expect(try numbers.group("/").path == "/")
    #expect(try numbers.group(".").path == "/numbers")
  }

  @Test("Kinds are told apart, and nothing is nil.")
  func kinds() throws {
    let root = try fixture("layouts.h5")
    #expect(try root.kind(of: "numbers") == .group)
    #expect(try root.kind(of: "numbers/half") == .dataset)
    #expect(try root.kind(of: "links/named_type") == .namedType)
    #expect(try root.kind(of: "numbers/quarter") == nil)
    #expect(try root.kind(of: "numbers/half/deeper") == nil)
    #expect(root.contains("numbers/half") && !root.contains("quarters/half"))
    #expect(!root.contains("links/dangling"))
  }

  @Test("A missing object is an error that lists what is there.")
  func missing() throws {
    let root = try fixture("layouts.h5")
    let text = message { _ = try root.dataset("text/missing/kernel") }
    #expect(
      text.hasSuffix(
        "layouts.h5' has no '/text/missing/kernel'. '/text' holds: ascii, compound, fixed, spaced,"
          + " terminated, utf8."))
    let many = message { _ = try fixture("latest.h5").group("other") }
    #expect(many.contains("'/' holds: group00, group01, "))
    #expect(many.hasSuffix("group11, … (9 more)."))
    let none = message { _ = try fixture("latest.h5").group("group00").group("x") }
    #expect(none.hasSuffix("has no '/group00/x'. '/group00' holds: nothing."))
  }

  @Test("An object of another kind is an error that names both kinds.")
  func wrongKind() throws {
    let root = try fixture("layouts.h5")
    #expect(
      message { _ = try root.dataset("numbers") }.hasSuffix(
        "layouts.h5' is a group, where a dataset is expected."))
    #expect(message { _ = try root.group("numbers/half") }.hasPrefix("'/numbers/half' in '"))
    #expect(
      message { _ = try root.group("links/named_type") }.hasSuffix(
        "is a named type, where a group is expected."))
  }

  @Test("A soft link inside the file is followed, one in a circle is an error.")
  func softLinks() throws {
    let root = try fixture("layouts.h5")
    #expect(try root.dataset("links/soft").read(as: Float.self)[4] == 4)
    let circle = message { _ = try root.dataset("links/circle") }
    #expect(circle.hasPrefix("HDF5 cannot open '/links/circle' in '"))
    #expect(circle.contains("too many links"))
    #expect(throws: HDF5Error.self) { _ = try root.dataset("links/dangling") }
  }

  @Test("What another file holds is refused.", arguments: ["link", "raw", "virtual"])
  func elsewhere(name: String) throws {
    let root = try fixture("layouts.h5")
    let text = message { _ = try root.dataset("elsewhere/\(name)") }
    #expect(text.hasPrefix("'/elsewhere/\(name)' in '"))
    #expect(
      text.hasSuffix(
        "' is stored in another file, which is not followed. Copy it into the file"
          + " (h5repack, h5copy)."))
  }

  @Test("A soft link does not lead to another file either.")
  func softLinkOut() throws {
    let root = try fixture("layouts.h5")
    #expect(throws: HDF5Error.self) { _ = try root.dataset("elsewhere/soft_out") }
  }

  @Test("All datasets are found once, in spite of cycles and of what cannot be opened.")
  func datasetPaths() throws {
    let root = try fixture("layouts.h5")
    let paths = root.datasetPaths()
    #expect(paths.contains("/links/soft") != paths.contains("/numbers/single"))
    #expect(Set(paths).count == paths.count)
    #expect(paths.count == 30)
    #expect(
      try root.group("text").datasetPaths() == [
        "/text/ascii", "/text/compound", "/text/fixed", "/text/spaced", "/text/terminated",
        "/text/utf8",
      ])
  }

  @Test("What exists cannot be created again.")
  func createTwice() throws {
    let scratch = try Scratch()
    let file = try HDF5File(creating: scratch.path("x.h5"))
    try file.root.createGroup("a/b")
    #expect(try file.root.group("a").children() == ["b"])
    let text = message { try file.root.createGroup("a/b") }
    #expect(text.hasPrefix("HDF5 cannot create '/a/b' in '"))
    #expect(text.contains("name already exists"))
  }
}
