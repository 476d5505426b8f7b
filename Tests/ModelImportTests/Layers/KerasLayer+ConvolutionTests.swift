import NetworkGraph
import Testing

@testable import ModelImport

@Suite("Convolutions")
struct KerasLayerConvolutionTests {
  private func convolution(_ graph: Graph, _ node: Int = 1) throws -> (
    Window, Int, Tensor, [Float]?
  ) {
    guard
      case .convolution(let window, let groups, let kernel, let bias) = graph.nodes[node].operation
    else { throw ModelImportError.tooManyNodes(limit: node) }
    return (window, groups, kernel, bias)
  }

  @Test("Window, groups, bias and activation follow the settings.")
  func settings() throws {
    let graph = try TinyModel(
      "Conv2D",
      """
      "filters": 6, "kernel_size": [3, 2], "strides": [2, 1], "padding": "same", "groups": 2,
      "dilation_rate": 1, "activation": "relu"
      """, input: [9, 8, 4],
      weights: [.init(name: "k", shape: [3, 2, 2, 6]), .init(name: "b", shape: [6])]
    ).graph()
    let (window, groups, kernel, bias) = try convolution(graph)
    #expect(window == Window(size: [3, 2], strides: [2, 1], padding: .same))
    #expect(groups == 2)
    #expect(kernel.extents == [3, 2, 2, 6])
    #expect(bias?.count == 6)
    #expect(graph.outputExtents == [5, 8, 6])
    #expect(graph.sites.map(\.name) == ["layer/relu"])
  }

