import Testing

@testable import SampleData

@Suite struct ThumbnailTests {
  private func pixels(_ thumbnail: Thumbnail) throws -> [UInt8] {
    try PNGDecoder.decode(
      thumbnail.png, size: ImageSize(width: thumbnail.width, height: thumbnail.height))
  }

  @Test("The least value becomes black, the greatest white, and the others in proportion.")
  func grey() throws {
    let values = (0..<80).map { Float($0) / 40 - 1 }
    let thumbnail = try #require(Thumbnail(values, shape: [8, 10, 1]))
    #expect((thumbnail.width, thumbnail.height) == (10, 8))
    for (index, found) in try pixels(thumbnail).enumerated() {
      #expect(found == UInt8((255 * Double(index / 3) / 79).rounded()))
    }
  }

  @Test("Colours keep their order and their proportions to each other.")
  func colour() throws {
    let values = (0..<192).map { [Float(10), 0, 5][$0 % 3] }
    let found = try pixels(#require(Thumbnail(values, shape: [8, 8, 3])))
    #expect(Array(found.prefix(3)) == [255, 0, 128])
    #expect(found.count == 192)
  }

  @Test("A larger picture is scaled down to means, its longer side to the given length.")
  func scaling() throws {
    let values = (0..<64 * 32).map { (index: Int) -> Float in (index / 32 + index) % 2 == 0 ? 0 : 1
    }
    let thumbnail = try #require(Thumbnail(values, shape: [64, 32, 1], side: 32))
    #expect((thumbnail.width, thumbnail.height) == (16, 32))
    #expect(try pixels(thumbnail).allSatisfy { $0 == 128 })
    let small = try #require(Thumbnail(Array(values.prefix(64)), shape: [64], side: 32))
    #expect((small.width, small.height) == (8, 8))
  }

  @Test("Values that are not finite are black, and equal values make a black picture.")
  func degenerate() throws {
    var values = [Float](repeating: 2, count: 64)
    #expect(try pixels(#require(Thumbnail(values, shape: [8, 8, 1]))).allSatisfy { $0 == 0 })
    values[0] = .nan
    values[1] = .infinity
    values[2] = -3
    let found = try pixels(#require(Thumbnail(values, shape: [8, 8, 1])))
    #expect(found[0] == 0 && found[3] == 0 && found[6] == 0 && found[9] == 255)
  }

  @Test(
    "Grids of one or three channels and square rows are pictures, others are not.",
    arguments: [
      ([28, 28, 1], true), ([224, 200, 3], true), ([28, 28], true), ([784], true), ([785], false),
      ([49], false), ([7, 28, 1], false), ([28, 28, 4], false), ([4, 28, 28, 3], false),
      ([], false),
    ])
  func layout(shape: [Int], isPicture: Bool) {
    #expect((Thumbnail.layout(ofShape: shape) != nil) == isPicture)
  }
}
