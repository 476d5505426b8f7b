import NetworkGraph
import Testing

@testable import ModelImport

@Suite("Rescaling and normalising inputs")
struct KerasLayerScalingTests {
  private func affine(_ model: TinyModel) throws -> [[Float]] {
    let graph = try model.graph()
    guard case .affine(let scale, let shift) = graph.nodes[1].operation else { return [] }
    #expect(graph.sites.isEmpty)
    return [scale, shift]
  }

  @Test(
    "A scale and an offset are one number, or one for each channel.",
    arguments: [
      (#""scale": 0.5, "offset": -1"#, [[0.5], [-1]]), (#""scale": 2"#, [[2], [0]]),
      (#""scale": [1, 2], "offset": 3"#, [[1, 2], [3, 3]]),
    ] as [(String, [[Float]])])
  func rescaling(settings: String, expected: [[Float]]) throws {
    #expect(try affine(TinyModel("Rescaling", settings, input: [3, 2])) == expected)
  }

  @Test("A normalisation takes mean and variance from its settings, or from its weights.")
  func normalization() throws {
    let settings = #""axis": [-1], "mean": [1, 2], "variance": [4, 16]"#
    #expect(
      try affine(TinyModel("Normalization", settings, input: [3, 2]))
        == [[0.5, 0.25], [-0.5, -0.5]])
    let stored = TinyModel(
      "Normalization", #""axis": -1"#, input: [3, 1],
      weights: [
        .init(name: "mean", shape: [1], start: 1), .init(name: "variance", shape: [1], start: 4),
        .init(name: "count", shape: []),
      ])
    #expect(try affine(stored) == [[0.5], [-0.5]])
  }

  @Test("A normalisation may be inverted, have no axis, and a variance of 0.")
  func forms() throws {
    let inverse = #""axis": null, "mean": 3, "variance": 4, "invert": true"#
    #expect(try affine(TinyModel("Normalization", inverse, input: [3, 2])) == [[2], [3]])
    let flat = #""axis": null, "mean": 0, "variance": 0"#
    #expect(try affine(TinyModel("Normalization", flat, input: [3, 2])) == [[1e7], [0]])
  }

  @Test("A normalisation of other axes has numbers for each value.")
  func otherAxes() throws {
    let settings = #""axis": 1, "mean": [1, 2], "variance": [4, 16]"#
    #expect(
      try affine(TinyModel("Normalization", settings, input: [2, 2]))
        == [[0.5, 0.5, 0.25, 0.25], [-0.5, -0.5, -0.5, -0.5]])
  }

  @Test("A list of another length than the channels is refused.")
  func wrongLength() {
    let model = TinyModel("Rescaling", #""scale": [1, 2, 3]"#, input: [3, 2])
    #expect(
      message { _ = try model.graph() }
        == "layer 'layer' (Rescaling) has [1, 2, 3] as scale; expected: 1 number or 2 of them.")
  }
}
