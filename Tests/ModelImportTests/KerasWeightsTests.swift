import NetworkGraph
import Testing

@testable import ModelImport

@Suite("Which weights belong to which layer")
struct KerasWeightsTests {
  private func weights(_ groups: [(String, [[Int]])]) -> KerasWeights {
    KerasWeights(
      file: "w.h5",
      groups: groups.map { name, shapes in
        KerasWeights.Group(
          name: name,
          weights: shapes.enumerated().map { index, shape in
            let count = shape.reduce(1, *)
            return KerasWeights.Weight(
              name: "\(name)/w\(index)",
              tensor: Tensor([Float](repeating: 0, count: count), extents: shape))
          })
      }, hasMirroredKernels: false)
  }

  private func model(_ layers: String) throws -> ModelConfig {
    try ModelConfigTests.config(#"{"class_name": "Sequential", "config": [\#(layers)]}"#)
  }

  private func dense(_ name: String) -> String {
    #"{"class_name": "Dense", "config": {"name": "\#(name)", "units": 2}}"#
  }

  private func normalization(_ name: String, trainable: Bool = true) -> String {
    """
    {"class_name": "BatchNormalization", "config": {"name": "\(name)", "trainable": \(trainable)}}
    """
  }

  private func names(_ assigned: [String: [KerasWeights.Weight]]) -> [String: [String]] {
    assigned.mapValues { $0.map(\.name) }
  }

  @Test("Groups are matched by name, in whatever order they are, and others are left out.")
  func byName() throws {
    let assigned = try weights([
      ("other", [[1]]), ("b", [[2, 2], [2]]), ("relu", []), ("a", [[3, 2], [2]]),
    ]).assigned(to: try model("\(dense("a")), \(dense("b"))"))
    #expect(names(assigned) == ["a": ["a/w0", "a/w1"], "b": ["b/w0", "b/w1"]])
  }

  @Test("Groups are matched by their order if a name is missing.")
  func byOrder() throws {
    let assigned = try weights([
      ("dense_7", [[3, 2], [2]]), ("r", []), ("dense_8", [[2, 2], [2]]),
    ])
    .assigned(to: try model("\(dense("a")), \(dense("dense_7"))"))
    #expect(
      names(assigned) == [
        "a": ["dense_7/w0", "dense_7/w1"], "dense_7": ["dense_8/w0", "dense_8/w1"],
      ])
  }

  @Test("Numbers of layers that differ are refused with both lists.")
  func layerCount() throws {
    let model = try model("\(dense("a")), \(dense("b"))")
    #expect(
      message { _ = try weights([("x", [[3, 2], [2]])]).assigned(to: model) }
        == """
        'w.h5' holds the weights of 1 layers, and the architecture has 2 with weights.
          Stored: x.
          Expected: a, b.
        """)
  }

  @Test("A layer with too few weights is refused with both lists.")
  func weightCount() throws {
    let model = try model(dense("a"))
    #expect(
      message { _ = try weights([("a", [[3, 2]])]).assigned(to: model) }
        == """
        layer 'a' (Dense) has 1 stored weights, where 2 are expected.
          Stored: a/w0.
          Expected: kernel, bias.
        """)
  }

  @Test("A nested model's weights are one list: the trained ones first, then the others.")
  func nested() throws {
    let inner = [normalization("n"), dense("d"), normalization("frozen", trainable: false)]
      .joined(separator: ", ")
    let model = try model(
      #"{"class_name": "Sequential", "config": {"name": "t", "layers": [\#(inner)]}}"#)
    let assigned = try weights([("t", [[Int]](repeating: [2], count: 10))]).assigned(to: model)
    #expect(
      names(assigned) == [
        "t/n": ["t/w0", "t/w1", "t/w4", "t/w5"], "t/d": ["t/w2", "t/w3"],
        "t/frozen": ["t/w6", "t/w7", "t/w8", "t/w9"],
      ])
  }

  @Test("A nested model that was not trained keeps the order of its layers.")
  func frozen() throws {
    let inner = [normalization("n"), dense("d")].joined(separator: ", ")
    let model = try model(
      """
      {"class_name": "Sequential",
        "config": {"name": "t", "trainable": false, "layers": [\(inner)]}}
      """)
    let assigned = try weights([("t", [[Int]](repeating: [2], count: 6))]).assigned(to: model)
    #expect(
      names(assigned) == [
        "t/n": ["t/w0", "t/w1", "t/w2", "t/w3"], "t/d": ["t/w4", "t/w5"],
      ])
  }
}
