import NetworkGraph

extension KerasLayer {
  static let dot = KerasLayer("Dot", "sums of products along an axis of each of two inputs") {
    layer, graph in
    guard layer.inputs.count == 2 else {
      throw ModelImportError.wrongInputCount(
        layer: layer.settings.layer, className: layer.settings.className,
        found: layer.inputs.count, expected: "two")
    }
    let extents = layer.inputs.map { graph.nodes[$0].shape.extents }
    let axes = try layer.settings.dotAxes(ranks: extents.map(\.count))
    var (tables, others): ([Int], [[Int]]) = ([], [])
    for (index, axis) in axes.enumerated() {
      var node = layer.inputs[index]
      if try layer.settings.bool("normalize", default: false) {
        node = try layer.addUnitNormalization(of: node, axes: [axis], to: &graph)
      }
      // The axis comes last, and all others become rows.
      let rest = extents[index].indices.filter { $0 != axis }
      let moved = try layer.permute(node, rest + [axis], in: &graph)
      let rows = rest.map { extents[index][$0] }
      tables.append(
        try layer.reshape(moved, to: [rows.reduce(1, *), extents[index][axis]], in: &graph))
      others.append(rows)
    }
    let product = try graph.add(
      .matrixProduct(transposed: true), layer: layer.settings.layer, inputs: tables)
    let target = others[0] + others[1]
    return try layer.reshape(product, to: target.isEmpty ? [1] : target, in: &graph)
  }
}

extension LayerSettings {
  /// The axis of each of two samples that is summed over: `axes` is one number for both, or a pair,
  /// counted with the batch as axis 0.
  fileprivate func dotAxes(ranks: [Int]) throws -> [Int] {
    let expected = "an axis of the samples, or one for each of the two inputs"
    return try read(["axes"], default: nil, expected: expected) { value in
      let list = value.array ?? [value, value]
      let axes = zip(list.map(\.integer), ranks).compactMap { axis, rank in
        axis.map { $0 < 0 ? $0 + rank : $0 - 1 }.flatMap { (0..<rank).contains($0) ? $0 : nil }
      }
      return list.count == 2 && axes.count == 2 ? axes : nil
    }
  }
}
