import NetworkGraph

extension KerasLayer {
  static let activations: [KerasLayer] =
    [
      KerasLayer("Activation", "the function it names; linear is nothing") { layer, graph in
        try layer.activate(try layer.input(), in: &graph)
      },
      KerasLayer(
        "PReLU", "a rectifier with trained slopes",
        weights: { _ in [WeightSlot(name: "alpha")] },
        translate: { layer, graph in
          let input = try layer.input()
          let slopes = try layer.slopes(for: graph.nodes[input].shape)
          return try layer.add(.activation(.prelu(slopes: slopes)), after: input, to: &graph)
        }),
    ]
    + [
      ("ReLU", "a rectifier with a bound, a slope below 0, or a threshold"),
      ("LeakyReLU", "a rectifier with a slope below 0"),
      ("ELU", "an exponential linear unit"),
      ("ThresholdedReLU", "the identity above a threshold, else 0"),
    ].map { name, summary in
      KerasLayer(name, summary) { layer, graph in
        let function = try activationReaders[name]!(layer.settings)
        return try layer.add(.activation(function), after: try layer.input(), to: &graph)
      }
    }
    + [
      KerasLayer("Softmax", "exponentials over an axis, divided by their sum") { layer, graph in
        try layer.softmax(in: &graph)
      }
    ]

  /// The functions of the layers that are one, from their settings; `activation=` may hold such a
  /// layer too.
  static let activationReaders: [String: @Sendable (LayerSettings) throws -> ActivationFunction] = [
    "ReLU": { try $0.rectifier() },
    "LeakyReLU": {
      .rectifier(
        slope: Float(try $0.number("negative_slope", "alpha", default: 0.3)), bound: .infinity)
    },
    "ELU": { .elu(alpha: Float(try $0.number("alpha", default: 1))) },
    "ThresholdedReLU": { .thresholdedReLU(threshold: Float(try $0.number("theta", default: 1))) },
    "Softmax": { _ in .softmax },
  ]
}

extension LayerSettings {
  fileprivate func rectifier() throws -> ActivationFunction {
    let bound = Float(try number("max_value", default: .infinity))
    let slope = Float(try number("negative_slope", default: 0))
    let threshold = Float(try number("threshold", default: 0))
    if threshold == 0 { return .rectifier(slope: slope, bound: bound) }
    return .thresholdedReLU(threshold: threshold, slope: slope, bound: bound)
  }
}

extension LayerUse {
  /// Adds a softmax over the axes that the settings name.
  func softmax(in graph: inout Graph) throws -> Int {
    let input = try input()
    let rank = graph.nodes[input].shape.rank
    let axes = try settings.axes("axis", default: [-1], rank: rank)
    return try withLast(axes, of: input, in: &graph) { node, graph in
      try add(.activation(.softmax), after: node, to: &graph)
    }
  }

  /// Adds steps that work on the last axis as if the given axes were it: they are moved to the end,
  /// joined if there are several, and put back after the steps.
  fileprivate func withLast(
    _ axes: [Int], of node: Int, in graph: inout Graph,
    _ body: (Int, inout Graph) throws -> Int
  ) throws -> Int {
    let extents = graph.nodes[node].shape.extents
    let others = extents.indices.filter { !axes.contains($0) }
    let order = others + axes
    let moved = try permute(node, order, in: &graph)
    let joined = try reshape(
      moved, to: others.map { extents[$0] } + [axes.reduce(1) { $0 * extents[$1] }], in: &graph)
    let result = try reshape(
      try body(joined, &graph), to: order.map { extents[$0] }, in: &graph)
    return try permute(result, extents.indices.map { order.firstIndex(of: $0)! }, in: &graph)
  }

  /// The slopes of a PReLU: one for each channel if all places share them, else one for each value.
  fileprivate func slopes(for shape: Shape) throws -> [Float] {
    let shared = try settings.axes("shared_axes", default: [], rank: shape.rank)
    let extents = shape.extents.enumerated().map { shared.contains($0.offset) ? 1 : $0.element }
    let alpha =
      settings.movesChannels
      ? try weight("alpha", extents: extents.suffix(1) + extents.dropLast())
        .permuted(Array(1..<shape.rank) + [0])
      : try weight("alpha", extents: extents)
    let isOnePerChannel = extents.dropLast().allSatisfy { $0 == 1 }
    let target = isOnePerChannel ? extents.dropLast() + shape.extents.suffix(1) : shape.extents
    return alpha.stretched(to: target).values.array
  }
}
