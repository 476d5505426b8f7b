import NetworkGraph

extension KerasLayer {
  /// Attention: a softmax over products of queries and keys weighs values (Luong et al. 2015;
  /// Bahdanau et al. 2015; Vaswani et al. 2017).
  static let attentions: [KerasLayer] = [
    KerasLayer(
      "Attention",
      "products of queries and keys, a softmax of those that are seen, and a mean of values",
      callSettings: ["use_causal_mask"],
      weights: { settings in
        (try settings.bool("use_scale", default: false) ? [WeightSlot(name: "scale")] : [])
          + (try settings.addsInScores ? [WeightSlot(name: "concat_score_weight")] : [])
      },
      translate: { layer, graph in
        let (query, value, key) = try layer.attentionInputs()
        let scale = try layer.scalar("scale")
        let scores: Int
        if try layer.settings.addsInScores {
          let weight = try layer.scalar("concat_score_weight") ?? 1
          scores = try layer.addAdditiveScores(
            query, key, scale: scale, to: &graph
          ) { channels in [Float](repeating: weight, count: channels) }
        } else {
          let product = try graph.add(
            .matrixProduct(transposed: true), layer: layer.settings.layer, inputs: [query, key])
          scores = try layer.addFactor(scale, after: product, to: &graph)
        }
        return try layer.addAttention(to: value, scores: scores, in: &graph)
      }),
    KerasLayer(
      "AdditiveAttention",
      "tanh of sums of queries and keys, a softmax of those that are seen, and a mean of values",
      callSettings: ["use_causal_mask"],
      weights: {
        try $0.bool("use_scale", default: true) ? [WeightSlot(name: "scale")] : []
      },
      translate: { layer, graph in
        let (query, value, key) = try layer.attentionInputs()
        let scores = try layer.addAdditiveScores(query, key, scale: nil, to: &graph) { channels in
          layer.weights["scale"] == nil
            ? [Float](repeating: 1, count: channels)
            : try layer.weight("scale", extents: [channels]).values.array
        }
        return try layer.addAttention(to: value, scores: scores, in: &graph)
      }),
    multiHead,
  ]
}

extension LayerSettings {
  /// Whether `Attention` scores a query and a key by their sum.
  fileprivate var addsInScores: Bool {
    get throws {
      let mode = try string("score_mode", default: "dot")
      guard ["dot", "concat"].contains(mode) else {
        throw unsupported("score_mode", "\"\(mode)\"", supported: "dot, concat")
      }
      return mode == "concat"
    }
  }
}

extension LayerUse {
  /// Queries, values and keys; the values are the keys if no others are given.
  func attentionInputs() throws -> (query: Int, value: Int, key: Int) {
    guard (2...3).contains(inputs.count) else {
      throw ModelImportError.wrongInputCount(
        layer: settings.layer, className: settings.className, found: inputs.count,
        expected: "two or three")
    }
    return (inputs[0], inputs[1], inputs.last!)
  }

  /// A weight that is a single number.
  fileprivate func scalar(_ name: String) throws -> Float? {
    weights[name] == nil ? nil : try weight(name, extents: []).values[0]
  }

  fileprivate func addFactor(_ factor: Float?, after node: Int, to graph: inout Graph) throws -> Int
  {
    guard let factor else { return node }
    return try add(.affine(scale: [factor], shift: [0]), after: node, to: &graph)
  }

  /// Adds `Σ weight · tanh(scale · (query + key))` for each query and key.
  fileprivate func addAdditiveScores(
    _ query: Int, _ key: Int, scale: Float?, to graph: inout Graph,
    weights: (_ channels: Int) throws -> [Float]
  ) throws -> Int {
    let (queries, keys) = (graph.nodes[query].shape.extents, graph.nodes[key].shape.extents)
    let last = queries.count - 1
    guard queries.count == keys.count, last >= 1 else {
      throw settings.unsupported(
        "inputs", "of \(queries) and \(keys)", supported: "queries and keys with as many axes")
    }
    let rows = try reshape(
      query, to: queries.dropLast() + [1, queries[last]], in: &graph)
    let columns = try reshape(
      key, to: keys.dropLast(2) + [1] + keys.suffix(2), in: &graph)
    let sums = try graph.add(.elementwise(.add), layer: settings.layer, inputs: [rows, columns])
    let scaled = try addFactor(scale, after: sums, to: &graph)
    let bent = try add(.activation(.tanh), after: scaled, to: &graph)
    let kernel = Tensor(try weights(queries[last]), extents: [queries[last], 1])
    let scores = try add(.dense(kernel: kernel, bias: nil), after: bent, to: &graph)
    return try reshape(
      scores, to: Array(graph.nodes[scores].shape.spatial), in: &graph)
  }

  /// Adds the mean of values that one head gives, which is 0 for a masked query.
  fileprivate func addAttention(
    to value: Int, scores: Int, in graph: inout Graph
  ) throws -> Int {
    let (rows, columns) = (masks.first ?? nil, masks.count > 1 ? masks[1] : nil)
    let seen = try columns.map { try addAxis($0, before: 1, to: &graph) }
    let mean = try addWeightedMean(of: value, scores: scores, seen: seen, to: &graph)
    guard let rows else { return mean }
    return try graph.add(
      .elementwise(.multiply), layer: settings.layer,
      inputs: [mean, try addAxis(rows, before: 0, to: &graph)])
  }

  /// Adds an axis of 1 to a mask, before its last `count` axes.
  func addAxis(_ mask: Int, before count: Int, to graph: inout Graph) throws -> Int {
    var extents = graph.nodes[mask].shape.extents
    guard extents.count >= max(count, 1) else {
      throw settings.unsupported("a mask", "of \(extents)", supported: "a number for each step")
    }
    extents.insert(1, at: extents.count - count)
    return try reshape(mask, to: extents, in: &graph)
  }

  /// Adds a softmax of scores, and the mean of values with these weights.
  ///
  /// Keras lowers the scores that a query must not see by 1e9, so that their shares are 0 unless it
  /// sees none. Here they are left out: such numbers are no range of anything.
  ///
  /// - Parameter seen: A mask that stretches over the scores.
  func addWeightedMean(
    of value: Int, scores: Int, seen: Int?, to graph: inout Graph
  ) throws -> Int {
    let isCausal = try ["causal", "use_causal_mask"].contains {
      try settings.bool($0, default: false)
    }
    let isWhole = seen == nil && !isCausal
    let shares = try graph.add(
      isWhole ? .activation(.softmax) : .maskedSoftmax(isCausal: isCausal),
      layer: settings.layer, inputs: [scores] + (seen.map { [$0] } ?? []))
    return try graph.add(
      .matrixProduct(transposed: false), layer: settings.layer, inputs: [shares, value])
  }
}
