import NetworkGraph

extension KerasLayer {
  /// Attention: a softmax over products of queries and keys weighs values (Luong et al. 2015;
  /// Bahdanau et al. 2015; Vaswani et al. 2017).
  static let attentions: [KerasLayer] = [
    KerasLayer(
      "Attention", "products of queries and keys, a softmax, and a mean of values",
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
        return try layer.addWeightedMean(of: value, scores: scores, to: &graph)
      }),
    KerasLayer(
      "AdditiveAttention", "tanh of sums of queries and keys, a softmax, and a mean of values",
      weights: {
        try $0.bool("use_scale", default: true) ? [WeightSlot(name: "scale")] : []
      },
      translate: { layer, graph in
        let (query, value, key) = try layer.attentionInputs()
        let scores = try layer.addAdditiveScores(query, key, scale: nil, to: &graph) { channels in
          layer.weights["scale"] == nil
            ? [Float](repeating: 1, count: channels)
            : try layer.weight("scale", extents: [channels]).values
        }
        return try layer.addWeightedMean(of: value, scores: scores, to: &graph)
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
  ///
  /// - Throws: `ModelImportError`, also for a query that must not see later keys: the logits that
  ///   Keras hides are very negative numbers, which are no range of anything.
  func attentionInputs() throws -> (query: Int, value: Int, key: Int) {
    if try settings.bool("causal", default: false) {
      throw settings.unsupported("causal", "true", supported: "false")
    }
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

  /// Adds a softmax of scores, and the mean of values with these weights.
  func addWeightedMean(of value: Int, scores: Int, to graph: inout Graph) throws -> Int {
    let shares = try add(.activation(.softmax), after: scores, to: &graph)
    return try graph.add(
      .matrixProduct(transposed: false), layer: settings.layer, inputs: [shares, value])
  }
}
