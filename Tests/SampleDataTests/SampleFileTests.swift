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
  }

  @Test("A file of an unknown kind is an error that lists the known ones.")
  func unknownKind() throws {
    let scratch = try Scratch()
    let path = try scratch.file("x.parquet", "PAR1....".utf8)
    #expect(
      message { _ = try SampleFile.open(path) }
        == "'\(path)' is of no kind of data that Rangefinder knows."
        + " Known: HDF5 (.h5, .hdf5), NumPy (.npy).")
  }

  @Test(
    "A missing file and a folder are errors with the system's reason.",
    arguments: [
      ("no/such.npy", "No such file or directory"), ("no/such", "No such file or directory"),
      ("no/such.h5", "No such file or directory"), ("/tmp", "Is a directory"),
    ])
  func missing(path: String, reason: String) {
    #expect(message { _ = try SampleFile.open(path) } == "'\(path)' cannot be read: \(reason).")
  }
}
