import Foundation
import NetworkGraph
import TestSupport
import Testing

@testable import ModelImport

@Suite("A map of weights")
struct WeightMapTests {
  private func file(_ text: String) throws -> String {
    let path = Folders.temporaryPath(extension: "json")
    try Data(text.utf8).write(to: URL(filePath: path))
    return path
  }

  @Test("A JSON object of texts is a map.")
  func reading() throws {
    let path = try file(#"{"conv": "body/layers/conv2d", "top": "head"}"#)
    let map = try WeightMap(reading: path)
    #expect(map.file == path)
    #expect(map.groups == ["conv": "body/layers/conv2d", "top": "head"])
  }

  @Test(
    "Anything else is refused.",
    arguments: [
      ("[1]", "[1]"), (#"{"a": 3}"#, "3 for 'a'"),
      ("{", "no JSON: the text ends early at byte 1"),
    ])
  func invalid(text: String, found: String) throws {
    let path = try file(text)
    #expect(
      message { _ = try WeightMap(reading: path) }
        == """
        the weight map '\(path)' holds \(found); expected: {"layer": "path in the file", …}.
        """)
  }

  @Test("A map must name every layer with weights, and nothing that is not there.")
  func mismatch() throws {
    let map = WeightMap(file: "m.json", groups: ["a": "x", "b": "y"])
    try map.check(layers: ["a", "b"], groups: ["x", "y", "z"])
    #expect(
      message { try map.check(layers: ["a", "c", "d"], groups: ["y"]) }
        == """
        the weight map 'm.json' does not fit the network.
          Layers with weights that it leaves out: c, d.
          Layers that the architecture does not have, or not with weights: b.
          Paths at which the file has no weights: x.
        """)
  }

  @Test("A map also sorts the groups of a legacy file.")
  func legacy() throws {
    let path = try TinyModel(
      config: """
        {"class_name": "Sequential", "config": [
          {"class_name": "Dense", "config": {"name": "a", "units": 2, "use_bias": false,
            "batch_input_shape": [null, 2]}},
          {"class_name": "Dense", "config": {"name": "b", "units": 2, "use_bias": false}}]}
        """,
      groups: [
        ("a", [.init(name: "k", shape: [2, 2], start: 1)]),
        ("b", [.init(name: "k", shape: [2, 2], start: 2)]),
      ]
    ).write()
    let model = try KerasModel(
      reading: path, weightMap: WeightMap(file: "m.json", groups: ["a": "b", "b": "a"]))
    let assigned = try model.weights.assigned(to: model.config, by: model.weightMap)
    #expect(assigned.mapValues { $0[0].tensor.values[0] } == ["a": 2, "b": 1])
  }
}
