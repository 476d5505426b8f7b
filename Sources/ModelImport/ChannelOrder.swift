import NetworkGraph

/// What a class does with tensors whose channels lie last in the graph, where Keras has them first.
///
/// The graph's kernels, and the statistics of channels, want the channels last. So a layer that
/// Keras runs channels first gets its tensors turned, and leaves them so for those after it that
/// do not mind; the others, and the network's outputs, have them turned back.
enum ChannelRule: Sendable {
  /// It has a setting that says where its channels are.
  case format
  /// It treats all numbers alike, or names its axes.
  case follows
  /// It names the axis of the channels.
  case axis
  /// It needs Keras' own order.
  case keras
}

extension KerasLayer {
  var channelRule: ChannelRule { Self.channelRules[name] ?? .keras }

  private static let channelRules: [String: ChannelRule] = {
    var rules: [String: ChannelRule] = [
      "Flatten": .format, "Resizing": .format, "LRN2D": .format,
      "LocalResponseNormalization": .format, "BatchNormalization": .axis,
      "GroupNormalization": .axis, "Activation": .follows, "Softmax": .follows, "PReLU": .follows,
      "Concatenate": .follows,
    ]
    for kind in convolutions + poolings + resamplings { rules[kind.name] = .format }
    for kind in identities + activations.filter({ activationReaders[$0.name] != nil }) {
      rules[kind.name] = .follows
    }
    for name in ["Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum"] {
      rules[name] = .follows
    }
    return rules
  }()
}

extension LayerUse {
  /// Turns the inputs as the layer wants them.
  ///
  /// - Parameter moved: For each input, whether its channels lie last where Keras has them first.
  /// - Returns: Whether the channels of the output do.
  /// - Throws: `ModelImportError.invalidSetting`, `GraphError`.
  mutating func arrangeChannels(
    by rule: ChannelRule, moved: [Bool], in graph: inout Graph
  ) throws -> Bool {
    let ranks = inputs.map { graph.nodes[$0].shape.rank }
    let wanted =
      switch rule {
      case .format: try settings.hasChannelsFirst
      // The axes of tensors of different ranks are lined up by Keras' order.
      case .follows: moved.contains(true) && Set(ranks).count == 1
      case .axis: settings.namesSecondAxis && (moved.contains(true) || ranks[0] > 2)
      case .keras: false
      }
    for index in inputs.indices {
      inputs[index] = try graph.arranging(
        inputs[index], moved: moved[index], wanted: wanted, layer: settings.layer)
    }
    settings.movesChannels = wanted
    return wanted
  }
}

extension LayerSettings {
  /// Whether `axis` is 1, the channels' axis if they come first.
  fileprivate var namesSecondAxis: Bool {
    let axis = values["axis"]
    return axis?.integer == 1 || axis?.array?.map(\.integer) == [1]
  }
}

extension Graph {
  /// A node with its channels last, or in Keras' order, where they come first.
  ///
  /// - Parameters:
  ///   - moved: Whether the channels of `node` lie last.
  ///   - wanted: Whether those of the result do.
  mutating func arranging(
    _ node: Int, moved: Bool, wanted: Bool, layer: String
  ) throws -> Int {
    let rank = nodes[node].shape.rank
    guard moved != wanted, rank > 1 else { return node }
    let order = wanted ? Array(1..<rank) + [0] : [rank - 1] + Array(0..<rank - 1)
    return try add(.permutation(order), layer: layer, inputs: [node])
  }
}
