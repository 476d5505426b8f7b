import NetworkGraph
import Testing

@testable import ModelImport

@Suite("Functions that a model calls on tensors")
struct KerasLayerFunctionsTests {
  /// A model of Keras 2 of two inputs of `[4, 3]` and a function, with the nodes of the function.
  private func graph(_ function: String, _ node: String) throws -> Graph {
    func input(_ name: String) -> String {
      """
      {"class_name": "InputLayer", "name": "\(name)", "inbound_nodes": [],
        "config": {"name": "\(name)", "batch_input_shape": [null, 4, 3]}}
      """
    }
    return try TinyModel(
      config: """
        {"class_name": "Functional", "config": {"name": "net", "layers": [
          \(input("a")), \(input("b")),
          {"class_name": "TFOpLambda", "name": "f", "inbound_nodes": [\(node)],
            "config": {"name": "f", "function": "\(function)"}}],
          "input_layers": [["a", 0, 0], ["b", 0, 0]], "output_layers": [["f", 0, 0]]}}
        """, groups: []
    ).graph()
  }

  private func affine(_ graph: Graph) -> [[Float]]? {
    guard case .affine(let scale, let shift) = graph.nodes.last?.operation else { return nil }
    return [scale, shift]
  }

  @Test(
    "Functions of two tensors combine them, in their order.",
    arguments: [
      ("math.add", "add 4×3"), ("__operators__.add", "add 4×3"), ("math.subtract", "subtract 4×3"),
      ("math.multiply", "multiply 4×3"), ("math.maximum", "maximum 4×3"),
      ("math.minimum", "minimum 4×3"),
    ])
  func tensors(function: String, expected: String) throws {
    let graph = try graph(function, #"["b", 0, 0, {"y": ["a", 0, 0], "name": null}]"#)
    #expect(graph.outline.last == expected)
    #expect(graph.nodes[2].inputs == [1, 0])
  }

  @Test("A quotient of tensors inverts one of them, which is a nonlinearity.")
  func quotient() throws {
    let graph = try graph("math.truediv", #"["b", 0, 0, {"y": ["a", 0, 0]}]"#)
    #expect(graph.sites.map(\.function) == ["power(-1)"])
    #expect(graph.nodes[2].inputs == [0])
    #expect(graph.nodes[3].inputs == [1, 2])
  }

  @Test("Functions of a tensor and numbers are scales and shifts, whichever comes first.")
  func numbers() throws {
    func last(_ function: String, _ number: String) throws -> [[Float]]? {
      affine(try graph(function, #"["a", 0, 0, {"y": \#(number), "name": null}]"#))
    }
    func first(_ function: String) throws -> [[Float]]? {
      affine(try graph(function, #"["_CONSTANT_VALUE", -1, 2.0, {"y": ["a", 0, 0]}]"#))
    }
    #expect(try last("math.add", "2.0") == [[1], [2]])
    #expect(try last("math.subtract", "2.0") == [[1], [-2]])
    #expect(try last("math.multiply", "[[2.0, 3.0, 4.0]]") == [[2, 3, 4], [0, 0, 0]])
    #expect(try last("math.truediv", "2.0") == [[0.5], [0]])
    #expect(try first("math.subtract") == [[-1], [2]])
    let inverse = try graph("math.truediv", #"["_CONSTANT_VALUE", -1, 2.0, {"y": ["a", 0, 0]}]"#)
    #expect(inverse.outline.suffix(2) == ["power(-1) 4×3", "affine 4×3"])
    #expect(affine(inverse) == [[2], [0]])
    #expect(
      try graph("math.maximum", #"["a", 0, 0, {"y": 0.0}]"#).sites.map(\.name) == ["f/relu"])
  }

  @Test("Lists, shapes and axes are read.")
  func others() throws {
    #expect(
      try graph("concat", #"[["a", 0, 0, {"axis": 1}], ["b", 0, 0, {"axis": 1}]]"#).outputExtents
        == [8, 3])
    #expect(try graph("reshape", #"["a", 0, 0, {"shape": [-1, 12]}]"#).outputExtents == [12])
    #expect(try graph("transpose", #"["a", 0, 0, {"perm": [0, 2, 1]}]"#).outputExtents == [3, 4])
    #expect(
      try graph("math.reduce_mean", #"["a", 0, 0, {"axis": [1]}]"#).outline.suffix(2)
        == ["mean 1×3", "reshape 3"])
    #expect(
      try graph("nn.softmax", #"["a", 0, 0, {"axis": 1}]"#).outline.suffix(2)
        == ["softmax 3×4", "permutation 4×3"])
    #expect(
      try graph("nn.leaky_relu", #"["a", 0, 0, {}]"#).sites.map(\.function)
        == ["leaky_relu(0.2)"])
    #expect(
      try graph("nn.gelu", #"["a", 0, 0, {"approximate": true}]"#).sites.map(\.function)
        == ["gelu_tanh"])
    #expect(try graph("nn.relu6", #"["a", 0, 0, {}]"#).sites.map(\.name) == ["f/relu6"])
  }

  @Test("What is not certain is refused by name.")
  func refusals() {
    func refusal(_ function: String, _ node: String) -> String? {
      message { _ = try graph(function, node) }.map { String($0.split(separator: "\n")[0]) }
    }
    #expect(
      refusal("linalg.matmul", #"["a", 0, 0, {}]"#)
        == "layer 'f' has class 'tf.linalg.matmul', which Rangefinder does not know.")
    #expect(
      refusal("reshape", #"["a", 0, 0, {"shape": [-1, 3]}]"#)
        == "layer 'f' (tf.reshape) has [3] as shape; expected: extents of 12 values, at most one "
        + "of them -1.")
    #expect(
      refusal("transpose", #"["a", 0, 0, {"perm": [1, 0, 2]}]"#)
        == "layer 'f' (tf.transpose) has [1, 0, 2] as perm; expected: the axes of a sample, after "
        + "the batch's 0.")
    #expect(
      refusal("math.add", #"["a", 0, 0, {"y": [[1.0], [2.0], [3.0], [4.0]]}]"#)?
        .contains("expected: a number, or one for each of 3 channels") == true)
    #expect(
      refusal("math.minimum", #"["a", 0, 0, {"y": 1.0}]"#)
        == "layer 'f' (tf.math.minimum) has a bound 1.0, which Rangefinder does not support.")
    #expect(
      refusal("nn.relu", #"["a", 0, 0, {"more": 1.0}]"#)
        == "layer 'f' (tf.nn.relu) is called with more than tensors: more = 1.")
  }
}
