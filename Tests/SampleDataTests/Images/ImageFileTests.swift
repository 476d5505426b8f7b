import TestSupport
import Testing

@testable import SampleData

@Suite struct ImageFileTests {
  let scratch: Scratch

  init() throws {
    scratch = try Scratch()
  }

  @Test(
    "Images of every kind are decoded to the pixels that Pillow decodes, in colour and in grey.",
    arguments: [
      "photo.jpg", "progressive.jpg", "grey.jpg", "cmyk.jpg", "turned.jpg", "colour.png",
      "transparent.png", "palette.png", "grey.png", "bits.png", "lossy.webp", "lossless.webp",
    ])
  func pixels(name: String) throws {
    let image = try ImageFile(Fixtures.path(name))
    #expect(image.size == ImageSize(width: 21, height: 17))
    let colour = try image.decode(channels: 3)
    #expect(try colour.pixels.map(Float.init) == Fixtures.array("pixels.npz", name))
    let grey = try image.decode(channels: 1)
    #expect(grey.channels == 1)
    #expect(try grey.pixels.map(Float.init) == Fixtures.array("pixels.npz", "\(name)_grey"))
  }

  @Test("16 bits are rounded to 8.")
  func sixteenBits() throws {
    let image = try ImageFile(Fixtures.path("sixteen.png")).decode(channels: 3)
    #expect(try image.pixels.map(Float.init) == Fixtures.array("pixels.npz", "sixteen.png"))
  }

  @Test("The first bytes tell the format, not the name.")
  func signature() throws {
    let path = try scratch.copy("colour.png", as: "a.jpg")
    #expect(try ImageFile(path).format == .png)
    #expect(ImageFile.Format(Array("RIFF....WAVE".utf8)) == nil)
  }

  @Test("What is no image is an error that names the file.")
  func notImage() throws {
    for content in ["", "GIF89a", "\u{FF}"] {
      let path = try scratch.file("a.jpg", content.utf8)
      #expect(
        message { _ = try ImageFile(path) }
          == "'\(path)' is not an image that can be read. Known: JPEG, PNG, and WebP.")
    }
  }

  /// What each library says of a file of which a tenth is missing, and of its first 20 bytes.
  private static let cuts: [(name: String, format: String, cut: String, start: String)] = [
    ("photo.jpg", "JPEG", "Premature end of JPEG file", "it has no pixels"),
    ("colour.png", "PNG", "read beyond end of data", "read beyond end of data"),
    ("lossy.webp", "WebP", "its data is damaged or cut short", "its header is cut short"),
  ]

  @Test("An image that is cut short is an error with its library's own words.", arguments: cuts)
  func cut(name: String, format: String, cut: String, start: String) throws {
    let bytes = try Fixtures.bytes(name)
    let most = try scratch.file("a", bytes.prefix(bytes.count * 9 / 10))
    #expect(
      message { _ = try ImageFile(most).decode(channels: 3) }
        == "'\(most)' is a \(format) image that cannot be decoded: \(cut).")
    let few = try scratch.file("b", bytes.prefix(20))
    #expect(
      message { _ = try ImageFile(few) }
        == "'\(few)' is a \(format) image that cannot be decoded: \(start).")
  }

  @Test("Stray bytes between the parts of a JPEG file do no harm.")
  func strayBytes() throws {
    let bytes = try Fixtures.bytes("photo.jpg")
    let stray = bytes.dropLast(2) + [0, 0, 0] + bytes.suffix(2)
    let image = try ImageFile(try scratch.file("a.jpg", stray)).decode(channels: 3)
    #expect(try image.pixels.map(Float.init) == Fixtures.array("pixels.npz", "photo.jpg"))
  }

  @Test("A picture of more than 100 million pixels is refused before any are allocated.")
  func bomb() throws {
    let path = Fixtures.path("bomb.png")
    #expect(
      message { _ = try ImageFile(path) }
        == "'\(path)' would have 60000x60000 pixels; at most 100 million are read.")
  }

  @Test("An animation is refused.")
  func animation() {
    let path = Fixtures.path("animated.webp")
    #expect(
      message { _ = try ImageFile(path) }
        == "'\(path)' is a WebP image that cannot be decoded: it is an animation.")
  }

  @Test(
    "No change of a single byte does worse than an error.",
    arguments: ["photo.jpg", "progressive.jpg", "palette.png", "transparent.png", "lossy.webp"])
  func mutations(name: String) throws {
    let honest = try Fixtures.bytes(name)
    var decoded = 0
    for offset in honest.indices {
      var bytes = honest
      bytes[offset] ^= 1 << (offset % 8)
      let path = try scratch.file("a", bytes)
      // A changed header may make a picture so large that decoding would take too long here.
      guard let image = try? ImageFile(path), image.size.width * image.size.height < 10_000,
        let bitmap = try? image.decode(channels: 3)
      else { continue }
      #expect(bitmap.pixels.count == image.size.width * image.size.height * 3)
      decoded += 1
    }
    // A signature, a length, or a sum is wrong in most, but not in all.
    #expect((1..<honest.count).contains(decoded))
  }
}
