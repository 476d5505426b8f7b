import NetworkGraph
import Testing

@testable import ModelImport

@Suite("Attention")
struct KerasLayerAttentionTests {
  /// A layer that reads a sequence `q` of 5 steps and one `v` of 4, both of 6 channels, or the masked
  /// `mq` and `mv`.
  private func model(
    _ className: String, _ settings: String = "", weights: [[Int]] = [],
    nodes: String = #"[[["q", 0, 0, {}], ["v", 0, 0, {}]]]"#, version: String = "2.10.0"
  ) -> TinyModel {
    let more = settings.isEmpty ? "" : ", " + settings
    let maskings = ["q", "v"].filter { nodes.contains("\"m\($0)\"") }.map { name in
      """
      {"class_name": "Masking", "name": "m\(name)", "inbound_nodes": [[["\(name)", 0, 0, {}]]],
        "config": {"name": "m\(name)"}},
      """
    }
    return TinyModel(
      config: """
        {"class_name": "Functional", "config": {"name": "net", "layers": [
          {"class_name": "InputLayer", "name": "q", "inbound_nodes": [],
            "config": {"name": "q", "batch_input_shape": [null, 5, 6]}},
          {"class_name": "InputLayer", "name": "v", "inbound_nodes": [],
            "config": {"name": "v", "batch_input_shape": [null, 4, 6]}},
          \(maskings.joined(separator: "\n"))
          {"class_name": "\(className)", "name": "m", "inbound_nodes": \(nodes),
            "config": {"name": "m"\(more)}}],
          "input_layers": [["q", 0, 0], ["v", 0, 0]], "output_layers": [["m", 0, 0]]}}
        """,
      groups: [
        ("m", weights.enumerated().map { .init(name: "w\($0.offset)", shape: $0.element) })
      ], version: version)
  }

  @Test("Dot-product attention is two matrix products around a softmax.")
  func dotProduct() throws {
    let graph = try model("Attention", #""use_scale": true"#, weights: [[]]).graph()
    #expect(
      graph.outline.dropFirst(2) == [
        "matrix product 5×4", "affine 5×4", "softmax 5×4", "matrix product 5×6",
      ])
    #expect(graph.sites.map(\.name) == ["m/softmax"])
  }

