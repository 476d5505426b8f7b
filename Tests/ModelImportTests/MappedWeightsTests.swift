import FileSupport
import HDF5Support
import NetworkGraph
import TestSupport
import Testing

@testable import ModelImport

@Suite("Weights that lie where the file is mapped")
struct MappedWeightsTests {
  /// More than a megabyte.
  private let shape = [600, 500]

  private func numbers(in file: RandomAccessFile?, of path: String) throws -> Numbers {
    let dataset = try HDF5File(reading: path).root.dataset("x")
    return try ModelFileContents.Weight(name: "x", dataset: dataset).numbers(in: file)
  }

  @Test(
    "Those of a large weight do that the file has as they are; others are copied, and the same.",
    arguments: ["float", "double", "big-endian", "packed", "small", "without a file"])
  func storage(kind: String) throws {
    let scratch = try Scratch()
    var path = scratch.path("x.h5")
    let shape = kind == "small" ? [6, 5] : shape
    let values = (0..<shape.reduce(1, *)).map { Float($0) / 8 }
    do {
      let root = try HDF5File(creating: path).root
      if kind == "double" {
        try root.createDataset("x", values.map(Double.init), shape: shape)
      } else {
        try root.createDataset(
          "x", values, shape: shape, compression: kind == "packed" ? .deflate(level: 1) : .none)
      }
    }
    if kind == "big-endian" { path = try bigEndianTwin(of: path, ["x"], in: scratch) }
    let file = kind == "without a file" ? nil : try RandomAccessFile(path)
    let numbers = try numbers(in: file, of: path)
    // Not compared in the expectation, which would take minutes to say how so many numbers differ.
    let areSame = numbers.array == values
    #expect(areSame)
    #expect(numbers.isArray == (kind != "float"))
  }

  /// Writes a file with all numbers in the order of bytes that is not that of memory.
  private func bigEndianTwin(
    of path: String, _ datasets: [String], in scratch: Scratch
  ) throws -> String {
    let pieces = try datasets.map { name in
      let dataset = try HDF5File(reading: path).root.dataset(name)
      return (place: try #require(try dataset.placeOfFloats()), count: dataset.elementCount)
    }
    let twin = scratch.path("twin.h5")
    try BigEndianTwin.write(twin, of: path, pieces: pieces)
    return twin
  }

  @Test("A network's fingerprint and graph are the same with, without, and in other bytes.")
  func sameNetwork() throws {
    let path = try TinyModel(
      "Dense", #""units": 500"#, input: [600],
      weights: [.init(name: "kernel", shape: shape), .init(name: "bias", shape: [500])]
    ).write()
    var contents = try ModelFileContents(reading: path)
    let mapped = try KerasModel(contents)
    contents.weightFile = nil
    let copied = try KerasModel(contents)
    let scratch = try Scratch()
    let twin = try bigEndianTwin(
      of: path, ["kernel", "bias"].map { "model_weights/layer/\($0)" }, in: scratch)
    let bigEndian = try KerasModel(reading: twin)
    #expect(mapped.digest == copied.digest && mapped.digest == bigEndian.digest)
    let kernels = try [mapped, copied, bigEndian].map { model in
      guard case .dense(let kernel, _) = try model.graph().nodes[1].operation else {
        return Numbers([])
      }
      return kernel.values
    }
    #expect(kernels.map(\.isArray) == [false, true, true])
    #expect(kernels.allSatisfy { $0.array == kernels[0].array })
  }
}

extension Numbers {
  /// Whether they lie in an array, which is not copied then.
  fileprivate var isArray: Bool {
    withUnsafeBufferPointer { numbers in
      array.withUnsafeBufferPointer { $0.baseAddress == numbers.baseAddress }
    }
  }
}
