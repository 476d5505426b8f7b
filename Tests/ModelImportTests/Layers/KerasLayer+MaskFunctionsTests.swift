import NetworkGraph
import Testing

@testable import ModelImport

@Suite("The arithmetic of masks that Keras 3 stores")
struct KerasLayerMaskFunctionsTests {
  /// What a function of `keras.ops` adds to a graph of one input.
  private func outline(
    _ className: String, _ settings: [String: JSONValue] = [:], input: [Int]
  ) throws -> [String] {
    var graph = Graph(name: "mask")
    let node = graph.addInput(layer: "x", shape: try #require(Shape(input)))
    let use = LayerUse(
      settings: LayerSettings(layer: "it", className: className, values: settings), weights: [:],
      inputs: [node], generation: 3, hasMirroredKernels: false)
    _ = try #require(KerasLayer.named(className)).translate(use, &graph)[0]
    return Array(graph.outline.dropFirst())
  }

  @Test("Comparisons, unions and axes become masks and reshapes.")
  func operations() throws {
    #expect(
      try outline("ops.NotEqual", ["x2": .number(-1)], input: [5, 3])
        == ["reshape 5×3×1", "mask 5×3"])
    #expect(try outline("ops.Any", ["axis": .number(-1)], input: [5, 3]) == ["mask 5"])
    #expect(
      try outline("ops.Any", ["axis": .number(2), "keepdims": .bool(true)], input: [5, 3])
        == ["mask 5", "reshape 5×1"])
    #expect(try outline("ops.All", input: [5, 3]) == ["affine 5×3", "mask 5", "affine 5"])
    #expect(try outline("ops.ExpandDims", ["axis": .number(-1)], input: [5]) == ["reshape 5×1"])
    #expect(try outline("ops.ExpandDims", ["axis": .number(1)], input: [5]) == ["reshape 1×5"])
    #expect(try outline("ops.Squeeze", ["axis": .number(-1)], input: [5, 1]) == ["reshape 5"])
    #expect(
      try outline("ops.ZerosLike", input: [5, 3]) == ["reshape 5×3×1", "mask 5×3", "affine 5×3"])
    #expect(try outline("ops.OnesLike", input: [5]) == ["reshape 5×1", "mask 5"])
  }

  @Test("A comparison of two tensors is refused, and so is another axis.")
  func refusals() {
    #expect(
      message { _ = try outline("ops.NotEqual", input: [5]) } == """
        layer 'it' (ops.NotEqual) is called with more than tensors: anything but a tensor and a \
        number.
          Rebuild it with layers alone, and give that:  --architecture model.json
        """)
    #expect(
      message { _ = try outline("ops.Any", ["axis": .number(1)], input: [5, 3]) }?
        .contains("the last axis") == true)
  }
}
