import Glibc
import NetworkGraph

extension KerasLayer {
  static let normalizations: [KerasLayer] = [
    KerasLayer(
      "BatchNormalization", "a scale and a shift for each channel, from the moving averages",
      weights: {
        try scaleAndCenter($0) + [
          WeightSlot(name: "moving_mean", isTrained: false),
          WeightSlot(name: "moving_variance", isTrained: false),
        ]
      },
      translate: { layer, graph in
        let input = try layer.input()
        let shape = graph.nodes[input].shape
        try layer.settings.requireLastAxis(rank: shape.rank)
        try layer.settings.requireBatchMode()
        return try layer.add(
          try layer.batchNormalization(channels: shape.channels), after: input, to: &graph)
      }),
    KerasLayer(
      "LayerNormalization",
      "centre and scale each sample over its last axis; the variance's root is a nonlinearity",
      weights: scaleAndCenter,
      translate: { layer, graph in
        let input = try layer.input()
        try layer.settings.requireLastAxis(rank: graph.nodes[input].shape.rank)
        return try layer.addLayerNormalization(after: input, to: &graph)
      }),
    localResponse(
      "LocalResponseNormalization", aliases: ["LRN"], dividesAlpha: true),
    // Keras 0 had a class of this name, after pylearn2, which does not divide.
    localResponse("LRN2D", dividesAlpha: false),
  ]

  /// - Parameter dividesAlpha: Whether alpha is divided by the number of channels when the settings
  ///   have Caffe's names, as Caffe does.
  private static func localResponse(
    _ name: String, aliases: [String] = [], dividesAlpha: Bool
  ) -> KerasLayer {
    KerasLayer(
      name, aliases: aliases,
      "each value over a power of its neighbours' squares; the power is a nonlinearity",
      translate: { layer, graph in
        try layer.settings.requireChannelsLast()
        let input = try layer.input()
        let (sum, beta) = try layer.settings.localResponse(dividesAlpha: dividesAlpha)
        let base = try layer.add(sum, after: input, to: &graph)
        let factor = try layer.add(.activation(.power(-beta)), after: base, to: &graph)
        return try graph.add(
          .elementwise(.multiply), layer: layer.settings.layer, inputs: [input, factor])
      })
  }

  @Sendable private static func scaleAndCenter(_ settings: LayerSettings) throws -> [WeightSlot] {
    (try settings.bool("scale", default: true) ? [WeightSlot(name: "gamma")] : [])
      + (try settings.bool("center", default: true) ? [WeightSlot(name: "beta")] : [])
  }
}

extension LayerSettings {
  /// Keras 1 could also normalise each sample by itself, or by its batch, even when it predicts.
  fileprivate func requireBatchMode() throws {
    guard try number("mode", default: 0) == 0 else {
      throw unsupported("mode", values["mode"]?.summary ?? "null", supported: "0")
    }
  }

  /// The base of a local response normalisation, and beta.
  ///
  /// TensorFlow's settings are depth_radius, bias, alpha, beta; Caffe's n, k, alpha, beta.
  fileprivate func localResponse(dividesAlpha: Bool) throws -> (sum: Operation, beta: Float) {
    let alpha = try number("alpha")
    let beta = Float(try number("beta"))
    guard values["depth_radius"] == nil else {
      let radius = try positive("depth_radius")
      let bias = Float(try number("bias", default: 1))
      return (.localSquareSum(radius: radius, bias: bias, alpha: Float(alpha)), beta)
    }
    let count = try positive("n", "local_size")
    guard !count.isMultiple(of: 2) else {
      throw unsupported("n", "\(count)", supported: "an odd number of channels")
    }
    let bias = Float(try number("k", default: 1))
    let share = dividesAlpha ? alpha / Double(count) : alpha
    return (.localSquareSum(radius: count / 2, bias: bias, alpha: Float(share)), beta)
  }
}

extension LayerUse {
  /// `gamma · (x − mean) / √(variance + epsilon) + beta`, worked out in Double.
  fileprivate func batchNormalization(channels: Int) throws -> Operation {
    let epsilon = try settings.number("epsilon", default: 1e-3)
    let mean = try weight("moving_mean", extents: [channels]).values
    let variance = try weight("moving_variance", extents: [channels]).values
    let (gamma, beta) = (try factor("gamma", channels), try factor("beta", channels))
    var (scale, shift): ([Float], [Float]) = ([], [])
    for channel in 0..<channels {
      let factor =
        Double(gamma?[channel] ?? 1) / (Double(variance[channel]) + epsilon).squareRoot()
      scale.append(Float(factor))
      shift.append(Float(Double(beta?[channel] ?? 0) - Double(mean[channel]) * factor))
    }
    return .affine(scale: scale, shift: shift)
  }

  private func factor(_ name: String, _ channels: Int) throws -> [Float]? {
    weights[name] == nil ? nil : try weight(name, extents: [channels]).values
  }

  /// `gamma · (x − mean) / √(variance + epsilon) + beta` over the last axis of each sample
  /// (Ba, Kiros and Hinton 2016), in steps of which only the power is a nonlinearity.
  fileprivate func addLayerNormalization(after input: Int, to graph: inout Graph) throws -> Int {
    let layer = settings.layer
    guard try !settings.bool("rms_scaling", default: false) else {
      throw settings.unsupported("rms_scaling", "true", supported: "false")
    }
    let epsilon = Float(try settings.number("epsilon", default: 1e-3))
    let channels = graph.nodes[input].shape.channels
    let mean = try addMean(of: input, to: &graph)
    let centered = try graph.add(.elementwise(.subtract), layer: layer, inputs: [input, mean])
    let squares = try graph.add(
      .elementwise(.multiply), layer: layer, inputs: [centered, centered])
    let variance = try add(
      .affine(scale: [1], shift: [epsilon]), after: try addMean(of: squares, to: &graph), to: &graph
    )
    let factor = try add(.activation(.power(-0.5)), after: variance, to: &graph)
    let normal = try graph.add(.elementwise(.multiply), layer: layer, inputs: [centered, factor])
    let (gamma, beta) = (try self.factor("gamma", channels), try self.factor("beta", channels))
    if gamma == nil, beta == nil { return normal }
    return try add(
      .affine(
        scale: gamma ?? [Float](repeating: 1, count: channels),
        shift: beta ?? [Float](repeating: 0, count: channels)),
      after: normal, to: &graph)
  }

  /// Adds the mean over the last axis, which is kept with extent 1: that axis is turned into a
  /// spatial one, over which the graph can average.
  private func addMean(of node: Int, to graph: inout Graph) throws -> Int {
    let shape = graph.nodes[node].shape
    let (places, channels) = (shape.count / shape.channels, shape.channels)
    func reshape(_ node: Int, _ extents: [Int], _ graph: inout Graph) throws -> Int {
      guard graph.nodes[node].shape.extents != extents, let target = Shape(extents) else {
        return node
      }
      return try add(.reshape(target), after: node, to: &graph)
    }
    let table = try reshape(node, [places, channels], &graph)
    let turned = try add(.permutation([1, 0]), after: table, to: &graph)
    let mean = try add(.globalAveragePooling(keepsAxes: false), after: turned, to: &graph)
    return try reshape(mean, shape.extents.dropLast() + [1], &graph)
  }
}
