import NetworkGraph

/// Normalisations by what a sample itself holds: the root of a mean of squares is a nonlinearity.
extension KerasLayer {
  static let layerNormalization = KerasLayer(
    "LayerNormalization",
    "each sample centred and scaled over some axes; the variance's root is a nonlinearity",
    weights: { settings in
      // Scaled alone, not centred: there is always a gamma, and never a beta.
      try settings.bool("rms_scaling", default: false)
        ? [WeightSlot(name: "gamma")] : scaleAndCenter(settings)
    },
    translate: { layer, graph in
      let input = try layer.input()
      let rank = graph.nodes[input].shape.rank
      let axes = try layer.settings.axes("axis", default: [-1], rank: rank).sorted()
      // Keras scales by the root of the variance all the same.
      let staysInPlace = try layer.settings.bool("rms_scaling", default: false)
      let centered = try layer.addCentering(of: input, axes: axes, to: &graph)
      let normal = try layer.addScaling(
        of: staysInPlace ? input : centered, bySquaresOf: centered, axes: axes, to: &graph)
      return try layer.addScaleAndCenter(
        after: normal, along: axes, names: ("gamma", "beta"), to: &graph)
    })

  static let groupNormalization = KerasLayer(
    "GroupNormalization",
    "each group of channels centred and scaled; the variance's root is a nonlinearity",
    weights: scaleAndCenter,
    translate: { layer, graph in
      let input = try layer.input()
      let shape = graph.nodes[input].shape
      try layer.settings.requireLastAxis(rank: shape.rank)
      let groups = try layer.settings.groups(of: shape.channels)
      let last = shape.rank - 1
      let table = try layer.reshape(
        input, to: shape.spatial + [groups, shape.channels / groups], in: &graph)
      let axes = Array(0..<last) + [last + 1]
      let centered = try layer.addCentering(of: table, axes: axes, to: &graph)
      let normal = try layer.addScaling(
        of: centered, bySquaresOf: centered, axes: axes, to: &graph)
      return try layer.addScaleAndCenter(
        after: try layer.reshape(normal, to: shape.extents, in: &graph), along: [last],
        names: ("gamma", "beta"), to: &graph)
    })

  static let rootMeanSquareNormalization = KerasLayer(
    "RMSNormalization",
    "each sample scaled by its mean square over the last axis, whose root is a nonlinearity",
    weights: { _ in [WeightSlot(name: "scale")] },
    translate: { layer, graph in
      let input = try layer.input()
      let rank = graph.nodes[input].shape.rank
      try layer.settings.requireLastAxis(rank: rank)
      let normal = try layer.addScaling(
        of: input, bySquaresOf: input, axes: [rank - 1], to: &graph)
      return try layer.addScaleAndCenter(
        after: normal, along: [rank - 1], names: ("scale", nil), to: &graph)
    })

  static let unitNormalization = KerasLayer(
    "UnitNormalization",
    "each sample scaled to length 1 over some axes; the root of the squares is a nonlinearity",
    translate: { layer, graph in
      let input = try layer.input()
      let rank = graph.nodes[input].shape.rank
      let axes = try layer.settings.axes("axis", default: [-1], rank: rank)
      return try layer.addUnitNormalization(of: input, axes: axes, to: &graph)
    })
}

extension LayerSettings {
  /// The number of groups that the channels are cut into; -1 is a group for each.
  fileprivate func groups(of channels: Int) throws -> Int {
    let expected = "a divisor of \(channels) channels, or -1"
    return try read(["groups"], default: 32, expected: expected) {
      $0.integer.flatMap { groups in
        if groups == -1 { return channels }
        return groups > 0 && channels.isMultiple(of: groups) ? groups : nil
      }
    }
  }
}

extension LayerUse {
  /// Adds `x / √(Σ x²)` over some axes.
  ///
  /// Keras takes 1e-12 for a smaller sum; to add it to the sum changes no larger one that matters.
  func addUnitNormalization(of node: Int, axes: [Int], to graph: inout Graph) throws -> Int {
    let count = axes.reduce(1) { $0 * graph.nodes[node].shape.extents[$1] }
    return try addScaling(
      of: node, bySquaresOf: node, axes: axes, factor: Float(count), epsilon: 1e-12, to: &graph)
  }

  /// Adds `x − mean` over some axes.
  fileprivate func addCentering(of node: Int, axes: [Int], to graph: inout Graph) throws -> Int {
    let mean = try add(.mean(axes: axes), after: node, to: &graph)
    return try graph.add(
      .elementwise(.subtract), layer: settings.layer, inputs: [node, mean])
  }

  /// Adds `x / √(factor · mean(y²) + epsilon)` over some axes, in steps of which only the power is a
  /// nonlinearity.
  ///
  /// - Parameter epsilon: By default the layer's setting.
  fileprivate func addScaling(
    of node: Int, bySquaresOf other: Int, axes: [Int], factor: Float = 1, epsilon: Float? = nil,
    to graph: inout Graph
  ) throws -> Int {
    let layer = settings.layer
    let fallback = settings.className == "RMSNormalization" ? 1e-6 : 1e-3
    let epsilon = try epsilon ?? Float(settings.number("epsilon", default: fallback))
    let squares = try graph.add(.elementwise(.multiply), layer: layer, inputs: [other, other])
    let mean = try add(.mean(axes: axes), after: squares, to: &graph)
    let sum = try add(.affine(scale: [factor], shift: [epsilon]), after: mean, to: &graph)
    let root = try add(.activation(.power(-0.5)), after: sum, to: &graph)
    return try graph.add(.elementwise(.multiply), layer: layer, inputs: [node, root])
  }

  /// Adds the trained scale and shift, if the layer has them, one for each place along some axes.
  fileprivate func addScaleAndCenter(
    after node: Int, along axes: [Int], names: (scale: String, shift: String?),
    to graph: inout Graph
  ) throws -> Int {
    let shape = graph.nodes[node].shape
    func values(_ name: String?) throws -> [Float]? {
      guard let name, weights[name] != nil else { return nil }
      let stored = try weight(name, extents: axes.map { shape.extents[$0] })
      return spread(stored.values.array, along: axes, of: shape)
    }
    let (scale, shift) = (try values(names.scale), try values(names.shift))
    guard let count = scale?.count ?? shift?.count else { return node }
    return try add(
      .affine(
        scale: scale ?? [Float](repeating: 1, count: count),
        shift: shift ?? [Float](repeating: 0, count: count)),
      after: node, to: &graph)
  }
}
