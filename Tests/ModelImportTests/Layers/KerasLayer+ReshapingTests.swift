import NetworkGraph
import Testing

@testable import ModelImport

@Suite("Reshapings")
struct KerasLayerReshapingTests {
  @Test(
    "A layer becomes the operation and shape that Keras gives it.",
    arguments: [
      ("Flatten", #""data_format": "channels_last""#, [7, 6, 2], "reshape 84"),
      ("Reshape", #""target_shape": [3, -1, 2]"#, [12], "reshape 3×2×2"),
      ("Reshape", #""target_shape": [12]"#, [3, 4], "reshape 12"),
      ("Permute", #""dims": [3, 1, 2]"#, [7, 6, 2], "permutation 2×7×6"),
      ("RepeatVector", #""n": 5"#, [3], "nearest upsampling 5×3"),
    ])
  func shapes(className: String, settings: String, input: [Int], expected: String) throws {
    #expect(try TinyModel(className, settings, input: input).graph().outline.last == expected)
  }

  @Test(
    "A setting that makes no sense is refused with what is expected.",
    arguments: [
      (
        "Reshape", #""target_shape": [5, -1]"#,
        "layer 'layer' (Reshape) has [5, -1] as target_shape; expected: extents of 12 values, at most "
          + "one of them -1."
      ),
      (
        "Reshape", #""target_shape": [-1, -1, 12]"#,
        "layer 'layer' (Reshape) has [-1, -1, 12] as target_shape; expected: extents of 12 values, at "
          + "most one of them -1."
      ),
    ])
  func invalid(className: String, settings: String, expected: String) {
    #expect(
      message { _ = try TinyModel(className, settings, input: [3, 2, 2]).graph() } == expected)
  }
}
