import NetworkGraph

extension KerasLayer {
  static let maskings: [KerasLayer] = [
    KerasLayer(
      "Embedding", "a row of a table for each id",
      weights: { _ in [WeightSlot(name: "embeddings")] },
      translate: { layer, graph in
        let rows = try layer.settings.positive("input_dim")
        let channels = try layer.settings.positive("output_dim")
        let table = try layer.weight("embeddings", extents: [rows, channels])
        return try layer.add(.embedding(table: table), after: try layer.input(), to: &graph)
      }),
    KerasLayer("Masking", "the steps of which all values are one number become 0, and are left out")
    { layer, graph in
      let input = try layer.input()
      guard let mask = layer.ownMask else { preconditionFailure("its mask is made before") }
      let column = try layer.add(
        .reshape(Shape(graph.nodes[mask].shape.extents + [1])!), after: mask, to: &graph)
      return try graph.add(
        .elementwise(.multiply), layer: layer.settings.layer, inputs: [input, column])
    },
  ]
}

extension LayerUse {
  /// The mask of `Masking`: a step counts if any of its values is not `mask_value`.
  func maskOfSteps(in graph: inout Graph) throws -> Int {
    let value = Float(try settings.number("mask_value", default: 0))
    return try add(.mask(unless: value), after: try input(), to: &graph)
  }

  /// The mask of `Embedding(mask_zero: true)`: an id counts if it is not 0.
  func maskOfZeros(in graph: inout Graph) throws -> Int? {
    guard try settings.bool("mask_zero", default: false) else { return nil }
    let ids = try input()
    let column = try add(
      .reshape(Shape(graph.nodes[ids].shape.extents + [1])!), after: ids, to: &graph)
    return try add(.mask(unless: 0), after: column, to: &graph)
  }
}
