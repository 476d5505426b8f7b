import Testing

@testable import ModelImport

@Suite("A model's configuration")
struct ModelConfigTests {
  static func config(_ json: String, aliases: [String: String] = [:]) throws -> ModelConfig {
    try ModelConfig(try JSONValue(parsing: Array(json.utf8)), aliases: aliases)
  }

  private let dense = #"{"class_name": "Dense", "config": {"name": "d", "units": 2}}"#

  @Test(
    "A sequential model is read from an object or a bare list, with or without an input.",
    arguments: [
      #"{"name": "net", "layers": [INPUT, DENSE]}"#, "[INPUT, DENSE]",
      #"{"layers": [DENSE], "build_input_shape": [null, 5]}"#,
    ])
  func sequential(_ template: String) throws {
    let input = #"{"class_name": "InputLayer", "config": {"name": "i", "batch_shape": [null, 5]}}"#
    let layers = template.replacing("INPUT", with: input).replacing("DENSE", with: dense)
    let config = try Self.config(#"{"class_name": "Sequential", "config": \#(layers)}"#)
    #expect(config.layers.map(\.settings.className) == ["InputLayer", "Dense"])
    #expect(config.declaredExtents(ofInput: 0) == [5])
    #expect(config.layers[1].calls[0].inputs.map(\.layer) == [0])
    #expect(config.outputs.map(\.layer) == [1])
  }

  @Test("The first layer's own input shape is used, and names the input after the layer.")
  func inputOfFirstLayer() throws {
    let config = try Self.config(
      """
      {"class_name": "Sequential", "config": [{"class_name": "Dense",
        "config": {"name": "d", "output_dim": 2, "batch_input_shape": [null, null, 4]}}]}
      """)
    #expect(config.layers[0].name == "d_input")
    #expect(config.declaredExtents(ofInput: 0) == [nil, 4])
  }

  @Test("Custom code does not pass for a class of Keras that has the same name.")
  func customClasses() throws {
    func className(_ entry: String, aliases: [String: String] = [:]) throws -> String {
      try Self.config(
        #"{"class_name": "Sequential", "config": [\#(entry)]}"#, aliases: aliases
      ).layers[1].settings.className
    }
    #expect(try className(#"{"class_name": "mine>Dense"}"#) == "mine>Dense")
    #expect(
      try className(#"{"class_name": "Dense", "registered_name": "mine>Dense"}"#) == "mine>Dense")
    #expect(
      try className(#"{"class_name": "Add", "module": "keras.src.ops.numpy"}"#) == "ops.Add")
    func node(_ arguments: String) -> String { #"[{"args": [\#(arguments)], "kwargs": {}}]"# }
    for (name, arguments, expected) in [
      ("Add", "[1, 2]", "Add"), ("Add", "1, 2", "ops.Add"), ("Relu", "1", "ops.Relu"),
      ("ReLU", "1", "ReLU"),
    ] {
      let entry = #"{"class_name": "\#(name)", "inbound_nodes": \#(node(arguments))}"#
      let value = try JSONValue(parsing: Array(entry.utf8))
      #expect(
        ConfigParser(aliases: [:], replacements: [:]).knownName(of: name, in: value) == expected)
    }
    #expect(try className(#"{"class_name": "mine>LRN"}"#) == "LRN")
    #expect(try className(#"{"class_name": "mine>Norm"}"#, aliases: ["Norm": "LRN"]) == "LRN")
    #expect(try className(#"{"class_name": "Norm"}"#, aliases: ["Norm": "LRN"]) == "LRN")
  }

  @Test("The layers of nested models are listed by path.")
  func leaves() throws {
    let inner = #"{"class_name": "Sequential", "config": {"name": "tower", "layers": [\#(dense)]}}"#
    let config = try Self.config(#"{"class_name": "Sequential", "config": [\#(inner), \#(dense)]}"#)
    #expect(
      config.leaves.map(\.settings.layer) == ["tower_input", "tower/d_input", "tower/d", "d"])
  }

  @Test("Models nested too deep are refused.")
  func tooDeep() throws {
    var layer = dense
    for _ in 0...ModelConfig.depthLimit {
      layer = #"{"class_name": "Sequential", "config": {"name": "m", "layers": [\#(layer)]}}"#
    }
    #expect(
      message { _ = try Self.config(#"{"class_name": "Sequential", "config": [\#(layer)]}"#) }
        == "model 'm' lies more than 32 models deep.")
  }

  @Test(
    "A document that is no model is refused with the place.",
    arguments: [
      ("[]", "nothing", "class_name", "Functional, Model, Network, Sequential"),
      (
        #"{"class_name": "Other"}"#, "\"Other\"", "class_name",
        "Functional, Model, Network, Sequential"
      ),
      (#"{"class_name": "Model", "config": {}}"#, "nothing", "layers", "a list of layers"),
      (#"{"class_name": "Model", "config": [1]}"#, "nothing", "layers[0].class_name", "a class"),
    ])
  func malformed(json: String, found: String, place: String, expected: String) {
    #expect(
      message { _ = try Self.config(json) }
        == "the architecture has \(found) at '\(place)'; expected: \(expected).")
  }

  @Test("Two layers of one name are refused.")
  func twins() {
    #expect(
      message {
        _ = try Self.config(#"{"class_name": "Sequential", "config": [\#(dense), \#(dense)]}"#)
      } == "the architecture has two layers named 'd' at 'layers'; expected: one.")
  }
}