  @Test("Keras 1 names everything otherwise.")
  func keras1() throws {
    let graph = try TinyModel(
      "Convolution2D",
      """
      "nb_filter": 2, "nb_row": 3, "nb_col": 2, "subsample": [2, 2], "border_mode": "valid",
      "dim_ordering": "tf", "bias": false
      """, input: [9, 8, 1], weights: [.init(name: "k", shape: [3, 2, 1, 2])], version: "1.2.1"
    ).graph()
    #expect(
      try convolution(graph).0 == Window(size: [3, 2], strides: [2, 2], padding: .valid))
    #expect(graph.outputExtents == [4, 4, 2])
  }

  @Test(
    "A convolution of one axis may be causal, and its kernel of Keras 1 has an axis too many.",
    arguments: [[3, 4, 2], [3, 1, 4, 2]])
  func oneAxis(kernel: [Int]) throws {
    let graph = try TinyModel(
      "Conv1D",
      #""filters": 2, "kernel_size": [3], "padding": "causal", "dilation_rate": [2], "use_bias": false"#,
      input: [7, 4], weights: [.init(name: "k", shape: kernel)]
    ).graph()
    let (window, _, tensor, bias) = try convolution(graph)
    #expect(window == Window(size: [3], strides: [1], dilations: [2], padding: .causal))
    #expect(tensor.extents == [3, 4, 2])
    #expect(bias == nil)
    #expect(graph.outputExtents == [7, 2])
  }

  @Test("A kernel from Theano is mirrored along its spatial axes.")
  func mirrored() throws {
    var model = TinyModel(
      "Conv2D", #""filters": 2, "kernel_size": 2, "use_bias": false"#, input: [3, 3, 1],
      weights: [.init(name: "k", shape: [2, 2, 1, 2])])
    model.backend = "theano"
    let kernel = try convolution(try model.graph()).2
    #expect(kernel.values.map { $0 * 8 } == [6, 7, 4, 5, 2, 3, 0, 1])
  }

  @Test("A depthwise convolution has a group for each channel.")
  func depthwise() throws {
    let graph = try TinyModel(
      "DepthwiseConv2D", #""kernel_size": [3, 3], "depth_multiplier": 2"#, input: [5, 5, 3],
      weights: [.init(name: "k", shape: [3, 3, 3, 2]), .init(name: "b", shape: [6])]
    ).graph()
    let (_, groups, kernel, bias) = try convolution(graph)
    #expect(groups == 3)
    #expect(kernel.extents == [3, 3, 1, 6])
    #expect(kernel.values[7] == 0.875)
    #expect(bias?.count == 6)
    #expect(graph.outputExtents == [3, 3, 6])
  }

  @Test("A separable convolution is two, with no site between.")
  func separable() throws {
    let graph = try TinyModel(
      "SeparableConv1D",
      """
      "filters": 5, "kernel_size": [3], "strides": [2], "padding": "same", "depth_multiplier": 2,
      "activation": "swish"
      """, input: [8, 3],
      weights: [
        .init(name: "d", shape: [3, 3, 2]), .init(name: "p", shape: [1, 6, 5]),
        .init(name: "b", shape: [5]),
      ]
    ).graph()
    #expect(
      graph.outline == ["input 8×3", "grouped convolution 4×6", "convolution 4×5", "silu 4×5"])
    #expect(try convolution(graph, 1).3 == nil)
    #expect(try convolution(graph, 2).3?.count == 5)
    #expect(graph.sites.map(\.name) == ["layer/silu"])
  }

  @Test("A padding that two axes do not have is refused with those they have.")
  func padding() {
    let model = TinyModel(
      "Conv2D", #""filters": 1, "kernel_size": 2, "padding": "causal""#, input: [3, 3, 1],
      weights: [.init(name: "k", shape: [2, 2, 1, 1]), .init(name: "b", shape: [1])])
    #expect(
      message { _ = try model.graph() }
        == """
        layer 'layer' (Conv2D) has padding "causal", which Rangefinder does not support.
          Supported: valid, same.
        """)
  }

  @Test("Groups that do not divide the channels are refused.")
  func groups() {
    let model = TinyModel(
      "Conv2D", #""filters": 2, "kernel_size": 1, "groups": 2"#, input: [3, 3, 3],
      weights: [.init(name: "k", shape: [1, 1, 1, 2]), .init(name: "b", shape: [2])])
    #expect(
      message { _ = try model.graph() }
        == "layer 'layer' (Conv2D) has 2 as groups; expected: a divisor of 3 channels.")
  }

  @Test("Kernels that Keras 1 stored in Theano's order are turned, and so is the input.")
  func theanoOrder() throws {
    let graph = try TinyModel(
      "Convolution2D",
      #""nb_filter": 2, "nb_row": 3, "nb_col": 1, "dim_ordering": "th", "bias": false"#,
      input: [4, 9, 8], weights: [.init(name: "k", shape: [2, 4, 3, 1])], version: "1.2.1"
    ).graph()
    #expect(
      graph.outline == [
        "input 4×9×8", "permutation 9×8×4", "convolution 7×8×2", "permutation 2×7×8",
      ])
    let kernel = try convolution(graph, 2).2
    // [row, column, channel, filter] = [1, 0, 2, 1] was [1, 2, 1, 0], the 20th number.
    #expect(kernel.values[1 * 8 + 2 * 2 + 1] == Float(1 * 12 + 2 * 3 + 1) / 8)
  }

  @Test("A kernel of one axis from before Keras 1.2 is in Theano's order.")
  func theanoOrderOfOneAxis() throws {
    let graph = try TinyModel(
      "Convolution1D", #""nb_filter": 2, "filter_length": 3, "bias": false"#, input: [7, 4],
      weights: [.init(name: "k", shape: [2, 4, 3, 1])], version: "1.1.0"
    ).graph()
    // [step, channel, filter] = [1, 2, 1] was [1, 2, 1, 0].
    #expect(try convolution(graph).2.values[1 * 8 + 2 * 2 + 1] == Float(12 + 6 + 1) / 8)
  }

  @Test("Keras 1's dilated convolution and its transposed one are today's.")
  func otherNames() throws {
    let dilated = try TinyModel(
      "AtrousConvolution2D",
      #""nb_filter": 2, "nb_row": 3, "nb_col": 3, "atrous_rate": [2, 2], "bias": false"#,
      input: [9, 8, 1], weights: [.init(name: "k", shape: [3, 3, 1, 2])], version: "1.2.1"
    ).graph()
    #expect(dilated.outputExtents == [5, 4, 2])
    let transposed = try TinyModel(
      "Deconvolution2D",
      """
      "nb_filter": 2, "nb_row": 3, "nb_col": 3, "subsample": [2, 2], "border_mode": "same",
      "output_shape": [null, 9, 10, 2], "bias": false
      """, input: [5, 5, 4], weights: [.init(name: "k", shape: [3, 3, 4, 2])], version: "1.2.1"
    ).graph()
    #expect(transposed.outputExtents == [9, 10, 2])
    guard case .transposedConvolution(_, _, let kernel, _) = transposed.nodes[1].operation else {
      throw ModelImportError.tooManyNodes(limit: 1)
    }
    // [0, 0, filter 1, channel 2] was [0, 0, 2, 1].
    #expect(kernel.values[1 * 4 + 2] == Float(2 * 2 + 1) / 8)
  }
}
