import NetworkGraph
import Testing

@testable import ModelImport

@Suite("What becomes of masks")
struct MaskPropagationTests {
  /// A functional network over `x` (5×3) and `ids` (5); each layer is a class, a name, settings,
  /// and the layers that it reads.
  private func graph(
    _ layers: [(className: String, name: String, settings: String, inputs: [String])],
    outputs: [(name: String, output: Int)]? = nil, version: String = "2.4.0"
  ) throws -> Graph {
    func entry(_ className: String, _ name: String, _ settings: String, _ nodes: String) -> String {
      """
      {"class_name": "\(className)", "name": "\(name)", "inbound_nodes": \(nodes),
        "config": {"name": "\(name)"\(settings.isEmpty ? "" : ", " + settings)}}
      """
    }
    let inputs = [
      entry("InputLayer", "x", #""batch_input_shape": [null, 5, 3]"#, "[]"),
      entry("InputLayer", "ids", #""batch_input_shape": [null, 5]"#, "[]"),
    ]
    let entries = layers.map { layer in
      let nodes = layer.inputs.map { #"["\#($0)", 0, 0, {}]"# }.joined(separator: ", ")
      return entry(layer.className, layer.name, layer.settings, "[[\(nodes)]]")
    }
    let ends = (outputs ?? [(layers.last!.name, 0)]).map { #"["\#($0.name)", 0, \#($0.output)]"# }
    let config = """
      {"class_name": "Functional", "config": {"name": "net",
        "layers": [\((inputs + entries).joined(separator: ", "))],
        "input_layers": [["x", 0, 0], ["ids", 0, 0]],
        "output_layers": [\(ends.joined(separator: ", "))]}}
      """
    let groups = layers.map { layer -> (name: String, weights: [TinyModel.Weight]) in
      let channels = layer.settings.contains("\"wide\"") ? 5 : 3
      switch layer.className {
      case "SimpleRNN":
        return (
          layer.name,
          [
            .init(name: "k", shape: [channels, 3]), .init(name: "r", shape: [3, 3]),
            .init(name: "b", shape: [3]),
          ]
        )
      case "Embedding": return (layer.name, [.init(name: "e", shape: [4, channels - 2])])
      case "Dense": return (layer.name, [.init(name: "k", shape: [3, 3])])
      default: return (layer.name, [])
      }
    }
    return try TinyModel(config: config, groups: groups, version: version).graph()
  }

  private let masking = (className: "Masking", name: "m", settings: "", inputs: ["x"])
  private let embedding = (
    className: "Embedding", name: "e",
    settings: #""input_dim": 4, "output_dim": 1, "mask_zero": true"#, inputs: ["ids"]
  )

  private func cell(
    _ name: String, _ inputs: [String], _ settings: String = ""
  ) -> (className: String, name: String, settings: String, inputs: [String]) {
    ("SimpleRNN", name, #""units": 3"# + settings, inputs)
  }

  /// The operation of the mask that a layer's cell reads.
  private func mask(of layer: String, in graph: Graph) throws -> String? {
    let node = try #require(graph.nodes.first { $0.layer == layer })
    return node.inputs.count > 1 ? graph.nodes[node.inputs[1]].operation.label : nil
  }

  @Test(
    "Layers that act on each step alone pass a mask on.",
    arguments: [
      ("Dropout", ""), ("Activation", #""activation": "tanh""#), ("LeakyReLU", ""),
      ("Dense", #""units": 3, "use_bias": false"#), ("SpatialDropout1D", ""),
      (
        "TimeDistributed",
        #""layer": {"class_name": "Activation", "config": {"activation": "relu"}}"#
      ),
    ])
  func passing(className: String, settings: String) throws {
    let graph = try graph([
      masking, (className, "between", settings, ["m"]), cell("cell", ["between"]),
    ])
    #expect(try mask(of: "cell", in: graph) == "mask")
  }

  @Test(
    "Other layers lose it.",
    arguments: [
      ("Permute", #""dims": [1, 2]"#), ("Reshape", #""target_shape": [5, 3]"#),
      ("ZeroPadding1D", #""padding": 1"#), ("UpSampling1D", #""size": 2"#),
    ])
  func losing(className: String, settings: String) throws {
    let graph = try graph([
      masking, (className, "between", settings, ["m"]), cell("cell", ["between"]),
    ])
    #expect(try mask(of: "cell", in: graph) == nil)
  }

  @Test("A cell passes a mask on if it gives a sequence.")
  func sequences() throws {
    let graph = try graph([
      masking, cell("first", ["m"], #", "return_sequences": true"#), cell("second", ["first"]),
    ])
    #expect(try mask(of: "first", in: graph) == "mask")
    #expect(try mask(of: "second", in: graph) == "mask")
  }

  @Test("Embedding makes a mask only if it is told to.")
  func embeddings() throws {
    for (setting, expected) in [("true", "mask" as String?), ("false", nil)] {
      let graph = try graph([
        ("Embedding", "e", #""input_dim": 4, "output_dim": 1, "mask_zero": \#(setting)"#, ["ids"]),
        ("GlobalAveragePooling1D", "average", "", ["e"]),
      ])
      #expect(try mask(of: "average", in: graph) == expected)
    }
  }

  @Test("Joined layers ask all masks in Keras 2, and any in Keras 3.")
  func joining() throws {
    for (version, expected) in [("2.4.0", "multiply" as String?), ("3.3.3", "maximum")] {
      let graph = try graph(
        [
          masking, ("Masking", "n", #""mask_value": 1"#, ["x"]), ("Add", "sum", "", ["m", "n"]),
          cell("cell", ["sum"]),
        ], version: version)
      #expect(try mask(of: "cell", in: graph) == expected)
    }
    // What has no mask is kept whole.
    for (version, expected) in [("2.4.0", "mask" as String?), ("3.3.3", nil)] {
      let graph = try graph(
        [masking, ("Add", "sum", "", ["m", "x"]), cell("cell", ["sum"])], version: version)
      #expect(try mask(of: "cell", in: graph) == expected)
    }
  }

  @Test("Concatenation along the steps joins masks likewise, and all inputs must have one.")
  func concatenation() throws {
    let along = #""axis": 1"#
    let whole = try graph([
      masking, ("Concatenate", "c", along, ["m", "m"]), cell("cell", ["c"]),
    ])
    #expect(try mask(of: "cell", in: whole) == "concatenation")
    #expect(
      message {
        _ = try graph([masking, ("Concatenate", "c", along, ["m", "x"]), cell("cell", ["c"])])
      } == """
        layer 'c' (Concatenate) is called with more than tensors: masks for some inputs.
          Rebuild it with layers alone, and give that:  --architecture model.json
        """)
  }

  @Test("A layer that would do something else with a mask is refused.")
  func refusals() {
    #expect(
      message { _ = try graph([masking, ("Softmax", "s", "", ["m"])]) } == """
        layer 's' (Softmax) is called with more than tensors: a mask.
          Rebuild it with layers alone, and give that:  --architecture model.json
        """)
  }

  @Test("States are outputs, and initial ones of other layers; they have no mask.")
  func states() throws {
    let first = cell("first", ["m"], #", "return_sequences": true, "return_state": true"#)
    let graph = try graph([masking, first], outputs: [("first", 0), ("first", 1)])
    #expect(graph.outputs.map { graph.nodes[$0].shape.extents } == [[5, 3], [3]])
    #expect(
      message { _ = try self.graph([masking, first], outputs: [("first", 2)]) }?.contains(
        "2 outputs") == true)
    let layers = [masking, cell("first", ["m"]), cell("second", ["m", "first"])]
    // Beside states, Keras 3 takes a mask only if the call names it.
    for (version, count) in [("2.4.0", 3), ("3.3.3", 2)] {
      let graph = try self.graph(layers, version: version)
      #expect(try #require(graph.nodes.first { $0.layer == "second" }).inputs.count == count)
    }
    #expect(
      message { _ = try self.graph([masking, cell("cell", ["m", "x", "x"])]) } == """
        layer 'cell' (SimpleRNN) reads 3 tensors, where it takes one, or 2 with the initial state.
        """)
  }
}
