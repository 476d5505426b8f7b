import NetworkGraph
import Testing

@testable import ModelImport

@Suite("Poolings")
struct KerasLayerPoolingTests {
  @Test(
    "A layer becomes the operation and shape that Keras gives it.",
    arguments: [
      ("MaxPooling2D", #""pool_size": [3, 2], "strides": [2, 1]"#, [7, 6, 2], "max pooling 3×5×2"),
      (
        "MaxPooling2D", #""pool_size": 2, "strides": null, "padding": "same""#, [7, 6, 2],
        "max pooling 4×3×2"
      ),
      (
        "MaxPooling1D", #""pool_length": 3, "stride": 1, "border_mode": "valid""#, [7, 2],
        "max pooling 5×2"
      ),
      ("AveragePooling1D", "", [7, 2], "average pooling 3×2"),
      ("AveragePooling2D", #""pool_size": [7, 6]"#, [7, 6, 2], "average pooling 1×1×2"),
      ("GlobalMaxPooling1D", "", [7, 2], "global max pooling 2"),
      ("MaxPooling3D", #""padding": "same""#, [5, 4, 3, 2], "max pooling 3×2×2×2"),
      ("AveragePooling3D", #""pool_size": [1, 2, 3]"#, [5, 4, 3, 2], "average pooling 5×2×1×2"),
      ("GlobalAveragePooling3D", "", [5, 4, 3, 2], "global average pooling 2"),
      ("GlobalAveragePooling2D", #""keepdims": true"#, [7, 6, 2], "global average pooling 1×1×2"),
    ])
  func shapes(className: String, settings: String, input: [Int], expected: String) throws {
    #expect(try TinyModel(className, settings, input: input).graph().outline.last == expected)
  }

  @Test("The greatest value of a window is a site, the mean is none.")
  func sites() throws {
    #expect(
      try TinyModel("MaxPooling2D", input: [4, 4, 1]).graph().sites.map(\.name) == ["layer/max"])
    #expect(try TinyModel("GlobalMaxPooling1D", input: [4, 1]).graph().sites.count == 1)
    #expect(try TinyModel("AveragePooling2D", input: [4, 4, 1]).graph().sites.isEmpty)
  }
}
