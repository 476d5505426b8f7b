import HDF5Support
import TestSupport
import Testing

@testable import SampleData

/// The folder of real data that some checkouts have beside the package.
private let realData = Folders.trained?.appending(path: "data").path

@Suite struct HDF5SamplesTests {
  let scratch: Scratch
  let six = (0..<6).map { UInt8($0) }

  init() throws {
    scratch = try Scratch()
  }

  @Test("Samples are found by name, in order of preference, whatever else is there.")
  func findByName() throws {
    let file = try scratch.hdf5("a.h5") { root in
      try root.createDataset("images", six, shape: [2, 3])
      try root.createDataset("x_test", six, shape: [3, 2])
      try root.createDataset("x_train", six, shape: [6, 1])
      try root.createDataset("x", ["not", "numbers"])
    }
    let samples = try SampleFile.open(file)
    #expect(samples.description == "a.h5:/x_test")
    #expect(samples.sampleCount == 3 && samples.sampleShape == [2] && samples.sampleSize == 2)
    #expect(try samples.read(1..<3) == [2, 3, 4, 5])
    #expect(try SampleFile.open("\(file):/images").read(0..<1) == [0, 1, 2])
  }

  @Test("The only dataset of numbers is the samples; labels and strings do not count.")
  func findOnly() throws {
    let file = try scratch.hdf5("a.h5") { root in
      try root.createDataset("deep/faces", six, shape: [2, 3])
      try root.createDataset("deep/labels", [Int64(1), 0])
      try root.createDataset("names", ["a", "b"])
      try root.createDataset("version", [Float(1)], shape: [])
    }
    let samples = try SampleFile.open(file)
    #expect(samples.description == "a.h5:/deep/faces")
    #expect(try samples.labels() == [1, 0])
  }

  @Test("Several candidates are an error that lists them and says how to name one.")
  func ambiguous() throws {
    let file = try scratch.hdf5("a.h5") { root in
      try root.createDataset("left", six, shape: [2, 3])
      try root.createDataset("right", [Float(1), 2])
    }
    #expect(
      message { _ = try SampleFile.open(file) } == """
        '\(file)' has several datasets that could be the samples:
          /left  2×3 uint8
          /right  2 float32
          Name one:  --data \(file):/left
        """)
  }

  @Test("A file without numbers, or a dataset that holds no samples, is an error.")
  func nothing() throws {
    let file = try scratch.hdf5("a.h5") { root in
      try root.createDataset("names", ["a"])
      try root.createDataset("one", [Float(1)], shape: [])
      try root.createDataset("none", [Float](), shape: [0, 3])
    }
    let none = try scratch.hdf5("b.h5") { try $0.createDataset("names", ["a"]) }
    #expect(
      message { _ = try SampleFile.open(none) }
        == "'\(none)' has no dataset of numbers that could be the samples.")
    #expect(
      message { _ = try SampleFile.open("\(file):/one") }
        == "'\(file)' has no samples at '/one', which holds a single float32."
        + " Samples are numbers along a first axis.")
    #expect(
      message { _ = try SampleFile.open("\(file):/names") }
        == "'\(file)' has no samples at '/names', which holds string."
        + " Samples are numbers along a first axis.")
    #expect(
      message { _ = try SampleFile.open("\(file):/none") }
        == "'\(file)' holds no samples: its shape is [0, 3].")
    #expect(
      message { _ = try SampleFile.open("\(file):/y") }
        == "'\(file)' has no '/y'. '/' holds: names, none, one.")
  }

  @Test("Labels are beside the samples, named like them, and as many.")
  func labels() throws {
    let file = try scratch.hdf5("a.h5") { root in
      try root.createDataset("x_heldout", six, shape: [3, 2])
      try root.createDataset("y_heldout", [UInt8(2), 0, 1])
      try root.createDataset("x_test", six, shape: [2, 3])
      try root.createDataset("labels_test", [Float(1), 0])
      try root.createDataset("y", [Int64(5), 6, 7])
      try root.createDataset("x_short", six, shape: [2, 3])
      try root.createDataset("y_short", [Int64(5), 6, 7])
      try root.createDataset("images", six, shape: [3, 2])
    }
    #expect(try SampleFile.open("\(file):/x_heldout").labels() == [2, 0, 1])
    #expect(try SampleFile.open("\(file):/x_test").labels() == [1, 0])
    #expect(try SampleFile.open("\(file):/x_short").labels() == nil)
    #expect(try SampleFile.open("\(file):/images").labels() == [5, 6, 7])
  }

  @Test("One-hot rows are labels; other rows and fractions are not.")
  func labelKinds() throws {
    let file = try scratch.hdf5("a.h5") { root in
      for name in ["hot", "soft", "column", "fraction", "two"] {
        try root.createDataset("x_\(name)", six, shape: [2, 3])
      }
      try root.createDataset("y_hot", [Float(0), 0, 1, 1, 0, 0], shape: [2, 3])
      try root.createDataset("y_soft", [Float(0.1), 0.9, 0.5, 0.5], shape: [2, 2])
      try root.createDataset("y_column", [Int64(3), -1], shape: [2, 1])
      try root.createDataset("y_fraction", [0.5, 1])
      try root.createDataset("y_two", [UInt8(1), 1, 0, 1], shape: [2, 2])
    }
    #expect(try SampleFile.open("\(file):/x_hot").labels() == [2, 0])
    #expect(try SampleFile.open("\(file):/x_soft").labels() == nil)
    #expect(try SampleFile.open("\(file):/x_column").labels() == [3, -1])
    #expect(try SampleFile.open("\(file):/x_fraction").labels() == nil)
    #expect(try SampleFile.open("\(file):/x_two").labels() == nil)
  }

  @Test("Several threads read one dataset.")
  func threads() async throws {
    let values = (0..<6000).map { Float($0) }
    let file = try scratch.hdf5("a.h5") { root in
      try root.createDataset("x", values, shape: [60, 100], compression: .deflate(level: 1))
    }
    let samples = try SampleFile.open(file)
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for sample in 0..<60 {
        group.addTask {
          try samples.read(sample..<sample + 1) == Array(values[sample * 100..<sample * 100 + 100])
        }
      }
      for try await isRight in group { #expect(isRight) }
    }
  }

  @Test(
    "Real pictures have the fingerprint that another implementation gives them.",
    .enabled(if: realData != nil, "there are no shared networks beside the package"))
  func realPictures() throws {
    let samples = try SampleFile.open("\(realData ?? "")/cifar10_test_300.h5")
    #expect(samples.sampleCount == 300 && samples.sampleShape == [32, 32, 3])
    #expect(try samples.digest() == "930c6102de4f9d45")
    #expect(try samples.labels()?.prefix(5) == [0, 1, 2, 3, 4])
    // Sums of integers below 2²⁴ are exact in 32-bit floating point.
    #expect(try samples.read(299..<300).reduce(0, +) == 205_980)
    let digits = try SampleFile.open("\(realData ?? "")/mnist_t10k_2000.h5:/x")
    #expect(try digits.digest() == "3654fd5e36aae036")
    #expect(try digits.labels()?.prefix(8) == [7, 2, 1, 0, 4, 1, 4, 9])
  }
}
