import Testing

@testable import ModelImport

@Suite("Where Keras 3 stores layers")
struct TreePathsTests {
  @Test(
    "Classes are spelled as Keras spells them.",
    arguments: [
      ("Conv2D", "conv2d"), ("Conv2DTranspose", "conv2d_transpose"), ("ReLU", "re_lu"),
      ("PReLU", "p_re_lu"), ("LeakyReLU", "leaky_re_lu"), ("GRU", "gru"), ("ELU", "elu"),
      ("UpSampling2D", "up_sampling2d"), ("MultiHeadAttention", "multi_head_attention"),
      ("RMSNormalization", "rms_normalization"), ("DepthwiseConv1D", "depthwise_conv1d"),
      ("LRN2D", "lrn2d"), ("My_Layer", "my__layer"), ("XAbCd", "x_ab_cd"),
    ])
  func snakeCase(className: String, spelling: String) {
    #expect(TreePaths.snakeCase(className) == spelling)
  }

  @Test("Layers are numbered by class in each model, whatever their names; functions are not.")
  func numbers() throws {
    func layer(_ className: String, _ name: String, _ more: String = "") -> String {
      #"{"class_name": "\#(className)", "config": {"name": "\#(name)"\#(more)}}"#
    }
    let add = #"{"class_name": "Add", "module": "keras.src.ops.numpy", "config": {"name": "f"}}"#
    let inner = [layer("Dense", "dense"), layer("Add", "sum")].joined(separator: ", ")
    let text = [
      layer("Dense", "dense_1"), layer("Dense", "dense"), add,
      layer("Sequential", "tower", #", "layers": [\#(inner)]"#), layer("Add", "add_1"),
      layer("Convolution2D", "c"), layer("Conv2D", "d"), layer("LRN", "n"),
      layer("Dense", "last"),
    ].joined(separator: ", ")
    let model = try ModelConfigTests.config(
      #"{"class_name": "Sequential", "config": {"name": "net", "layers": [\#(text)]}}"#)
    let tree = TreePaths(of: model)
    #expect(
      tree.leaves.map { "\($0.layer.settings.layer) \($0.path)" } == [
        "dense_1 layers/dense", "dense layers/dense_1",
        "tower/dense layers/sequential/layers/dense",
        "tower/sum layers/sequential/layers/add", "add_1 layers/add", "c layers/conv2d",
        "d layers/conv2d_1", "n layers/lrn", "last layers/dense_2",
      ])
    #expect(tree.lists == ["layers", "layers/sequential/layers"])
    #expect(tree.paths.count == 10)
  }
}
