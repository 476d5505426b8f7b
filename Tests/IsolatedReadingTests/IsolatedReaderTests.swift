import ActivationProfiling
import Foundation
import HDF5Support
import IsolatedReading
import ModelImport
import RangeStatistics
import SampleData
import TestSupport
import Testing

@Suite("Files that another process reads")
struct IsolatedReaderTests {
  private let reader = IsolatedReader.built()

  @Test(
    "A network is the same as one that is read here, to the last bit.",
    arguments: [Sound.model, Sound.archive]
      + ["user_block", "contiguous", "lzf", "number_types", "v110"].map {
        Folders.package.appending(path: "Tests/ParityTests/Fixtures/layouts/\($0).h5").path
      })
  func model(path: String) throws {
    let isolated = try KerasModel(try reader.model(path))
    let direct = try KerasModel(reading: path)
    #expect(isolated.digest == direct.digest)
    #expect(isolated.kerasVersion == direct.kerasVersion)
    #expect(isolated.layers == direct.layers)
    #expect(try isolated.graph().sites.map(\.name) == direct.graph().sites.map(\.name))
  }

  @Test("An architecture of its own takes the place of the model's.")
  func architecture() throws {
    let scratch = try Scratch()
    let text = try ModelFileContents(reading: Sound.model).architecture.text
    let path = try scratch.file("architecture.json", text)
    let isolated = try reader.model(Sound.model, architecture: path)
    #expect(isolated.architecture.file == path)
    #expect(isolated.architecture.text == text)
  }

