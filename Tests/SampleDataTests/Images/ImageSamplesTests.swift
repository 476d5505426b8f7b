import TestSupport
import Testing

@testable import SampleData

@Suite struct ImageSamplesTests {
  let scratch: Scratch

  init() throws {
    scratch = try Scratch()
    for name in ["photo.jpg", "progressive.jpg", "lossy.webp"] {
      _ = try scratch.copy(name, as: "set/b/\(name)")
    }
    for name in ["colour.png", "palette.png"] { _ = try scratch.copy(name, as: "set/a/\(name)") }
  }

  @Test("A folder of images is samples and labels, in any order and by many threads.")
  func folder() async throws {
    let samples = try SampleFile.open(scratch.path("set"))
    #expect(samples.description == "set")
    #expect(samples.sampleCount == 5 && samples.sampleShape == [17, 21, 3])
    #expect(try samples.labels() == [0, 0, 1, 1, 1])
    let names = ["colour.png", "palette.png", "lossy.webp", "photo.jpg", "progressive.jpg"]
    #expect(
      try samples.read(0..<5) == names.flatMap { try Fixtures.array("pixels.npz", $0) })
    #expect(try await samples.isSameInAnyOrder())
    let wrapped = PrefetchingDataset(samples, blockSize: 1)
    #expect(try await wrapped.isSameInAnyOrder())
  }

  @Test("A list and a single image are samples too.")
  func listAndSingle() throws {
    let list = try scratch.file("set/list.txt", "b/photo.jpg 7\na/colour.png 2\n".utf8)
    let samples = try SampleFile.open(list)
    #expect(samples.description == "list.txt" && samples.sampleCount == 2)
    #expect(try samples.labels() == [7, 2])
    #expect(try samples.read(1..<2) == Fixtures.array("pixels.npz", "colour.png"))
    let single = try SampleFile.open(scratch.path("set/b/photo.jpg"))
    #expect(try single.read(0..<1) == samples.read(0..<1))
  }

  @Test("Images of two sizes are an error that names both, unless they are brought to one.")
  func sizes() throws {
    let odd = try scratch.copy("sixteen.png", as: "set/c/odd.png")
    let samples = try SampleFile.open(scratch.path("set"))
    let words =
      "'\(odd)' has 20x17 pixels, but '\(scratch.path("set/a/colour.png"))' has 21x17."
      + " Bring all to one size:  --resize 21x17"
    #expect(message { _ = try samples.read(5..<6) } == words)
    // The fingerprint is taken before a run, and finds it too.
    #expect(message { _ = try samples.digest() } == words)
    #expect(try samples.read(0..<5).count == 5 * samples.sampleSize)
    let options = ImageOptions(
      resize: .shorterSide(16), crop: ImageSize(width: 16, height: 16), channels: 1)
    let resized = try SampleFile.open(
      scratch.path("set"), options: SampleOptions(images: options))
    #expect(resized.sampleShape == [16, 16, 1])
    #expect(try resized.read(0..<6).count == 6 * 256)
  }

  @Test("A broken image is an error only for whoever reads it, and names the file.")
  func broken() throws {
    let bytes = try Fixtures.bytes("photo.jpg")
    let path = try scratch.file("set/b/photo.jpg", bytes.dropLast(90))
    let samples = try SampleFile.open(scratch.path("set"))
    #expect(
      message { _ = try samples.read(3..<4) }
        == "'\(path)' is a JPEG image that cannot be decoded: Premature end of JPEG file.")
    #expect(try samples.read(4..<5) == Fixtures.array("pixels.npz", "progressive.jpg"))
  }

  @Test("The fingerprint depends on the files, the options, and the shape, and on nothing else.")
  func digest() throws {
    let samples = try SampleFile.open(scratch.path("set"))
    let digest = try samples.digest()
    #expect(digest.count == 16)
    let list = try scratch.file(
      "list.txt",
      "set/a/colour.png\nset/a/palette.png\nset/b/lossy.webp\nset/b/photo.jpg\nset/b/progressive.jpg"
        .utf8)
    #expect(try SampleFile.open(list).digest() == digest)
    #expect(try SampleSubset(samples, first: 2).digest() == samples.digest(of: 0..<2))
    #expect(try samples.digest(of: 0..<2) != samples.digest(of: 2..<4))
    let grey = SampleOptions(images: ImageOptions(channels: 1))
    #expect(try SampleFile.open(scratch.path("set"), options: grey).digest() != digest)
    let cropped = SampleOptions(
      images: ImageOptions(resize: .shorterSide(40), crop: ImageSize(width: 21, height: 17)))
    #expect(try SampleFile.open(scratch.path("set"), options: cropped).digest() != digest)
    var bytes = try Fixtures.bytes("photo.jpg")
    bytes[bytes.count - 40] ^= 1
    _ = try scratch.file("set/b/photo.jpg", bytes)
    #expect(try samples.digest() != digest)
  }
}
