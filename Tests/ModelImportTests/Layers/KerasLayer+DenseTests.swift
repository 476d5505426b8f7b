import NetworkGraph
import Testing

@testable import ModelImport

@Suite("Dense layers")
struct KerasLayerDenseTests {
  @Test("A fused activation becomes a site of the same layer.")
  func fused() throws {
    let graph = try TinyModel(
      "Dense", #""units": 3, "activation": "tanh""#, input: [5, 4],
      weights: [.init(name: "k", shape: [4, 3]), .init(name: "b", shape: [3], start: 9)]
    ).graph()
    #expect(graph.outline == ["input 5×4", "dense 5×3", "tanh 5×3"])
    #expect(graph.sites.map(\.name) == ["layer/tanh"])
    guard case .dense(let kernel, let bias) = graph.nodes[1].operation else {
      Issue.record("not dense")
      return
    }
    #expect(kernel.values[1] == 0.125)
    #expect(bias?[0] == 9)
  }

  @Test("Keras 1 names the units and the bias otherwise.")
  func keras1() throws {
    let graph = try TinyModel(
      "Dense", #""output_dim": 3, "bias": false, "activation": "linear""#, input: [4],
      weights: [.init(name: "k", shape: [4, 3])]
    ).graph()
    #expect(graph.outline == ["input 4", "dense 3"])
  }
}
