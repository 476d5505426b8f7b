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
      ("Softmax", "exponentials over the last axis, divided by their sum"),
    ].map { name, summary in
      KerasLayer(name, summary) { layer, graph in
        let input = try layer.input()
        if name == "Softmax" {
          try layer.settings.requireLastAxis(rank: graph.nodes[input].shape.rank)
        }
        let function = try activationReaders[name]!(layer.settings)
        return try layer.add(.activation(function), after: input, to: &graph)
      }
    }

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
    guard slope == 0, bound == .infinity else {
      throw unsupported(
        "threshold", "\(threshold)", supported: "0 beside max_value or negative_slope")
    }
    return .thresholdedReLU(threshold: threshold)
  }
}

extension LayerUse {
  /// The slopes of a PReLU: one for each channel if all places share them, else one for each value.
  fileprivate func slopes(for shape: Shape) throws -> [Float] {
    let shared = try settings.axes("shared_axes", default: [], rank: shape.rank)
    let extents = shape.extents.enumerated().map { shared.contains($0.offset) ? 1 : $0.element }
    let alpha = try weight("alpha", extents: extents)
    let isOnePerChannel = extents.dropLast().allSatisfy { $0 == 1 }
    let target = isOnePerChannel ? extents.dropLast() + shape.extents.suffix(1) : shape.extents
    return alpha.stretched(to: target).values
  }
}

extension Tensor {
  /// The tensor with axes of extent 1 repeated to the given extents.
  fileprivate func stretched(to target: [Int]) -> Tensor {
    guard target != extents else { return self }
    let count = target.reduce(1, *)
    let stretched = (0..<count).map { index in
      var (rest, source, stride) = (index, 0, 1)
      for axis in target.indices.reversed() {
        if extents[axis] > 1 { source += rest % target[axis] * stride }
        rest /= target[axis]
        stride *= extents[axis]
      }
      return values[source]
    }
    return Tensor(stretched, extents: target)
  }
}
