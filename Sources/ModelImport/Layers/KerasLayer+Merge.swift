import NetworkGraph

extension KerasLayer {
  static let merges: [KerasLayer] =
    [
      elementwise("Add", .add, "the sum of the inputs"),
      elementwise("Subtract", .subtract, "the first input less the other"),
      elementwise("Multiply", .multiply, "the product of the inputs"),
      elementwise("Average", .average, "the mean of the inputs"),
      elementwise("Maximum", .maximum, "the greatest of the inputs"),
      elementwise("Minimum", .minimum, "the least of the inputs"),
      KerasLayer("Concatenate", "the inputs side by side") {
        layer, graph in
        let rank = graph.nodes[layer.inputs[0]].shape.rank
        let axes = try layer.settings.axes("axis", default: [-1], rank: rank)
        return try graph.add(
          .concatenation(axis: axes[0]), layer: layer.settings.layer, inputs: layer.inputs)
      },
      dot,
      KerasLayer("Merge", "a sum, product, mean, maximum or concatenation, in Keras 1") {
        layer, graph in
        try layer.merge(in: &graph)
      },
    ]

  private static func elementwise(
    _ name: String, _ combination: Combination, _ summary: String
  ) -> KerasLayer {
    KerasLayer(
      name, summary,
      translate: { layer, graph in
        try layer.requireSeveralInputs()
        // The last axes are lined up.
        let rank = layer.inputs.map { graph.nodes[$0].shape.rank }.max()!
        let inputs = try layer.inputs.map { input in
          let extents = graph.nodes[input].shape.extents
          let missing = [Int](repeating: 1, count: rank - extents.count)
          return try layer.reshape(input, to: missing + extents, in: &graph)
        }
        return try graph.add(
          .elementwise(combination), layer: layer.settings.layer, inputs: inputs)
      })
  }
}

extension LayerUse {
  fileprivate func requireSeveralInputs() throws {
    guard inputs.count > 1 else {
      throw ModelImportError.wrongInputCount(
        layer: settings.layer, className: settings.className, found: inputs.count,
        expected: "two or more")
    }
  }

  /// Keras 1's only way to join tensors.
  fileprivate func merge(in graph: inout Graph) throws -> Int {
    try requireSeveralInputs()
    // A sequential model could begin with this layer, which then held its branches.
    if let layers = settings.value(["layers"])?.value.array, !layers.isEmpty {
      throw settings.unsupported("layers", "inside", supported: "inputs from other layers")
    }
    let mode = try settings.string("mode", default: "sum")
    let operation: Operation
    switch mode {
    case "sum": operation = .elementwise(.add)
    case "mul": operation = .elementwise(.multiply)
    case "ave": operation = .elementwise(.average)
    case "max": operation = .elementwise(.maximum)
    case "concat":
      let rank = graph.nodes[inputs[0]].shape.rank
      operation = .concatenation(
        axis: try settings.axes("concat_axis", default: [-1], rank: rank)[0])
    default:
      throw settings.unsupported("mode", "\"\(mode)\"", supported: "sum, mul, ave, max, concat")
    }
    return try graph.add(operation, layer: settings.layer, inputs: inputs)
  }
}