  @Test(
    "Large weights are mapped, or copied if they are big-endian: the network is the same.",
    arguments: [false, true])
  func largeWeights(isBigEndian: Bool) throws {
    let scratch = try Scratch()
    let path = scratch.path("x.h5")
    do {
      let root = try HDF5File(creating: path).root
      try root.attributes.create(
        "model_config",
        #"""
        {"class_name": "Sequential", "config": [{"class_name": "Dense", "config":
          {"name": "a", "units": 700, "use_bias": false, "batch_input_shape": [null, 500]}}]}
        """#)
      try root.attributes.create("layer_names", ["a"])
      let group = try root.createGroup("a")
      try group.attributes.create("weight_names", ["k"])
      try group.createDataset("k", (0..<350_000).map { Float($0) / 3 }, shape: [500, 700])
    }
    let twin = scratch.path("twin.h5")
    let place = try #require(try HDF5File(reading: path).root.dataset("a/k").placeOfFloats())
    try BigEndianTwin.write(twin, of: path, pieces: [(place, 350_000)])
    let contents = try reader.model(isBigEndian ? twin : path)
    #expect((contents.groups[0].weights[0].place == nil) == isBigEndian)
    let isolated = try KerasModel(contents)
    #expect(isolated.weightFile != nil)
    #expect(try isolated.digest == KerasModel(reading: path).digest)
    #expect(isolated.parameterCount == 350_000)
  }

  @Test("Samples are the same as those that are read here, also in parts.")
  func samples() throws {
    let isolated = try reader.samples(file: Sound.data)
    let direct = try SampleFile.open(Sound.data)
    #expect(isolated.description == direct.description)
    #expect(isolated.sampleCount == direct.sampleCount)
    #expect(isolated.sampleShape == direct.sampleShape)
    #expect(try isolated.labels() == direct.labels())
    #expect(try isolated.digest() == direct.digest())
    let size = direct.sampleSize
    var (part, expected) = ([Float](repeating: 0, count: 7 * size), [Float]())
    expected = part
    try part.withUnsafeMutableBufferPointer { try isolated.read(samples: 30..<37, into: $0) }
    try expected.withUnsafeMutableBufferPointer { try direct.read(samples: 30..<37, into: $0) }
    #expect(part == expected)
  }

  @Test("Samples of more bytes than one answer holds come whole and in order.")
  func largeSamples() throws {
    let scratch = try Scratch()
    let shape = [5, 3000, 1000]  // 12 MB a sample, 60 in all.
    do {
      let values = (0..<shape.reduce(1, *)).map { Float($0 % 8191) }
      try HDF5File(creating: scratch.path("x.h5")).root.createDataset("x", values, shape: shape)
    }
    let isolated = try reader.samples(file: scratch.path("x.h5"), dataset: "/x")
    #expect(try isolated.digest() == SampleFile.open(scratch.path("x.h5")).digest())
    var all = [Float](repeating: 0, count: shape.reduce(1, *))
    try all.withUnsafeMutableBufferPointer { try isolated.read(samples: 0..<5, into: $0) }
    #expect(all.indices.allSatisfy { all[$0] == Float($0 % 8191) })
  }

  @Test(
    "Samples are the same however they are stored.",
    arguments: [HDF5Compression.none, .deflate(level: 1)], [true, false])
  func storage(compression: HDF5Compression, asFloat: Bool) throws {
    let scratch = try Scratch()
    do {
      let root = try HDF5File(creating: scratch.path("x.h5")).root
      let values = (0..<60_000).map { Double($0) / 7 }
      if asFloat {
        try root.createDataset(
          "x", values.map { Float($0) }, shape: [100, 600], compression: compression)
      } else {
        try root.createDataset("x", values, shape: [100, 600], compression: compression)
      }
    }
    let direct = try HDF5Samples(file: scratch.path("x.h5"))
    #expect((try direct.placeOfFloats() != nil) == (asFloat && compression == .none))
    let isolated = try reader.samples(file: scratch.path("x.h5"))
    #expect(try isolated.digest() == direct.digest())
  }

  @Test("Several threads read several datasets at a time.")
  func concurrency() async throws {
    let datasets = try (0..<3).map { _ in try reader.samples(file: Sound.data) }
    let expected = try SampleFile.open(Sound.data).digest()
    try await withThrowingTaskGroup(of: String.self) { group in
      for index in 0..<12 { group.addTask { try datasets[index % 3].digest() } }
      for try await digest in group { #expect(digest == expected) }
    }
  }

  @Test("A profile is equal to one that is read here.")
  func profile() throws {
    let scratch = try Scratch()
    let profile = Profile(
      provenance: Provenance(
        model: "m", modelDigest: "d", data: ["x"], dataDigests: ["e"], preprocessing: "",
        datasetSamples: 3), blocks: BlockSet([])!,
      sites: [
        Profile.Site(
          name: "a/relu", layer: "a", function: "relu", shape: [2],
          statistics: SiteStatistics(channels: 2, valuesPerSample: 2))
      ])
    _ = try scratch.file("p.h5", ProfileFile.bytes(of: profile))
    #expect(try ProfileFile.read(scratch.path("p.h5")) == profile)
    #expect(try reader.profile(scratch.path("p.h5")) == profile)
  }

  @Test(
    "What is wrong with a file is said in the words that are used here.",
    arguments: ["missing", "text", "truncated", "other", "archive"])
  func words(fault: String) throws {
    let scratch = try Scratch()
    let sound = [UInt8](try Data(contentsOf: URL(filePath: Sound.model)))
    let path =
      switch fault {
      case "text": try scratch.file("x.h5", "no network".utf8)
      case "truncated": try scratch.file("x.h5", sound.prefix(30_000))
      case "other": Sound.data
      case "archive":
        try scratch.file(
          "x.keras", try Data(contentsOf: URL(filePath: Sound.archive)).prefix(9_000))
      default: scratch.path("nowhere.h5")
      }
    let direct = message { _ = try ModelFileContents(reading: path) }
    #expect(direct.contains(path))
    #expect(message { _ = try reader.model(path) } == direct)
    #expect(
      message { _ = try reader.profile(path) } == message { _ = try ProfileFile.read(path) })
    #expect(
      message { _ = try reader.samples(file: path, dataset: "/no") }
        == message { _ = try HDF5Samples(file: path, dataset: "/no") })
  }

  @Test("A child that has refused one thing still does another.")
  func refusal() throws {
    let scratch = try Scratch()
    do {
      let root = try HDF5File(creating: scratch.path("x.h5")).root
      try root.createDataset("x", [Float](repeating: 1, count: 4), shape: [4, 1])
      try root.createDataset("y", [Float](repeating: 0.5, count: 4))
    }
    let samples = try reader.samples(file: scratch.path("x.h5"))
    #expect(try samples.labels() == HDF5Samples(file: scratch.path("x.h5")).labels())
    #expect(try samples.digest() == HDF5Samples(file: scratch.path("x.h5")).digest())
  }
}
