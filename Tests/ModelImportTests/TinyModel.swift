import Foundation
import HDF5Support
import NetworkGraph
import TestSupport

@testable import ModelImport

/// A Keras file made by a test, in Keras' legacy layout.
struct TinyModel {
  /// A weight whose values count up from `start` in steps of 1/8.
  struct Weight {
    let name: String
    let shape: [Int]
    var start: Float = 0
    var values: [Float] {
      (0..<shape.reduce(1, *)).map { start + Float($0) / 8 }
    }
  }

  /// The text of `model_config`; `nil` for weights alone.
  var config: String?
  /// The groups of weights, in order; `nil` for an architecture alone.
  var groups: [(name: String, weights: [Weight])]?
  var version: String? = "2.4.0"
  var backend: String? = "tensorflow"
  /// Whether the lists of names are split into numbered attributes.
  var splitsLists = false

  /// Writes a file that lives as long as the tests, and returns its path.
  func write() throws -> String {
    let path = Folders.temporaryPath(extension: "h5")
    let root = try HDF5File(creating: path).root
    if let config { try root.attributes.create("model_config", config) }
    guard let groups else { return path }
    let parent = config == nil ? root : try root.createGroup("model_weights")
    if let version { try parent.attributes.create("keras_version", version) }
    if let backend { try parent.attributes.create("backend", backend) }
    try list("layer_names", groups.map(\.name), in: parent)
    for (name, weights) in groups {
      let group = try parent.createGroup(name)
      try list("weight_names", weights.map(\.name), in: group)
      for weight in weights {
        try group.createDataset(weight.name, weight.values, shape: weight.shape)
      }
    }
    return path
  }

  private func list(_ name: String, _ values: [String], in group: HDF5Group) throws {
    if values.isEmpty {
      try group.attributes.create(name, [Double]())
    } else if splitsLists {
      for (index, value) in values.enumerated() {
        try group.attributes.create("\(name)\(index)", [value])
      }
    } else {
      try group.attributes.create(name, values)
    }
  }
}

extension TinyModel {
  /// A sequential model of one layer named `layer`.
  init(
    _ className: String, _ settings: String = "", input: [Int], weights: [Weight] = [],
    version: String = "2.4.0"
  ) {
    let shape = (["null"] + input.map(String.init)).joined(separator: ", ")
    let more = settings.isEmpty ? "" : ", " + settings
    config = """
      {"class_name": "Sequential", "config": {"name": "net", "layers": [
        {"class_name": "InputLayer", "config": {"batch_input_shape": [\(shape)], "name": "x"}},
        {"class_name": "\(className)", "config": {"name": "layer"\(more)}}]}}
      """
    groups = [("x", []), ("layer", weights)]
    self.version = version
  }

  /// Writes the model, and reads it back as a graph.
  func graph(inputShapes: [[Int]]? = nil) throws -> Graph {
    try KerasModel(reading: try write()).graph(inputShapes: inputShapes)
  }
}

extension Graph {
  /// Each node as `label shape`, for comparison with what a test expects.
  var outline: [String] { nodes.map { "\($0.operation.label) \($0.shape)" } }

  /// The shape of the only output.
  var outputExtents: [Int] { nodes[outputs[0]].shape.extents }
}

/// Runs `body`, and returns the description of what it throws.
func message(_ body: () throws -> Void) -> String? {
  do {
    try body()
    return nil
  } catch { return "\(error)" }
}
