import TestSupport
import Testing

@testable import SampleData

@Suite struct ImageListTests {
  let scratch: Scratch

  init() throws {
    scratch = try Scratch()
  }

  private func names(_ list: ImageList) -> [String] {
    list.paths.map { String($0.dropFirst(scratch.path("").count)) }.map {
      $0.hasPrefix("/") ? String($0.dropFirst()) : $0
    }
  }

  @Test("A folder's images are sorted by the bytes of their paths, and its folders are the labels.")
  func folders() throws {
    for name in [
      "zebra/b.png", "zebra/a.JPG", "ant/deep/er/1.webp", "ant/2.jpeg", "Äpfel/x.png",
      "Bee/é.png", "Bee/Z.png",
    ] {
      _ = try scratch.copy("colour.png", as: name)
    }
    _ = try scratch.folder("empty")
    let list = try ImageList(folder: scratch.path(""))
    let expected = [
      "Bee/Z.png", "Bee/é.png", "ant/2.jpeg", "ant/deep/er/1.webp", "zebra/a.JPG", "zebra/b.png",
      "Äpfel/x.png",
    ]
    #expect(names(list) == expected)
    // Bee, ant, empty, zebra, Äpfel: a folder without images is a class too.
    #expect(list.classes == [0, 0, 1, 1, 3, 3, 4])
    _ = try scratch.copy("colour.png", as: "loose.png")
    #expect(try ImageList(folder: scratch.path("")).classes == nil)
    #expect(try ImageList(folder: scratch.path("")).paths.count == 8)
  }

  @Test("Files that are no images and hidden ones are left out; nameless images are not.")
  func otherFiles() throws {
    _ = try scratch.copy("colour.png", as: "a/picture")
    _ = try scratch.copy("colour.png", as: "a/.hidden.png")
    _ = try scratch.copy("colour.png", as: ".cache/b.png")
    _ = try scratch.file("a/Thumbs.db", [1, 2, 3])
    _ = try scratch.file("a/empty", [])
    #expect(names(try ImageList(folder: scratch.path("a"))) == ["a/picture"])
    #expect(try ImageList(folder: scratch.path("")).classes == [0])
    // Images of formats that are not read are not left out in silence.
    let gif = try scratch.file("a/b.gif", "GIF89a".utf8)
    #expect(
      message { _ = try ImageSamples(scratch.path("a")) }
        == "'\(gif)' is not an image that can be read. Known: JPEG, PNG, and WebP.")
  }

  @Test("Links are followed, and every folder is entered once, so that loops end.")
  func links() throws {
    _ = try scratch.copy("colour.png", as: "real/a.png")
    _ = try scratch.folder("set/one")
    try scratch.link("set/one/up", to: "..")
    try scratch.link("set/one/self", to: "self")
    try scratch.link("set/one/b.png", to: "../../real/a.png")
    try scratch.link("set/one/gone.png", to: "nowhere.png")
    try scratch.link("set/two", to: "../real")
    let list = try ImageList(folder: scratch.path("set"))
    #expect(names(list) == ["set/one/b.png", "set/two/a.png"])
    #expect(list.classes == [0, 1])
  }

  @Test("Folders may lie deep.")
  func deep() throws {
    let deep = Array(repeating: "d", count: 500).joined(separator: "/")
    _ = try scratch.copy("colour.png", as: "\(deep)/a.png")
    #expect(names(try ImageList(folder: scratch.path(""))) == ["\(deep)/a.png"])
  }

  @Test("A folder without images is an error.")
  func noImages() throws {
    let folder = try scratch.folder("a")
    #expect(
      message { _ = try SampleFile.open(folder) }
        == "'\(folder)' has no images. Known: JPEG, PNG, and WebP.")
    #expect(message { _ = try ImageList(folder: "no/such") }.contains("No such file"))
  }

  @Test("A list has a path a line, and labels after tabs, or numbers after spaces.")
  func list() throws {
    func list(_ text: String) throws -> ImageList {
      try ImageList(list: try scratch.file("list.txt", text.utf8))
    }
    let numbers = try list("a.png 3\r\n\n/b c.png 1\r\nd/e.png\t2")
    #expect(numbers.paths == [scratch.path("a.png"), "/b c.png", scratch.path("d/e.png")])
    #expect(numbers.classes == [3, 1, 2])
    let words = try list("a b.png\tdog\nc.png\tcat\nd.png\tdog\n")
    #expect(names(words) == ["a b.png", "c.png", "d.png"])
    #expect(words.classes == [1, 0, 1])
    let some = try list("my cat.png\nc.png 4\n")
    #expect(names(some) == ["my cat.png", "c.png"])
    #expect(some.classes == nil)
    let path = scratch.path("list.txt")
    #expect(
      message { _ = try list(" \n\n") } == "'\(path)' has no images. Known: JPEG, PNG, and WebP.")
  }
}
