import NetworkGraph
import Testing

@testable import ModelImport

@Suite("Layers that join others")
struct KerasLayerMergeTests {
  private func model(_ className: String, _ settings: String = "", _ nodes: String? = nil)
    -> TinyModel
  {
    let nodes = nodes ?? #"[[["a", 0, 0, {}], ["b", 0, 0, {}]]]"#
    let more = settings.isEmpty ? "" : ", " + settings
    return TinyModel(
      config: """
        {"class_name": "Functional", "config": {"name": "net", "layers": [
          {"class_name": "InputLayer", "name": "a", "inbound_nodes": [],
            "config": {"name": "a", "batch_input_shape": [null, 3, 2]}},
          {"class_name": "InputLayer", "name": "b", "inbound_nodes": [],
            "config": {"name": "b", "batch_input_shape": [null, 3, 2]}},
          {"class_name": "\(className)", "name": "m", "inbound_nodes": \(nodes),
            "config": {"name": "m"\(more)}}],
          "input_layers": [["a", 0, 0], ["b", 0, 0]], "output_layers": [["m", 0, 0]]}}
        """, groups: [])
  }

  @Test(
    "Inputs are combined number by number, or put side by side.",
    arguments: [
      ("Add", "", "add 3×2"), ("Subtract", "", "subtract 3×2"), ("Multiply", "", "multiply 3×2"),
      ("Average", "", "average 3×2"), ("Maximum", "", "maximum 3×2"),
      ("Minimum", "", "minimum 3×2"),
      ("Concatenate", "", "concatenation 3×4"), ("Concatenate", #""axis": 1"#, "concatenation 6×2"),
      ("Concatenate", #""axis": 2"#, "concatenation 3×4"),
      ("Merge", "", "add 3×2"), ("Merge", #""mode": "mul""#, "multiply 3×2"),
      ("Merge", #""mode": "ave""#, "average 3×2"), ("Merge", #""mode": "max""#, "maximum 3×2"),
      ("Merge", #""mode": "concat", "concat_axis": 1"#, "concatenation 6×2"),
    ])
  func combinations(className: String, settings: String, expected: String) throws {
    let graph = try model(className, settings).graph()
    #expect(graph.outline.last == expected)
    #expect(graph.nodes[2].inputs == [0, 1])
  }

  @Test("An input with fewer axes is lined up with the others' last ones.")
  func ranks() throws {
    var tiny = model("Multiply")
    tiny.config = tiny.config?.replacing(
      #""name": "b", "batch_input_shape": [null, 3, 2]"#,
      with: #""name": "b", "batch_input_shape": [null, 2]"#)
    #expect(try tiny.graph().outline.suffix(2) == ["reshape 1×2", "multiply 3×2"])
  }

  @Test("A single input is too few.")
  func tooFew() {
    #expect(
      message { _ = try model("Add", "", #"[[["a", 0, 0, {}]]]"#).graph() }
        == "layer 'm' (Add) reads 1 tensors, where it takes two or more.")
    #expect(
      message { _ = try model("ReLU").graph() }
        == "layer 'm' (ReLU) reads 2 tensors, where it takes one.")
  }

  @Test("Of Keras 1's ways to merge, cosines and inner branches are refused.")
  func merge() {
    #expect(
      message { _ = try model("Merge", #""mode": "cos""#).graph() } == """
        layer 'm' (Merge) has mode "cos", which Rangefinder does not support.
          Supported: sum, mul, ave, max, concat.
        """)
    #expect(
      message { _ = try model("Merge", #""layers": [{}]"#).graph() }?
        .hasPrefix("layer 'm' (Merge) has layers inside,") == true)
  }
}
