import Foundation
import HDF5Support
import Testing

@testable import ModelImport

@Suite("Keras' legacy HDF5 layout")
struct LegacyHDF5Tests {
  private let noText = ArchitectureText(file: "m.json", text: "")

  private func file(_ fill: (HDF5Group) throws -> Void) throws -> String {
    let path = try TinyModel(config: nil, groups: nil).write()
    try fill(try HDF5File(creating: path).root)
    return path
  }

  @Test(
    "Weights are read in the order of the lists, also when these are split.",
    arguments: [false, true])
  func order(splits: Bool) throws {
    let path = try TinyModel(
      config: "{}",
      groups: [
        (
          "block/conv",
          [.init(name: "z/k:0", shape: [2, 3], start: 5), .init(name: "a", shape: [])]
        ),
        ("relu", []),
      ], version: "2.0.1", backend: "theano", splitsLists: splits
    ).write()
    let file = try LegacyHDF5(HDF5File(reading: path))
    let weights = try KerasWeights(file.contents(architecture: noText))
    #expect(try file.architecture()?.bytes == Array("{}".utf8))
    #expect(try file.kerasVersion() == "2.0.1")
    #expect(weights.hasMirroredKernels)
    #expect(weights.groups.map(\.name) == ["block/conv", "relu"])
    #expect(weights.groups[0].weights.map(\.name) == ["z/k:0", "a"])
    #expect(weights.groups[0].weights.map(\.tensor.extents) == [[2, 3], []])
    #expect(weights.groups[0].weights[0].tensor.values[1] == 5.125)
    #expect(weights.parameterCount == 7)
  }

  @Test("Weights alone may lie at the root.")
  func weightsAlone() throws {
    let path = try TinyModel(config: nil, groups: [("d", [.init(name: "k", shape: [2])])]).write()
    let file = try LegacyHDF5(HDF5File(reading: path))
    #expect(try file.architecture() == nil)
    #expect(try KerasWeights(file.contents(architecture: noText)).groups.map(\.name) == ["d"])
  }

  @Test("A file that Keras did not write is refused with what is in it.")
  func notKeras() throws {
    let path = try file { try $0.createDataset("x", [Float(1)]) }
    #expect(
      message { _ = try LegacyHDF5(HDF5File(reading: path)) }
        == """
        '\(path)' is an HDF5 file, but not a Keras model: it has neither 'model_config' nor \
        'layer_names'.
          At its root: x.
        """)
  }

  @Test("Files of Keras 0 are refused by name.")
  func keras0() throws {
    let old = try file { try $0.attributes.create("nb_layers", 3) }
    #expect(
      message { _ = try LegacyHDF5(HDF5File(reading: old)) }
        == """
        '\(old)' is a weights file of Keras 0 ('nb_layers'), which Rangefinder does not read.
          Load it with the Keras that wrote it, and save it with a newer one.
        """)
  }

  @Test("An architecture without weights is refused.")
  func noWeights() throws {
    let path = try TinyModel(config: "{}", groups: nil).write()
    #expect(
      message { _ = try ModelFileContents(reading: path) }
        == """
        '\(path)' holds an architecture without weights (no 'model_weights').
          Save the trained network with model.save.
        """)
  }

  @Test("A list of layers that names a missing group is refused by HDF5's own error.")
  func missingGroup() throws {
    let path = try file { try $0.attributes.create("layer_names", ["gone"]) }
    #expect(throws: HDF5Error.self) {
      try LegacyHDF5(HDF5File(reading: path)).contents(architecture: noText)
    }
  }
}
