import NetworkGraph
import Testing

@testable import ModelImport

@Suite("Paddings, croppings and enlargements")
struct KerasLayerResamplingTests {
  @Test(
    "A layer becomes the operation and shape that Keras gives it.",
    arguments: [
      ("ZeroPadding1D", #""padding": [1, 2]"#, [7, 2], "zero padding 10×2"),
      ("ZeroPadding1D", #""padding": 1"#, [7, 2], "zero padding 9×2"),
      ("ZeroPadding2D", #""padding": [1, 2]"#, [7, 6, 2], "zero padding 9×10×2"),
      ("ZeroPadding2D", #""padding": [[1, 0], [2, 3]]"#, [7, 6, 2], "zero padding 8×11×2"),
      ("Cropping1D", #""cropping": [1, 2]"#, [7, 2], "cropping 4×2"),
      ("Cropping2D", #""cropping": [[1, 0], [2, 3]]"#, [7, 6, 2], "cropping 6×1×2"),
      ("UpSampling1D", #""size": 3"#, [7, 2], "nearest upsampling 21×2"),
      (
        "UpSampling2D", #""size": 2, "interpolation": "bilinear""#, [7, 6, 2],
        "linear resizing 14×12×2"
      ),
      ("UpSampling3D", #""size": [1, 2, 3]"#, [3, 2, 2, 4], "nearest upsampling 3×4×6×4"),
      ("ZeroPadding3D", #""padding": 1"#, [3, 2, 2, 4], "zero padding 5×4×4×4"),
      ("Cropping3D", #""cropping": [[1, 0], [0, 1], [0, 0]]"#, [3, 2, 2, 4], "cropping 2×1×2×4"),
      ("Resizing", #""height": 4, "width": 9"#, [7, 6, 2], "linear resizing 4×9×2"),
      (
        "Resizing", #""height": 4, "width": 9, "interpolation": "nearest""#, [7, 6, 2],
        "nearest resizing 4×9×2"
      ),
      (
        "UpSampling2D", #""size": [2, 1], "interpolation": "nearest""#, [7, 6, 2],
        "nearest upsampling 14×6×2"
      ),
    ])
  func shapes(className: String, settings: String, input: [Int], expected: String) throws {
    #expect(try TinyModel(className, settings, input: input).graph().outline.last == expected)
  }

  @Test("A picture that keeps its ratio is cropped in the middle before it is resized.")
  func cropping() throws {
    let graph = try TinyModel(
      "Resizing", #""height": 4, "width": 2, "crop_to_aspect_ratio": true"#, input: [6, 8, 1]
    ).graph()
    #expect(
      graph.outline == ["input 6×8×1", "cropping 6×3×1", "linear resizing 4×2×1"])
    guard case .cropping(let amounts) = graph.nodes[1].operation else { return }
    #expect(amounts.map { [$0.before, $0.after] } == [[0, 0], [2, 3]])
  }

  @Test("Sides are kept apart.")
  func sides() throws {
    let graph = try TinyModel("ZeroPadding2D", #""padding": [[1, 0], [2, 3]]"#, input: [7, 6, 2])
      .graph()
    guard case .zeroPadding(let amounts) = graph.nodes[1].operation else {
      Issue.record("no padding")
      return
    }
    #expect(amounts.map { [$0.before, $0.after] } == [[1, 0], [2, 3]])
  }

  @Test(
    "A setting that makes no sense is refused with what is expected.",
    arguments: [
      (
        "ZeroPadding2D", #""padding": [1, 2, 3]"#,
        "layer 'layer' (ZeroPadding2D) has [1, 2, 3] as padding; expected: an integer, or pairs of "
          + "integers for 2 axes."
      ),
      (
        "UpSampling2D", #""size": 2, "interpolation": "bicubic""#,
        """
        layer 'layer' (UpSampling2D) has interpolation "bicubic", which Rangefinder does not support.
          Supported: nearest, bilinear.
        """
      ),
      (
        "UpSampling2D", #""size": 3000000000"#,
        "layer 'layer' (UpSampling2D) has 3000000000.0 as size; expected: 2 positive integers."
      ),
      (
        "Resizing", #""height": 2, "width": 2, "pad_to_aspect_ratio": true"#,
        """
        layer 'layer' (Resizing) has pad_to_aspect_ratio true, which Rangefinder does not support.
          Supported: false.
        """
      ),
    ])
  func invalid(className: String, settings: String, expected: String) {
    #expect(
      message { _ = try TinyModel(className, settings, input: [3, 2, 2]).graph() } == expected)
  }
}
