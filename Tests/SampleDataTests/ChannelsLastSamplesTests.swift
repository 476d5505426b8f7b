import TestSupport
import Testing

@testable import SampleData

@Suite struct ChannelsLastSamplesTests {
  let scratch: Scratch

  init() throws {
    scratch = try Scratch()
  }

  @Test("Pictures that are stored channels first are read channels last.")
  func transpose() throws {
    let path = try scratch.hdf5("a.h5") { root in
      try root.createDataset("x", (0..<24).map { Float($0) }, shape: [2, 2, 3, 2])
      try root.createDataset("y", [Int64(4), 5])
    }
    let samples = try SampleFile.open(path, options: SampleOptions(layout: .nchw))
    #expect(samples.sampleShape == [3, 2, 2] && samples.sampleCount == 2)
    #expect(samples.description == "a.h5:/x")
    let first: [Float] = [0, 6, 1, 7, 2, 8, 3, 9, 4, 10, 5, 11]
    #expect(try samples.read(0..<2) == first + first.map { $0 + 12 })
    #expect(try samples.read(1..<2) == first.map { $0 + 12 })
    #expect(try samples.labels() == [4, 5])
    #expect(try samples.digest() != SampleFile.open(path).digest())
  }

  @Test("Samples that have not three axes are an error.")
  func axes() throws {
    let path = try scratch.hdf5("a.h5") { root in
      try root.createDataset("x", [Float(1), 2], shape: [1, 2])
    }
    #expect(
      message { _ = try SampleFile.open(path, options: SampleOptions(layout: .nchw)) }
        == "--layout nchw is for samples of three axes, but a sample of 'a.h5:/x' has shape [2]."
        + " Leave the option out.")
  }
}
