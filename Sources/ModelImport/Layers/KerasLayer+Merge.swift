import NetworkGraph

extension KerasLayer {
  static let merges: [KerasLayer] =
    [
      elementwise("Add", .add, aliases: ["ops.Add"], "the sum of the inputs"),
      elementwise(
        "Subtract", .subtract, aliases: ["ops.Subtract"], "the first input less the other"),
      elementwise(
        "Multiply", .multiply, aliases: ["ops.Multiply"], "the product of the inputs"),
      elementwise("Average", .average, "the mean of the inputs"),
      elementwise("Maximum", .maximum, aliases: ["ops.Maximum"], "the greatest of the inputs"),
      elementwise("Minimum", .minimum, aliases: ["ops.Minimum"], "the least of the inputs"),
      KerasLayer("Concatenate", aliases: ["ops.Concatenate"], "the inputs side by side") {
        layer, graph in
        let rank = graph.nodes[layer.inputs[0]].shape.rank
        let axes = try layer.settings.axes("axis", default: [-1], rank: rank)
        return try graph.add(
          .concatenation(axis: axes[0]), layer: layer.settings.layer, inputs: layer.inputs)
      },
      dot,
    ]

  private static func elementwise(
    _ name: String, _ combination: Combination, aliases: [String] = [], _ summary: String
  ) -> KerasLayer {
    KerasLayer(
      name, aliases: aliases, summary,
      translate: { layer, graph in
        guard layer.inputs.count > 1 else {
          throw ModelImportError.wrongInputCount(
            layer: layer.settings.layer, className: name, found: layer.inputs.count,
            expected: "two or more")
        }
        // A layer lines up the last axes of its inputs; a function of keras.ops must be given as many.
        let isLayer = !layer.settings.className.hasPrefix("ops.")
        let rank = layer.inputs.map { graph.nodes[$0].shape.rank }.max()!
        let inputs = try layer.inputs.map { input in
          let extents = graph.nodes[input].shape.extents
          let missing = [Int](repeating: 1, count: isLayer ? rank - extents.count : 0)
          return try layer.reshape(input, to: missing + extents, in: &graph)
        }
        return try graph.add(
          .elementwise(combination), layer: layer.settings.layer, inputs: inputs)
      })
  }
}
