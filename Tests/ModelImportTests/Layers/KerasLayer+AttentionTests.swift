import NetworkGraph
import Testing

@testable import ModelImport

@Suite("Attention")
struct KerasLayerAttentionTests {
  /// A layer that reads a sequence `q` of 5 steps and one `v` of 4, both of 6 channels.
  private func model(
    _ className: String, _ settings: String = "", weights: [[Int]] = [],
    nodes: String = #"[[["q", 0, 0, {}], ["v", 0, 0, {}]]]"#
  ) -> TinyModel {
    let more = settings.isEmpty ? "" : ", " + settings
    return TinyModel(
      config: """
        {"class_name": "Functional", "config": {"name": "net", "layers": [
          {"class_name": "InputLayer", "name": "q", "inbound_nodes": [],
            "config": {"name": "q", "batch_input_shape": [null, 5, 6]}},
          {"class_name": "InputLayer", "name": "v", "inbound_nodes": [],
            "config": {"name": "v", "batch_input_shape": [null, 4, 6]}},
          {"class_name": "\(className)", "name": "m", "inbound_nodes": \(nodes),
            "config": {"name": "m"\(more)}}],
          "input_layers": [["q", 0, 0], ["v", 0, 0]], "output_layers": [["m", 0, 0]]}}
        """,
      groups: [
        ("m", weights.enumerated().map { .init(name: "w\($0.offset)", shape: $0.element) })
      ])
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

  @Test("Masks, windows, gates and other axes are refused by name.")
  func refused() {
    let causal = #"[[["q", 0, 0, {"value": ["v", 0, 0], "use_causal_mask": true}]]]"#
    #expect(
      message {
        _ = try model("MultiHeadAttention", heads, weights: kernels, nodes: causal).graph()
      }?.hasPrefix(
        "layer 'm' (MultiHeadAttention) is called with more than tensors: use_causal_mask = true.")
        == true)
    #expect(
      message { _ = try model("Attention", #""causal": true"#).graph() } == """
        layer 'm' (Attention) has causal true, which Rangefinder does not support.
          Supported: false.
        """)
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
