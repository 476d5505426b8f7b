import NetworkGraph

extension KerasLayer {
  static let normalizations: [KerasLayer] = [
    KerasLayer(
      "BatchNormalization", "a scale and a shift for each channel, from its moving averages",
      weights: {
        try scaleAndCenter($0) + [
          WeightSlot(name: "moving_mean", isTrained: false),
          WeightSlot(name: "moving_variance", isTrained: false),
        ]
      },
      translate: { layer, graph in
        let input = try layer.input()
        try layer.settings.requireBatchMode()
        return try layer.add(
          try layer.batchNormalization(of: graph.nodes[input].shape), after: input, to: &graph)
      }),
    layerNormalization, groupNormalization, rootMeanSquareNormalization, unitNormalization,
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
        let input = try layer.input()
        let (sum, beta) = try layer.settings.localResponse(dividesAlpha: dividesAlpha)
        let base = try layer.add(sum, after: input, to: &graph)
        let factor = try layer.add(.activation(.power(-beta)), after: base, to: &graph)
        return try graph.add(
          .elementwise(.multiply), layer: layer.settings.layer, inputs: [input, factor])
      })
  }

  @Sendable static func scaleAndCenter(_ settings: LayerSettings) throws -> [WeightSlot] {
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
  fileprivate func batchNormalization(of shape: Shape) throws -> Operation {
    let axes = try settings.axes("axis", default: [-1], rank: shape.rank)
    guard axes.count == 1 else {
      throw settings.unsupported("axis", "\(axes.count) axes", supported: "a single axis")
    }
    let channels = shape.extents[axes[0]]
    let epsilon = try settings.number("epsilon", default: 1e-3)
    func values(_ name: String) throws -> [Double]? {
      weights[name] == nil
        ? nil : try weight(name, extents: [channels]).values.map(Double.init)
    }
    let (mean, variance) = (try values("moving_mean")!, try values("moving_variance")!)
    let (gamma, beta) = (try values("gamma"), try values("beta"))
    let scale = (0..<channels).map { (gamma?[$0] ?? 1) / (variance[$0] + epsilon).squareRoot() }
    let shift = (0..<channels).map { (beta?[$0] ?? 0) - mean[$0] * scale[$0] }
    return .affine(
      scale: spread(scale.map(Float.init), along: axes, of: shape),
      shift: spread(shift.map(Float.init), along: axes, of: shape))
  }

  /// Numbers for each place along some axes, as `Operation.affine` takes them: one a channel if
  /// the last axis is meant, else one a value.
  func spread(_ values: [Float], along axes: [Int], of shape: Shape) -> [Float] {
    if axes == [shape.rank - 1] { return values }
    let extents = shape.extents.enumerated().map { axes.contains($0.offset) ? $0.element : 1 }
    return Tensor(values, extents: extents).stretched(to: shape.extents).values.array
  }
}
