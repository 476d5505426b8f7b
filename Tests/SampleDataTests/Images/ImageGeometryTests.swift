import TestSupport
import Testing

@testable import SampleData

@Suite struct ImageGeometryTests {
  private let colour = Fixtures.path("colour.png")

  @Test(
    "Resized pictures are TensorFlow's to the bit.",
    arguments: ["8x6", "10x17", "21x17", "32x25", "40x50", "1x1", "24x19", "13x11"])
  func resize(text: String) throws {
    let options = ImageOptions(resize: try .init(parsing: text))
    let samples = try ImageSamples(colour, options: options)
    #expect(try samples.read(0..<1) == Fixtures.array("resized.npz", text))
  }

  @Test("The shorter side becomes as long as asked, the longer one keeps the proportions.")
  func shorterSide() throws {
    // 21 · 19 / 17 = 23.47, 21 · 11 / 17 = 13.59.
    for (side, width) in [(19, 23), (11, 13), (17, 21)] {
      let geometry = try ImageGeometry(
        of: ImageSize(width: 21, height: 17), options: ImageOptions(resize: .shorterSide(side)),
        file: "a")
      #expect(geometry.size == ImageSize(width: width, height: side))
      let turned = try ImageGeometry(
        of: ImageSize(width: 17, height: 21), options: ImageOptions(resize: .shorterSide(side)),
        file: "a")
      #expect(turned.size == ImageSize(width: side, height: width))
    }
    let samples = try ImageSamples(colour, options: ImageOptions(resize: .shorterSide(11)))
    #expect(samples.sampleShape == [11, 13, 3])
    #expect(try samples.read(0..<1) == Fixtures.array("resized.npz", "13x11"))
  }

  @Test("The middle is cut out of the resized picture.")
  func crop() throws {
    let options = ImageOptions(
      resize: .exact(ImageSize(width: 32, height: 25)), crop: ImageSize(width: 9, height: 7))
    let samples = try ImageSamples(colour, options: options)
    #expect(samples.sampleShape == [7, 9, 3])
    let whole = try Fixtures.array("resized.npz", "32x25")
    // (25 - 7) / 2 = 9 rows and (32 - 9) / 2 = 11 columns are left out before.
    let expected = (9..<16).flatMap { (row: Int) -> ArraySlice<Float> in
      let start = (row * 32 + 11) * 3
      return whole[start..<start + 27]
    }
    #expect(try samples.read(0..<1) == expected)
  }

  @Test("A picture that is not resized keeps its pixels.")
  func untouched() throws {
    let samples = try ImageSamples(colour, options: ImageOptions(channels: 1))
    #expect(samples.sampleShape == [17, 21, 1])
    #expect(try samples.read(0..<1) == Fixtures.array("pixels.npz", "colour.png_grey"))
  }

  @Test("A crop that is too large, and a size that is, are errors.")
  func tooLarge() {
    let crop = ImageOptions(crop: ImageSize(width: 22, height: 3))
    #expect(
      message { _ = try ImageSamples(colour, options: crop) }
        == "'\(colour)' has 21x17 pixels, too few to cut out 22x3. Enlarge it first:  --resize 22")
    let resize = ImageOptions(resize: .shorterSide(10_000))
    #expect(
      message { _ = try ImageSamples(colour, options: resize) }
        == "'\(colour)' would have 12352x10000 pixels; at most 100 million are read.")
  }

  @Test("Options are lengths and sizes.")
  func parsing() throws {
    #expect(try ImageOptions.Resize(parsing: "256") == .shorterSide(256))
    #expect(
      try ImageOptions.Resize(parsing: "32x24") == .exact(ImageSize(width: 32, height: 24)))
    #expect(try ImageOptions.crop(parsing: "224") == ImageSize(width: 224, height: 224))
    #expect(try ImageOptions.crop(parsing: "7x9") == ImageSize(width: 7, height: 9))
    for text in ["", "0", "-3", "a", "3x", "x3", "1x2x3", "70000", "1.5", "3x0"] {
      #expect(
        message { _ = try ImageOptions.Resize(parsing: text) }
          == "--resize '\(text)' is not a length of the shorter side such as 256,"
          + " or a size such as 256x256.")
      #expect(
        message { _ = try ImageOptions.crop(parsing: text) }
          == "--crop '\(text)' is not a length such as 224, or a size such as 224x224.")
    }
  }
}