  @Test("Additive scores have a tanh too.")
  func additive() throws {
    let graph = try model("AdditiveAttention", weights: [[6]]).graph()
    #expect(graph.sites.map(\.name) == ["m/tanh", "m/softmax"])
    #expect(graph.sites.map(\.shape.extents) == [[5, 4, 6], [5, 4]])
    let concat = try model("Attention", #""score_mode": "concat""#, weights: [[]]).graph()
    #expect(concat.sites.map(\.name) == ["m/tanh", "m/softmax"])
    #expect(concat.outputExtents == [5, 6])
  }

  private let kernels = [
    [6, 2, 3], [2, 3], [6, 2, 3], [2, 3], [6, 2, 4], [2, 4], [2, 4, 6], [6],
  ]
  private let heads = #""num_heads": 2, "key_dim": 3, "value_dim": 4"#

  @Test(
    "Heads read their inputs by place or by name.",
    arguments: [
      #"[[["q", 0, 0, {}], ["v", 0, 0, {}]]]"#, #"[[["q", 0, 0, {"value": ["v", 0, 0]}]]]"#,
      #"[[["q", 0, 0, {"key": ["v", 0, 0], "value": ["v", 0, 0], "use_causal_mask": false}]]]"#,
    ])
  func heads(nodes: String) throws {
    let graph = try model("MultiHeadAttention", heads, weights: kernels, nodes: nodes).graph()
    #expect(graph.sites.map(\.name) == ["m/softmax"])
    #expect(graph.sites[0].shape.extents == [2, 5, 4])
    #expect(graph.outputExtents == [5, 6])
  }

  @Test("Biases may be missing, and the output have other channels.")
  func forms() throws {
    let graph = try model(
      "MultiHeadAttention", heads + #", "use_bias": false, "output_shape": [7]"#,
      weights: [[6, 2, 3], [6, 2, 3], [6, 2, 4], [2, 4, 7]]
    ).graph()
    #expect(graph.outputExtents == [5, 7])
  }

  @Test("Queries are kept from later keys by a setting of the layer, or of the call.")
  func causal() throws {
    let argument = #"{"use_causal_mask": true}"#
    let calls = [
      model("Attention", #""causal": true"#),
      model("Attention", nodes: "[[[\"q\", 0, 0, \(argument)], [\"v\", 0, 0, \(argument)]]]"),
      model("AdditiveAttention", #""causal": true, "use_scale": false"#),
    ]
    for call in calls {
      let graph = try call.graph()
      #expect(graph.outline.contains("causal softmax 5×4"))
      #expect(graph.sites.last?.name == "m/softmax")
      #expect(graph.sites.last?.shape.extents == [5, 4, 1])
    }
    let nodes = #"[[["q", 0, 0, {"value": ["v", 0, 0], "use_causal_mask": true}]]]"#
    let heads = try model("MultiHeadAttention", heads, weights: kernels, nodes: nodes).graph()
    #expect(heads.outline.contains("causal softmax 2×5×4"))
  }

  @Test("The mask of values hides keys, and that of queries zeroes means.")
  func masks() throws {
    let both = #"[[["mq", 0, 0, {}], ["mv", 0, 0, {}], ["v", 0, 0, {}]]]"#
    let graph = try model("Attention", nodes: both).graph()
    #expect(
      graph.outline.suffix(6) == [
        "matrix product 5×4", "reshape 1×4", "masked softmax 5×4", "matrix product 5×6",
        "reshape 5×1", "multiply 5×6",
      ])
    let keys = #"[[["q", 0, 0, {}], ["v", 0, 0, {}], ["mv", 0, 0, {}]]]"#
    #expect(try model("Attention", nodes: keys).graph().outline.contains("softmax 5×4"))
  }

  @Test("A mask without steps is refused.")
  func scalarMask() {
    func tensor(_ name: String) -> String {
      #"{"class_name": "__keras_tensor__", "config": {"keras_history": ["\#(name)", 0, 0]}}"#
    }
    func input(_ name: String, _ shape: String) -> String {
      #"""
      {"class_name": "InputLayer", "name": "\#(name)", "inbound_nodes": [],
        "config": {"name": "\#(name)", "batch_shape": \#(shape)}},
      """#
    }
    let model = TinyModel(
      config: """
        {"class_name": "Functional", "config": {"name": "net", "layers": [
          \(input("q", "[null, 5, 6]")) \(input("one", "[null]"))
          {"class_name": "Attention", "name": "m", "config": {"name": "m"}, "inbound_nodes": [
            {"args": [[\(tensor("q")), \(tensor("q"))]],
              "kwargs": {"mask": [null, \(tensor("one"))]}}]}],
          "input_layers": [["q", 0, 0], ["one", 0, 0]], "output_layers": [["m", 0, 0]]}}
        """,
      groups: [("m", [])], version: "3.3.3")
    #expect(
      message { _ = try model.graph() } == """
        layer 'm' (Attention) has a mask of [], which Rangefinder does not support.
          Supported: a number for each step.
        """)
  }

  @Test("In heads all masks hide, each once.")
  func masksOfHeads() throws {
    func masks(_ nodes: String) throws -> [String] {
      let graph = try model("MultiHeadAttention", heads, weights: kernels, nodes: nodes).graph()
      let softmax = try #require(graph.nodes.first { $0.operation.label == "masked softmax" })
      let mask = graph.nodes[softmax.inputs[1]]
      return (mask.inputs.count > 1 ? mask.inputs : [softmax.inputs[1]]).map {
        graph.nodes[$0].shape.description
      }
    }
    #expect(
      try masks(#"[[["mq", 0, 0, {"value": ["mv", 0, 0]}]]]"#) == ["1×5×1", "1×1×4"])
    #expect(
      try masks(#"[[["mq", 0, 0, {"key": ["mv", 0, 0], "value": ["mv", 0, 0]}]]]"#)
        == ["1×5×1", "1×1×4"])
    #expect(
      try masks(#"[[["q", 0, 0, {"key": ["mv", 0, 0], "value": ["v", 0, 0]}]]]"#) == ["1×1×4"])
  }

  @Test("Masks in heads are refused of before Keras 2.10 and since Keras 3.")
  func refusedMasks() {
    let masked = #"[[["mq", 0, 0, {"value": ["v", 0, 0]}]]]"#
    for version in ["2.9.0", "3.3.3"] {
      #expect(
        message {
          _ = try model(
            "MultiHeadAttention", heads, weights: kernels, nodes: masked, version: version
          ).graph()
        }?.hasPrefix("layer 'm' (MultiHeadAttention) is called with more than tensors: a mask.")
          == true)
    }
  }

  @Test("Windows, gates and other axes are refused by name.")
  func refused() {
    for (setting, found, supported) in [
      ("use_gate", "true", "false"), ("sliding_window", "3", "null"),
      ("attention_axes", "[2]", "null, [1]"),
    ] {
      #expect(
        message {
          _ = try model(
            "MultiHeadAttention", heads + ", \"\(setting)\": \(found)", weights: kernels
          ).graph()
        } == """
          layer 'm' (MultiHeadAttention) has \(setting) \(found), which Rangefinder does not support.
            Supported: \(supported).
          """)
    }
    #expect(
      message {
        _ = try model("Attention", nodes: #"[[["q", 0, 0, {}]]]"#).graph()
      } == "layer 'm' (Attention) reads 1 tensors, where it takes two or three.")
  }
}
