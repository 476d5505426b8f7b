import NetworkGraph

/// What becomes of the masks of the tensors that a layer reads: a mask says which steps count.
enum MaskRule: Sendable {
  /// The output has none: Keras forgets it, or the layer has used it up.
  case drops
  /// The output has that of the first input.
  case passes
  /// As `passes`, if the layer gives an output for each step.
  case passesSequences
  /// The layers that combine tensors number by number, or side by side.
  case joins
  case concatenates
  /// Keras computes something else for masked steps, which is not supported.
  case refuses
  /// The output's mask comes from the layer's settings and inputs.
  case makes(@Sendable (LayerUse, inout Graph) throws -> Int?)
}

extension KerasLayer {
  /// What the class does with masks (`supports_masking` and `compute_mask` in Keras).
  ///
  /// - Parameters:
  ///   - generation: Keras' major version.
  ///   - minor: The number after it, if it is known.
  func maskRule(generation: Int, minor: Int? = nil) -> MaskRule {
    // Before Keras 2.10 it passed over masks, and in Keras 3 it takes them away from whatever reads
    // the same tensors after it.
    if name == "MultiHeadAttention", generation != 2 || minor ?? 10 < 10 { return .refuses }
    if let rule = Self.maskRules[name] { return rule }
    if generation >= 3, ["Identity", "Rescaling", "Normalization"].contains(name) {
      return .passes
    }
    return .drops
  }

  private static let maskRules: [String: MaskRule] = {
    var rules: [String: MaskRule] = [
      "Masking": .makes { use, graph in try use.maskOfSteps(in: &graph) },
      "Embedding": .makes { use, graph in try use.maskOfZeros(in: &graph) },
      "Concatenate": .concatenates,
    ]
    for name in [
      "Dense", "Activation", "ReLU", "LeakyReLU", "PReLU", "ELU", "ThresholdedReLU",
      "BatchNormalization", "LayerNormalization", "GroupNormalization", "UnitNormalization",
      "Dropout", "SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D", "AlphaDropout",
      "GaussianDropout", "GaussianNoise", "ActivityRegularization", "TimeDistributed",
      "Attention", "AdditiveAttention", "MultiHeadAttention",
    ] {
      rules[name] = .passes
    }
    for name in ["SimpleRNN", "LSTM", "GRU", "RNN", "Bidirectional"] {
      rules[name] = .passesSequences
    }
    for name in ["Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum"] {
      rules[name] = .joins
    }
    for name in ["Softmax", "GroupQueryAttention", "CuDNNLSTM", "CuDNNGRU"] {
      rules[name] = .refuses
    }
    return rules
  }()
}

extension LayerUse {
  /// The node of the output's mask, if it has one.
  ///
  /// - Throws: `ModelImportError.unsupportedArguments` if the layer cannot take the masks it gets.
  func outputMask(by rule: MaskRule, in graph: inout Graph) throws -> Int? {
    if case .makes(let make) = rule { return try make(self, &graph) }
    let present = masks.compactMap { $0 }
    guard !present.isEmpty else { return nil }
    switch rule {
    case .drops, .makes: return nil
    case .passes: return masks[0]
    case .passesSequences: return try settings.returnsSequences() ? masks[0] : nil
    case .refuses: throw maskFault("a mask")
    case .joins:
      // Keras 2 asks all masks, and those there are; Keras 3 any, and all must be there.
      if generation >= 3, present.count < masks.count { return nil }
      return try join(present, in: &graph)
    case .concatenates:
      let rank = graph.nodes[inputs[0]].shape.rank
      let axes = try settings.axes("axis", default: [-1], rank: rank)
      guard axes == [rank - 1] else {
        guard present.count == masks.count else { throw maskFault("masks for some inputs") }
        return try graph.add(
          .concatenation(axis: axes[0]), layer: settings.layer, inputs: present)
      }
      if generation >= 3, present.count < masks.count { return nil }
      return try join(present, in: &graph)
    }
  }

  /// The steps that all masks keep, or since Keras 3 any.
  private func join(_ masks: [Int], in graph: inout Graph) throws -> Int {
    if Set(masks).count == 1 { return masks[0] }
    return try graph.add(
      .elementwise(generation >= 3 ? .maximum : .multiply), layer: settings.layer, inputs: masks)
  }

  private func maskFault(_ what: String) -> ModelImportError {
    .unsupportedArguments(
      layer: settings.layer, className: settings.className, arguments: [what])
  }
}
