import NetworkGraph
import Testing

@testable import ModelImport

@Suite("Embedding and masking layers")
struct KerasLayerMaskingTests {
  @Test("An embedding looks ids up in its table.")
  func embedding() throws {
    let model = TinyModel(
      "Embedding", #""input_dim": 7, "output_dim": 2"#, input: [5],
      weights: [.init(name: "e", shape: [7, 2])])
    #expect(try model.graph().outline == ["input 5", "embedding 5×2"])
    var other = model
    other.groups?[1].weights = [.init(name: "e", shape: [6, 2])]
    #expect(message { _ = try other.graph() }?.contains("[7, 2] is expected") == true)
  }

  @Test("Masking sets steps to 0 of which all values are one number.")
  func masking() throws {
    let graph = try TinyModel("Masking", #""mask_value": -1"#, input: [5, 3]).graph()
    #expect(graph.outline == ["input 5×3", "mask 5", "reshape 5×1", "multiply 5×3"])
    guard case .mask(unless: -1) = graph.nodes[1].operation else {
      Issue.record("another value")
      return
    }
  }
}
