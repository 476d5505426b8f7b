import NetworkGraph
import Testing

@testable import ModelImport

@Suite("Dot products of two inputs")
struct KerasLayerDotTests {
  private func model(_ settings: String, _ first: String, _ second: String) -> TinyModel {
    TinyModel(
      config: """
        {"class_name": "Functional", "config": {"name": "net", "layers": [
          {"class_name": "InputLayer", "name": "a", "inbound_nodes": [],
            "config": {"name": "a", "batch_input_shape": [null, \(first)]}},
          {"class_name": "InputLayer", "name": "b", "inbound_nodes": [],
            "config": {"name": "b", "batch_input_shape": [null, \(second)]}},
          {"class_name": "Dot", "name": "m",
            "inbound_nodes": [[["a", 0, 0, {}], ["b", 0, 0, {}]]],
            "config": {"name": "m", \(settings)}}],
          "input_layers": [["a", 0, 0], ["b", 0, 0]], "output_layers": [["m", 0, 0]]}}
        """, groups: [])
  }

  @Test(
    "All axes but the two that are summed over are left.",
    arguments: [
      (#""axes": 1"#, "4", "4", [1]), (#""axes": -1"#, "3, 4", "5, 4", [3, 5]),
      (#""axes": [2, 1]"#, "3, 4", "4, 5", [3, 5]), (#""axes": [1, 2]"#, "4, 3", "5, 4", [3, 5]),
      (#""axes": [2, 1]"#, "3, 4", "4", [3]), (#""axes": [2, 1]"#, "3, 4, 2", "4, 5", [3, 2, 5]),
    ])
  func shapes(settings: String, first: String, second: String, expected: [Int]) throws {
    #expect(try model(settings, first, second).graph().outputExtents == expected)
  }

  @Test("Lengths are taken first if asked for: two roots.")
  func normalized() throws {
    let graph = try model(#""axes": 2, "normalize": true"#, "3, 4", "5, 4").graph()
    #expect(graph.sites.map(\.name) == ["m/power", "m/power#2"])
    #expect(graph.outputExtents == [3, 5])
  }

  @Test("An axis that a sample has not is refused.")
  func refused() {
    #expect(
      message { _ = try model(#""axes": 3"#, "3, 4", "5, 4").graph() }
        == "layer 'm' (Dot) has 3 as axes; expected: an axis of the samples, or one for each of the "
        + "two inputs.")
  }
}
