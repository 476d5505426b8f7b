import NetworkGraph
import Testing

@testable import ModelImport

@Suite("From a model to a graph")
struct KerasModelGraphTests {
  private func open(_ shape: String) throws -> KerasModel {
    try KerasModel(
      reading: try TinyModel(
        config: """
          {"class_name": "Sequential", "config": [
            {"class_name": "InputLayer", "config": {"name": "in", "batch_shape": \(shape)}},
            {"class_name": "Activation", "config": {"name": "a", "activation": "relu"}}]}
          """, groups: []
      ).write())
  }

  @Test("Axes of any length are settled by the data.")
  func openShape() throws {
    let graph = try open("[null, null, null, 3]").graph(inputShapes: [[5, 7, 3]])
    #expect(graph.outputExtents == [5, 7, 3])
    #expect(try open("null").graph(inputShapes: [[9]]).outputExtents == [9])
  }

  @Test("An input that the file gives whole stays, whatever shape the data has.")
  func closedShape() throws {
    #expect(try open("[null, 6]").graph(inputShapes: [[2, 3]]).outputExtents == [6])
  }

  @Test("Shapes that do not fit are refused with both, and open ones with what is missing.")
  func wrongShapes() throws {
    let model = try open("[null, null, null, 3]")
    for given in [[5, 7, 1], [5, 7], [5, 0, 3]] {
      let text = given.map(String.init).joined(separator: "×")
      #expect(
        message { _ = try model.graph(inputShapes: [given]) }
          == """
          input 'in' takes samples of shape ?×?×3, and the data has \(text).
            Choose samples of that shape, or reshape them.
          """)
    }
    #expect(
      message { _ = try model.graph() }
        == """
        input 'in' takes samples of shape ?×?×3, where ? is any length.
          The data decides:  --data file.h5
        """)
    #expect(
      message { _ = try model.graph(inputShapes: []) }
        == """
        the network has 1 inputs (in), and data for 0 is given.
          Name them:  --data in=file.h5
        """)
  }

  /// A network with a nested one that is called twice, and whose outputs both are used.
  private let shared = TinyModel(
    config: """
      {"class_name": "Model", "config": {"name": "net", "layers": [
        {"class_name": "InputLayer", "name": "a", "inbound_nodes": [],
          "config": {"name": "a", "batch_input_shape": [null, 2]}},
        {"class_name": "InputLayer", "name": "b", "inbound_nodes": [],
          "config": {"name": "b", "batch_input_shape": [null, 2]}},
        {"class_name": "Model", "name": "tower",
          "inbound_nodes": [[["a", 0, 0, {}]], [["b", 0, 0, {}]]],
          "config": {"name": "tower", "layers": [
            {"class_name": "InputLayer", "name": "i", "inbound_nodes": [],
              "config": {"name": "i", "batch_input_shape": [null, 2]}},
            {"class_name": "Dense", "name": "d", "inbound_nodes": [[["i", 0, 0, {}]]],
              "config": {"name": "d", "units": 3, "activation": "tanh"}}],
            "input_layers": [["i", 0, 0]], "output_layers": [["d", 0, 0], ["i", 0, 0]]}},
        {"class_name": "Concatenate", "name": "c", "config": {"name": "c", "axis": -1},
          "inbound_nodes": [[["tower", 1, 0, {}], ["tower", 2, 1, {}]]]}],
        "input_layers": [["a", 0, 0], ["b", 0, 0]],
        "output_layers": [["c", 0, 0], ["tower", 2, 0]]}}
      """,
    groups: [("tower", [.init(name: "k", shape: [2, 3]), .init(name: "b", shape: [3])])])

  @Test("A nested model that is called twice gives its sites twice, under its path.")
  func sharedModel() throws {
    let graph = try shared.graph()
    #expect(graph.sites.map(\.name) == ["tower/d/tanh", "tower/d/tanh#2"])
    #expect(
      graph.outline
        == ["input 2", "input 2", "dense 3", "tanh 3", "dense 3", "tanh 3", "concatenation 5"])
    #expect(graph.nodes[6].inputs == [3, 1])
    #expect(graph.outputs == [6, 5])
  }

  @Test("An output that a nested model does not have is refused.")
  func missingOutput() throws {
    var broken = shared
    broken.config = shared.config?.replacing(#"["tower", 2, 1, {}]"#, with: #"["tower", 2, 2, {}]"#)
    #expect(
      message { _ = try broken.graph() }
        == "the architecture has 2 outputs at 'tower'; expected: at least 3.")
  }

  @Test("A nested model that is given too much is refused.")
  func tooManyInputs() throws {
    var broken = shared
    broken.config = shared.config?.replacing(
      #"[["a", 0, 0, {}]]"#, with: #"[["a", 0, 0, {}], ["b", 0, 0, {}]]"#)
    #expect(
      message { _ = try broken.graph() }
        == "layer 'tower' (Functional) reads 2 tensors, where it takes 1.")
  }

  @Test("A layer that is called with more than tensors is refused.")
  func otherArguments() throws {
    var broken = shared
    broken.config = shared.config?.replacing(
      #"[["b", 0, 0, {}]]"#, with: #"[["b", 0, 0, {"mode": "fast"}]]"#)
    #expect(
      message { _ = try broken.graph() }
        == """
        layer 'tower' (Model) is called with more than tensors: mode = "fast".
          Rebuild it with layers alone, and give that:  --architecture model.json
        """)
  }

  @Test("Nested models that call each other without end in sight are refused.")
  func tooManyNodes() throws {
    // Eighteen models, each of which calls the next twice: 2¹⁸ steps from a few lines.
    var layer =
      #"{"class_name": "Rescaling", "name": "n", "config": {"name": "n", "scale": 2}, "inbound_nodes": NODES}"#
    for _ in 0..<18 {
      let inner = layer.replacing(
        "NODES", with: #"[[["i", 0, 0, {}]], [["n", 0, 0, {}]]]"#)
      layer = """
        {"class_name": "Model", "name": "n", "inbound_nodes": NODES, "config": {"name": "n",
          "layers": [{"class_name": "InputLayer", "name": "i", "inbound_nodes": [],
            "config": {"name": "i", "batch_input_shape": [null, 1]}}, \(inner)],
          "input_layers": [["i", 0, 0]], "output_layers": [["n", 1, 0]]}}
        """
    }
    layer = layer.replacing(#""inbound_nodes": NODES, "#, with: "")
    let outer = #"{"class_name": "Sequential", "config": [\#(layer)]}"#
    #expect(
      message { _ = try TinyModel(config: outer, groups: []).graph() }
        == "the network has more than 20000 steps, since its nested models are called many times.")
  }
}
