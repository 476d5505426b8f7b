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
    arguments: ["float", "double", "packed", "small", "without a file"])
  func storage(kind: String) throws {
    let scratch = try Scratch()
    let path = scratch.path("x.h5")
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
    let file = kind == "without a file" ? nil : try RandomAccessFile(path)
    let numbers = try numbers(in: file, of: path)
    #expect(numbers.array == values)
    #expect(numbers.isArray == (kind != "float"))
  }

  @Test("A network's fingerprint and graph are the same with and without.")
  func sameNetwork() throws {
    let path = try TinyModel(
      "Dense", #""units": 500"#, input: [600],
      weights: [.init(name: "kernel", shape: shape), .init(name: "bias", shape: [500])]
    ).write()
    var contents = try ModelFileContents(reading: path)
    let mapped = try KerasModel(contents)
    contents.weightFile = nil
    let copied = try KerasModel(contents)
    #expect(mapped.digest == copied.digest)
    let kernels = try [mapped, copied].map { model in
      guard case .dense(let kernel, _) = try model.graph().nodes[1].operation else {
        return Numbers([])
      }
      return kernel.values
    }
    #expect(kernels.map(\.isArray) == [false, true])
    #expect(kernels[0].array == kernels[1].array)
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
