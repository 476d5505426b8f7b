import NetworkGraph
import Testing

@testable import ModelImport

@Suite("Normalisations")
struct KerasLayerNormalizationTests {
  private func affine(_ graph: Graph) throws -> (scale: [Float], shift: [Float]) {
    guard case .affine(let scale, let shift) = graph.nodes[1].operation else {
      throw ModelImportError.tooManyNodes(limit: 1)
    }
    return (scale, shift)
  }

  private func weights(_ starts: [Float]) -> [TinyModel.Weight] {
    starts.enumerated().map { .init(name: "w\($0.offset)", shape: [1], start: $0.element) }
  }

  // With a variance of 3 and an epsilon of 1 the root is exactly 2.
  @Test(
    "Batch normalisation is scale and shift from gamma, beta, mean and variance, in this order.",
    arguments: [
      (#""axis": [3]"#, [6, 5, 4, 3], 3, -7),
      (#""axis": -1, "scale": false"#, [5, 4, 3], 0.5, 3),
      (#""axis": 3, "center": false"#, [6, 4, 3], 3, -12),
      (#""axis": 3, "center": false, "scale": 0"#, [4, 3], 0.5, -2),
    ] as [(String, [Float], Float, Float)])
  func batch(settings: String, values: [Float], scale: Float, shift: Float) throws {
    let graph = try TinyModel(
      "BatchNormalization", #""epsilon": 1.0, \#(settings)"#, input: [2, 2, 1],
      weights: weights(values)
    ).graph()
    #expect(try affine(graph).scale == [scale])
    #expect(try affine(graph).shift == [shift])
    #expect(graph.sites.isEmpty)
  }

  @Test("A batch normalisation of another axis has numbers for each value.")
  func batchAxis() throws {
    let weights = [[Float(1)], [0], [0], [3]].enumerated().map { index, start in
      TinyModel.Weight(name: "w\(index)", shape: [2], start: start[0])
    }
    let graph = try TinyModel(
      "BatchNormalization", #""axis": 2, "epsilon": 1"#, input: [1, 2, 3], weights: weights
    ).graph()
    // gamma 1, 9/8; beta and mean 0, 1/8; variance and epsilon 4, 33/8.
    let second = Float(1.125 / 4.125.squareRoot())
    #expect(try affine(graph).scale == [0.5, 0.5, 0.5, second, second, second])
    #expect(try affine(graph).shift.prefix(3) == [0, 0, 0])
  }

  @Test("A batch normalisation of Keras 1 by sample is refused, and so is one of several axes.")
  func unsupported() {
    func text(_ settings: String) -> String? {
      let model = TinyModel(
        "BatchNormalization", settings, input: [2, 2, 1], weights: weights([1, 1, 1, 1]))
      return message { _ = try model.graph() }
    }
    #expect(
      text(#""axis": [1, 2]"#) == """
        layer 'layer' (BatchNormalization) has axis 2 axes, which Rangefinder does not support.
          Supported: a single axis.
        """)
    #expect(
      text(#""mode": 1"#) == """
        layer 'layer' (BatchNormalization) has mode 1, which Rangefinder does not support.
          Supported: 0.
        """)
  }

  @Test(
    "Local response normalisation divides alpha where its settings are Caffe's.",
    arguments: [
      ("LocalResponseNormalization", #""depth_radius": 2, "bias": 2.0, "alpha": 0.5"#, 2, 2, 0.5),
      ("LRN", #""n": 5, "k": 1, "alpha": 0.5"#, 2, 1, 0.1),
      ("LRN2D", #""n": 5, "k": 2, "alpha": 0.5"#, 2, 2, 0.5),
      ("pack>LRN", #""n": 3, "alpha": 0.75"#, 1, 1, 0.25),
    ] as [(String, String, Int, Float, Float)])
  func localResponse(
    className: String, settings: String, radius: Int, bias: Float, alpha: Float
  ) throws {
    let graph = try TinyModel(className, settings + #", "beta": 0.75"#, input: [2, 2, 7]).graph()
    guard
      case .localSquareSum(let foundRadius, let foundBias, let foundAlpha) =
        graph.nodes[1].operation
    else {
      Issue.record("no sum of squares")
      return
    }
    #expect([foundBias, foundAlpha] == [bias, alpha])
    #expect(foundRadius == radius)
    #expect(graph.sites.map(\.function) == ["power(-0.75)"])
    #expect(graph.nodes[3].inputs == [0, 2])
    #expect(graph.outputExtents == [2, 2, 7])
  }

  @Test(
    "Local response normalisation over an even number of channels has no middle, and is refused.")
  func evenCount() {
    let model = TinyModel("LRN", #""n": 4, "alpha": 1, "beta": 1"#, input: [2, 2, 7])
    #expect(
      message { _ = try model.graph() }
        == """
        layer 'layer' (LRN) has n 4, which Rangefinder does not support.
          Supported: an odd number of channels.
        """)
  }
}
