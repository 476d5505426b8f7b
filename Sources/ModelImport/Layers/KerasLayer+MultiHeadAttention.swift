import NetworkGraph

extension KerasLayer {
  static let multiHead = KerasLayer(
    "MultiHeadAttention", "attention in several heads, each with projections of its own",
    parameters: ["query", "value", "key"], callSettings: ["use_causal_mask"],
    weights: { settings in
      let hasBias = try settings.bool("use_bias", default: true)
      return ["query", "key", "value", "output"].flatMap { part in
        (hasBias ? ["_kernel", "_bias"] : ["_kernel"]).map {
          WeightSlot(name: part + $0, owner: part + "_dense")
        }
      }
    },
    translate: { layer, graph in
      let (query, value, key) = try layer.attentionInputs()
      let heads = try Heads(layer.settings, inputs: layer.inputs.map { graph.nodes[$0].shape })
      let factor = 1 / Float(heads.keySize).squareRoot()
      let queries = try layer.addHeads(
        "query", after: query, heads.count, heads.keySize, factor: factor, to: &graph)
      let keys = try layer.addHeads("key", after: key, heads.count, heads.keySize, to: &graph)
      let values = try layer.addHeads(
        "value", after: value, heads.count, heads.valueSize, to: &graph)
      let scores = try graph.add(
        .matrixProduct(transposed: true), layer: layer.settings.layer, inputs: [queries, keys])
      let means = try layer.addWeightedMean(
        of: values, scores: scores, seen: try layer.addSeen(to: &graph), to: &graph)
      return try layer.addOutput(heads, after: means, to: &graph)
    })
}

/// The sizes of a `MultiHeadAttention`.
private struct Heads {
  let count: Int
  let keySize: Int
  let valueSize: Int
  /// The axes that take the place of the queries' channels.
  let outputExtents: [Int]

  init(_ settings: LayerSettings, inputs: [Shape]) throws {
    count = try settings.positive("num_heads")
    keySize = try settings.positive("key_dim")
    valueSize = try settings.positive("value_dim", default: keySize)
    if try settings.bool("use_gate", default: false) {
      throw settings.unsupported("use_gate", "true", supported: "false")
    }
    if let (_, window) = settings.value(["sliding_window"]) {
      throw settings.unsupported("sliding_window", window.summary, supported: "null")
    }
    guard inputs.allSatisfy({ $0.rank == 2 }) else {
      throw settings.unsupported(
        "inputs", "of \(inputs.map(\.description).joined(separator: ", "))",
        supported: "sequences of vectors")
    }
    // In Keras the axes of attention are counted with the batch.
    if let (name, axes) = settings.value(["attention_axes"]),
      try settings.axes("attention_axes", default: [0], rank: 2) != [0]
    {
      throw settings.unsupported(name, axes.summary, supported: "null, [1]")
    }
    outputExtents = try settings.read(
      ["output_shape"], default: [inputs[0].channels], expected: "positive integers"
    ) { value in
      let list = value.array?.map(\.integer) ?? [value.integer]
      let extents = list.compactMap { $0 }
      return extents.count == list.count && Shape(extents) != nil ? extents : nil
    }
  }
}

extension LayerUse {
  /// Adds a projection, `[steps, channels]` to `[heads, steps, size]`.
  ///
  /// - Parameter factor: What the projection is multiplied by.
  fileprivate func addHeads(
    _ part: String, after node: Int, _ heads: Int, _ size: Int, factor: Float? = nil,
    to graph: inout Graph
  ) throws -> Int {
    let shape = graph.nodes[node].shape
    let kernel = try weight(part + "_kernel", extents: [shape.channels, heads, size])
    let bias = try partBias(part, extents: [heads, size])
    var projected = try add(
      .dense(
        kernel: Tensor(kernel.values, extents: [shape.channels, heads * size]), bias: bias),
      after: node, to: &graph)
    if let factor {
      projected = try add(.affine(scale: [factor], shift: [0]), after: projected, to: &graph)
    }
    let split = try reshape(projected, to: [shape.extents[0], heads, size], in: &graph)
    return try permute(split, [1, 0, 2], in: &graph)
  }

  /// Adds the mask of what each query sees, `[1, queries or 1, keys or 1]`, if not all do all: its
  /// own mask, and those of values and keys.
  fileprivate func addSeen(to graph: inout Graph) throws -> Int? {
    var parts: [Int] = []
    for (index, mask) in masks.enumerated() {
      guard let mask, !masks.prefix(index).dropFirst().contains(mask) else { continue }
      let table = try addAxis(mask, before: index == 0 ? 0 : 1, to: &graph)
      parts.append(try addAxis(table, before: 2, to: &graph))
    }
    guard parts.count > 1 else { return parts.first }
    return try graph.add(.elementwise(.multiply), layer: settings.layer, inputs: parts)
  }

  /// Adds the projection of all heads together, `[heads, steps, size]` to the output.
  fileprivate func addOutput(_ heads: Heads, after node: Int, to graph: inout Graph) throws -> Int {
    let steps = graph.nodes[node].shape.extents[1]
    let (inner, outer) = (heads.count * heads.valueSize, heads.outputExtents)
    let kernel = try weight("output_kernel", extents: [heads.count, heads.valueSize] + outer)
    let bias = try partBias("output", extents: outer)
    let joined = try reshape(
      try permute(node, [1, 0, 2], in: &graph), to: [steps, inner], in: &graph)
    let output = try add(
      .dense(
        kernel: Tensor(kernel.values, extents: [inner, outer.reduce(1, *)]), bias: bias),
      after: joined, to: &graph)
    return try reshape(output, to: [steps] + outer, in: &graph)
  }

  private func partBias(_ part: String, extents: [Int]) throws -> [Float]? {
    weights[part + "_bias"] == nil
      ? nil : try weight(part + "_bias", extents: extents).values.array
  }
}
