import NetworkGraph
import Testing

@testable import ModelImport

@Suite("Transposed convolutions")
struct KerasLayerTransposedConvolutionTests {
  /// A layer over one axis of 4 places.
  private func model(_ settings: String, size: Int = 3) -> TinyModel {
    TinyModel(
      "Conv1DTranspose", #""filters": 5, "kernel_size": \#(size), "use_bias": false, \#(settings)"#,
      input: [4, 2], weights: [.init(name: "k", shape: [size, 5, 2])])
  }

  @Test(
    "The output has the extent that Keras gives it.",
    arguments: [
      (#""strides": 2, "padding": "same""#, 3, 8), (#""strides": 2, "padding": "valid""#, 3, 9),
      (#""strides": 3, "padding": "valid""#, 2, 12),
      (#""strides": 2, "padding": "same", "output_padding": 1"#, 3, 8),
      (#""strides": 2, "padding": "same", "output_padding": 0"#, 3, 7),
      (#""strides": 2, "padding": "same", "output_padding": [1]"#, 4, 7),
      (#""strides": 3, "padding": "valid", "output_padding": 2"#, 4, 15),
      (#""strides": 1, "padding": "valid", "dilation_rate": 2"#, 3, 8),
    ])
  func extents(settings: String, size: Int, expected: Int) throws {
    let graph = try model(settings, size: size).graph()
    #expect(graph.outline.last == "transposed convolution \(expected)×5")
  }

  @Test("Two axes and three, with a bias and an activation.")
  func axes() throws {
    let plane = try TinyModel(
      "Conv2DTranspose",
      #""filters": 3, "kernel_size": 3, "strides": [2, 1], "activation": "tanh""#,
      input: [4, 5, 2],
      weights: [.init(name: "k", shape: [3, 3, 3, 2]), .init(name: "b", shape: [3])]
    ).graph()
    #expect(plane.outline.suffix(2) == ["transposed convolution 9×7×3", "tanh 9×7×3"])
    #expect(plane.sites.map(\.name) == ["layer/tanh"])
    let space = try TinyModel(
      "Conv3DTranspose", #""filters": 1, "kernel_size": 2, "strides": 2"#, input: [2, 2, 2, 1],
      weights: [.init(name: "k", shape: [2, 2, 2, 1, 1]), .init(name: "b", shape: [1])]
    ).graph()
    #expect(space.outputExtents == [4, 4, 4, 1])
  }

  @Test("An output padding of a stride or more is refused, and so is causal padding.")
  func refused() {
    #expect(
      message { _ = try model(#""strides": 2, "output_padding": 2"#).graph() }
        == "layer 'layer' (Conv1DTranspose) has 2 as output_padding; expected: an integer below the "
        + "stride for each of 1 axes.")
    #expect(
      message { _ = try model(#""padding": "causal""#).graph() } == """
        layer 'layer' (Conv1DTranspose) has padding "causal", which Rangefinder does not support.
          Supported: valid, same.
        """)
  }
}
