import NetworkGraph
import Testing

@testable import ModelImport

@Suite("Normalisations of each sample by itself")
struct KerasLayerSampleNormalizationTests {
  @Test(
    "They are made of steps whose only site is the root.",
    arguments: [
      ("LayerNormalization", #""axis": [-1], "epsilon": 0.5"#, [[4], [4]], [2, 3, 1], 9),
      ("LayerNormalization", #""axis": [1, 3]"#, [[2, 4], [2, 4]], [1, 3, 1], 9),
      ("LayerNormalization", #""axis": -1, "scale": false, "center": false"#, [], [2, 3, 1], 8),
      ("LayerNormalization", #""axis": -1, "rms_scaling": true"#, [[4]], [2, 3, 1], 9),
      ("GroupNormalization", #""groups": 2"#, [[4], [4]], [1, 1, 2, 1], 11),
      ("GroupNormalization", #""groups": -1, "scale": false"#, [[4]], [1, 1, 4, 1], 11),
      ("RMSNormalization", #""epsilon": 1e-6"#, [[4]], [2, 3, 1], 7),
      ("UnitNormalization", #""axis": [1, 2]"#, [], [1, 1, 4], 6),
    ] as [(String, String, [[Int]], [Int], Int)])
  func steps(
    className: String, settings: String, weights: [[Int]], root: [Int], nodes: Int
  ) throws {
    let graph = try TinyModel(
      className, settings, input: [2, 3, 4],
      weights: weights.enumerated().map { .init(name: "w\($0.offset)", shape: $0.element) }
    ).graph()
    #expect(graph.sites.map(\.name) == ["layer/power"])
    #expect(graph.sites.map(\.function) == ["power(-0.5)"])
    #expect(graph.sites[0].shape.extents == root)
    #expect(graph.outputExtents == [2, 3, 4])
    #expect(graph.nodes.count == nodes)
  }

  @Test("A layer normalisation is mean, centring, squares, mean, epsilon, root, product, weights.")
  func layerNormalization() throws {
    let graph = try TinyModel(
      "LayerNormalization", #""axis": [-1], "epsilon": 0.5"#, input: [2, 3, 4],
      weights: [.init(name: "g", shape: [4]), .init(name: "b", shape: [4])]
    ).graph()
    #expect(
      graph.outline == [
        "input 2×3×4", "mean 2×3×1", "subtract 2×3×4", "multiply 2×3×4", "mean 2×3×1",
        "affine 2×3×1", "power(-0.5) 2×3×1", "multiply 2×3×4", "affine 2×3×4",
      ])
    guard case .affine(let scale, let shift) = graph.nodes[5].operation else {
      Issue.record("no epsilon")
      return
    }
    #expect(scale == [1] && shift == [0.5])
  }

  @Test("Groups that do not share the channels evenly are refused, and so are other axes.")
  func unsupported() {
    let uneven = TinyModel(
      "GroupNormalization", #""groups": 3, "scale": false, "center": false"#, input: [2, 4])
    #expect(
      message { _ = try uneven.graph() }
        == "layer 'layer' (GroupNormalization) has 3 as groups; expected: a divisor of 4 channels, "
        + "or -1.")
    let axis = TinyModel(
      "RMSNormalization", #""axis": 1"#, input: [2, 4],
      weights: [.init(name: "scale", shape: [2])])
    #expect(
      message { _ = try axis.graph() } == """
        layer 'layer' (RMSNormalization) has axis 1, which Rangefinder does not support.
          Supported: the last axis (-1 or 2).
        """)
  }
}
