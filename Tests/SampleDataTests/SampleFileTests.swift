import TestSupport
import Testing

@testable import SampleData

@Suite struct SampleFileTests {
  @Test("A specification is a file, and a path after a colon.")
  func split() {
    #expect(SampleFile.split("a/b.h5") == ("a/b.h5", nil))
    #expect(SampleFile.split("a/b.h5:/x/y") == ("a/b.h5", "/x/y"))
    #expect(SampleFile.split("a:b.h5") == ("a:b.h5", nil))
    #expect(SampleFile.split("a:b.h5:/x") == ("a:b.h5", "/x"))
  }

  @Test("A file without a known ending is known by its first bytes.")
  func signatures() throws {
    let scratch = try Scratch()
    _ = try scratch.hdf5("data") { try $0.createDataset("x", [Float(1), 2]) }
    #expect(try SampleFile.open(scratch.path("data")).description == "data:/x")
    let header = "{'descr': '|u1', 'fortran_order': False, 'shape': (1,)}"
    let array = try scratch.numPy("array", header: header, bytes: [7])
    #expect(try SampleFile.open(array).read(0..<1) == [7])
    for (file, isHDF5) in [("data", true), ("data:/x", true), ("array", false), ("no", false)] {
      #expect(SampleFile.isHDF5(scratch.path(file)) == isHDF5)
    }
  }

  @Test("A file of an unknown kind is an error that lists the known ones.")
  func unknownKind() throws {
    let scratch = try Scratch()
    let path = try scratch.file("x.parquet", "PAR1....".utf8)
    #expect(
      message { _ = try SampleFile.open(path) }
        == "'\(path)' is of no kind of data that Rangefinder knows. Known: HDF5 (.h5, .hdf5),"
        + " NumPy (.npy, .npz), CSV (.csv, .tsv), IDX (…-ubyte, .idx, also .gz), images (.jpg,"
        + " .png, .webp; a folder, or a list of paths in a .txt file).")
    let empty = try scratch.file("empty", [])
    #expect(message { _ = try SampleFile.open(empty) }.hasPrefix("'\(empty)' is of no kind"))
  }

  @Test(
    "A missing file is an error with the system's reason.",
    arguments: [
      ("no/such.npy", "No such file or directory"), ("no/such", "No such file or directory"),
      ("no/such.h5", "No such file or directory"), ("no/such.csv", "No such file or directory"),
      ("no/such.npz", "No such file or directory"), ("no/such.txt", "No such file or directory"),
      ("no/such.jpg", "No such file or directory"),
      ("no/such-images-idx3-ubyte", "No such file or directory"),
    ])
  func missing(path: String, reason: String) {
    #expect(message { _ = try SampleFile.open(path) } == "'\(path)' cannot be read: \(reason).")
  }

  @Test("Every kind is known by its ending, and without one by its first bytes.")
  func kinds() throws {
    let scratch = try Scratch()
    let kinds = [
      ("stored.npz", "a.npz:/x_test"), ("t7-images-idx3-ubyte.gz", "a.idx.gz"),
      ("photo.jpg", "a.JPG"), ("lossy.webp", "a.webp"),
    ]
    for (fixture, description) in kinds {
      let name = String(description.prefix { $0 != ":" })
      let named = try scratch.copy(fixture, as: name)
      let unnamed = try scratch.copy(fixture, as: "plain")
      #expect(try SampleFile.open(named).description == description)
      #expect(
        try SampleFile.open(unnamed).digest() == SampleFile.open(named).digest(), "\(fixture)")
    }
    let table = try scratch.file("a.tsv", "1\t2\n".utf8)
    #expect(try SampleFile.open(table).read(0..<1) == [1, 2])
  }

  @Test("An option for another kind of data is an error.")
  func unsuitableOptions() throws {
    let array = Fixtures.path("stored.npz")
    for (images, option) in [
      (ImageOptions(resize: .shorterSide(8)), "--resize"),
      (ImageOptions(crop: ImageSize(width: 2, height: 2)), "--crop"),
    ] {
      #expect(
        message { _ = try SampleFile.open(array, options: SampleOptions(images: images)) }
          == "\(option) is for images in files of their own, which '\(array)' is not."
          + " Leave it out.")
    }
    let photo = Fixtures.path("photo.jpg")
    #expect(
      message { _ = try SampleFile.open(photo, options: SampleOptions(layout: .nchw)) }
        == "--layout nchw is for arrays, which '\(photo)' is not. Leave it out.")
    #expect(
      message { _ = try SampleFile.open("\(photo):/x") }
        == "':/x' is for files of several arrays, which '\(photo)' is not. Leave it out.")
  }

  @Test("Options are described as they are given.")
  func optionsDescription() throws {
    #expect(SampleOptions().description == "")
    let shorter = ImageOptions(
      resize: try .init(parsing: "256"), crop: try ImageOptions.crop(parsing: "224"))
    #expect(
      SampleOptions(images: shorter, layout: .nchw).description
        == "--resize 256 --crop 224x224 --layout nchw")
    let exact = ImageOptions(resize: try .init(parsing: "320x240"))
    #expect(SampleOptions(images: exact).description == "--resize 320x240")
  }
}
