import Foundation
import NetworkGraph
import TestSupport
import Testing

@testable import ModelImport

@Suite("A Keras file as a model")
struct KerasModelTests {
  private let dense = [
    TinyModel.Weight(name: "k", shape: [4, 3]), TinyModel.Weight(name: "b", shape: [3], start: -1),
  ]

  private func architecture(_ json: String) throws -> String {
    let path = Folders.temporaryPath(extension: "json")
    try json.write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  @Test("Name, version, inputs, layers and parameters are there before a graph is built.")
  func listing() throws {
    let model = try KerasModel(
      reading: try TinyModel("Dense", #""units": 3"#, input: [4], weights: dense).write())
    #expect(model.name == "net")
    #expect(model.kerasVersion == "2.4.0")
    #expect(model.inputs == [KerasModel.Input(name: "x", extents: [4])])
    #expect(model.layers.map(\.name) == ["x", "layer"])
    #expect(model.layers.map(\.parameterCount) == [0, 15])
    #expect(model.unsupportedLayers.isEmpty)
    #expect(model.parameterCount == 15)
  }

  @Test("All layers that are not supported are listed at once, in the listing and in the error.")
  func unsupported() throws {
    let path = try TinyModel(
      config: """
        {"class_name": "Sequential", "config": [
          {"class_name": "Lambda", "config": {"name": "code", "function": "evil"}},
          {"class_name": "MyLRN", "config": {"name": "norm"}},
          {"class_name": "Dense", "config": {"name": "d", "units": 2}}]}
        """, groups: []
    ).write()
    let model = try KerasModel(reading: path)
    #expect(model.unsupportedLayers.map(\.support) == [.pythonCode, .unknownClass])
    #expect(model.layers[3].parameterCount == nil)
    let text = try #require(message { _ = try model.graph() })
    #expect(
      text.hasPrefix(
        """
        layer 'code' is a Lambda: Python code, which Rangefinder never runs.
          Say what it computes, as in:  --replace-layer "code=Rescaling(1/127.5, -1)"
          or rebuild the network with a layer that computes it:  --architecture model.json
        layer 'norm' has class 'MyLRN', which Rangefinder does not know.
          Known: Dense, EinsumDense, Conv1D,
        """))
    #expect(
      text.hasSuffix(
        """
        rangefinder inspect --layers lists all.
          If it computes what Caffe's LRN does, add:  --alias MyLRN=LocalResponseNormalization
        """))
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 100 })
    let mended = try KerasModel(
      reading: path, aliases: ["MyLRN": "LocalResponseNormalization", "Lambda": "Rescaling"])
    #expect(mended.unsupportedLayers.isEmpty)
    let otherwise = try KerasModel(
      reading: path, aliases: ["MyLRN": "Dropout", "Lambda": "Rescaling"])
    #expect(Set([model.digest, mended.digest, otherwise.digest]).count == 3)
  }

  @Test("What the user says of a layer takes its place, and changes the digest.")
  func replacements() throws {
    let tiny = TinyModel(
      config: """
        {"class_name": "Sequential", "config": [
          {"class_name": "Lambda", "config": {"name": "code", "batch_input_shape": [null, 3]}},
          {"class_name": "Mine", "config": {"name": "norm", "scale": 7}}]}
        """, groups: [])
    let path = try tiny.write()
    let text = try #require(message { _ = try KerasModel(reading: path).graph() })
    #expect(text.contains("\n  If a known class computes the same, add:  --alias Mine=CLASS\n"))
    #expect(text.hasSuffix(#"as in:  --replace-layer "norm=Identity""#))
    let replacements = [
      "code": try LayerReplacement(parsing: "rescaling(1/2,-1)"),
      "norm": try LayerReplacement(parsing: "Tanh"),
    ]
    let model = try KerasModel(reading: path, replacements: replacements)
    let graph = try model.graph()
    #expect(graph.outline == ["input 3", "affine 3", "tanh 3"])
    #expect(try model.digest != KerasModel(reading: path).digest)
    #expect(
      message {
        _ = try KerasModel(reading: path, replacements: ["cod": replacements["code"]!])
      } == """
        there is no layer 'cod' to replace.
          Layers: code_input, code, norm.
        """)
  }

  @Test("Weights alone want an architecture, and take one.")
  func weightsAlone() throws {
    let path = try TinyModel(config: nil, groups: [("other", dense)]).write()
    #expect(
      message { _ = try KerasModel(reading: path) }
        == """
        '\(path)' holds weights without an architecture (no 'model_config').
          Give the architecture too:  --architecture model.json
        """)
    let json = try architecture(
      """
      {"class_name": "Sequential", "keras_version": "3.1.0", "config": [{"class_name": "Dense",
        "config": {"name": "d", "units": 3, "activation": "hard_sigmoid"}}]}
      """)
    let model = try KerasModel(reading: path, architecture: json)
    #expect(model.kerasVersion == "3.1.0")
    let graph = try model.graph(inputShapes: [[4]])
    #expect(
      graph.sites.map(\.function) == [ActivationFunction.hardSigmoid(slope: 1 / 6).canonicalText])
    guard case .dense(let kernel, let bias) = graph.nodes[1].operation else {
      Issue.record("not dense")
      return
    }
    #expect(kernel.values.array == dense[0].values)
    #expect(bias == dense[1].values)
  }

  @Test("Weights of another shape than the architecture's are refused, though they match in order.")
  func wrongShape() throws {
    let path = try TinyModel(config: nil, groups: [("other", dense)]).write()
    let json = try architecture(
      #"{"class_name": "Sequential", "config": [{"class_name": "Dense", "config": {"name": "d", "units": 4}}]}"#
    )
    let model = try KerasModel(reading: path, architecture: json)
    #expect(
      message { _ = try model.graph(inputShapes: [[3]]) }
        == """
        layer 'd' (Dense) has a stored kernel of shape [4, 3], where [3, 4] is expected.
          Check that weights and architecture belong together, and that the input has the size the \
        network was trained on.
        """)
  }

  @Test(
    "An architecture that names no version tells Keras 3 by its inputs.",
    arguments: [
      ("batch_shape", 1 / 6), ("batch_input_shape", 0.2),
    ] as [(String, Float)])
  func versionOfInput(key: String, slope: Float) throws {
    let path = try TinyModel(config: nil, groups: [], version: nil).write()
    let json = try architecture(
      """
      {"class_name": "Sequential", "config": [
        {"class_name": "InputLayer", "config": {"name": "i", "\(key)": [null, 4]}},
        {"class_name": "Activation", "config": {"name": "a", "activation": "hard_sigmoid"}}]}
      """)
    let graph = try KerasModel(reading: path, architecture: json).graph()
    #expect(
      graph.sites.map(\.function) == [ActivationFunction.hardSigmoid(slope: slope).canonicalText])
  }

  @Test("The digest is the same for the same content, and another for another weight or text.")
  func digest() throws {
    func digest(_ units: Int, _ start: Float) throws -> String {
      let weights = [
        TinyModel.Weight(name: "k", shape: [4, 3], start: start),
        TinyModel.Weight(name: "b", shape: [3]),
      ]
      let model = TinyModel("Dense", #""units": \#(units)"#, input: [4], weights: weights)
      return try KerasModel(reading: try model.write()).digest
    }
    #expect(try digest(3, 0) == digest(3, 0))
    #expect(try Set([digest(3, 0), digest(3, 1), digest(2, 0)]).count == 3)
    #expect(try digest(3, 0).count == 16)
  }

  @Test("Every class and alias is known once.")
  func registry() {
    let names = KerasLayer.all.flatMap { [$0.name] + $0.aliases }
    #expect(Set(names).count == names.count)
    #expect(KerasLayer.all.allSatisfy { !$0.summary.isEmpty && KerasLayer.named($0.name) != nil })
  }
}
