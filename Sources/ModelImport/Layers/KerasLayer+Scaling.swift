import NetworkGraph

extension KerasLayer {
  static let scalings: [KerasLayer] = [
    KerasLayer("Rescaling", "a scale and a shift") { layer, graph in
      let input = try layer.input()
      let (scale, offset) = try layer.settings.pair(
        try layer.settings.numbers("scale"), try layer.settings.numbers("offset", default: [0]),
        channels: graph.nodes[input].shape.channels, names: ("scale", "offset"))
      return try layer.add(
        .affine(scale: scale.map(Float.init), shift: offset.map(Float.init)), after: input,
        to: &graph)
    },
    KerasLayer(
      "Normalization", "a scale and a shift, from a stored mean and variance",
      weights: { settings in
        settings.value(["mean"]) != nil
          ? []
          : ["mean", "variance", "count"].map { WeightSlot(name: $0, isTrained: false) }
      },
      translate: { layer, graph in
        let input = try layer.input()
        return try layer.add(
          try layer.normalization(of: graph.nodes[input].shape), after: input, to: &graph)
      }),
  ]
}

extension LayerSettings {
  /// Two lists of one length, 1 or a value for each channel.
  fileprivate func pair(
    _ first: [Double], _ second: [Double], channels: Int, names: (String, String)
  ) throws -> ([Double], [Double]) {
    for (name, list) in [(names.0, first), (names.1, second)]
    where ![1, channels].contains(list.count) {
      throw invalid(
        name, .array(list.map(JSONValue.number)), expected: "1 number or \(channels) of them")
    }
    let count = max(first.count, second.count)
    func stretch(_ list: [Double]) -> [Double] {
      list.count == count ? list : [Double](repeating: list[0], count: count)
    }
    return (stretch(first), stretch(second))
  }
}

extension LayerUse {
  /// `(x − mean) / max(√variance, 1e-7)`, or its inverse, worked out in Double.
  fileprivate func normalization(of shape: Shape) throws -> Operation {
    // Without an axis there is one mean for everything.
    let isWhole = settings.value(["axis"]) == nil
    let axes = isWhole ? [] : try settings.axes("axis", default: [], rank: shape.rank).sorted()
    let places = axes.reduce(1) { $0 * shape.extents[$1] }
    let stored = try ["mean", "variance"].map { name in
      try weights[name]?.values.map(Double.init) ?? settings.numbers(name)
    }
    let (mean, variance) = try settings.pair(
      stored[0], stored[1], channels: places, names: ("mean", "variance"))
    let deviation = variance.map { max($0.squareRoot(), 1e-7) }
    let isInverse = try settings.bool("invert", default: false)
    let scale = deviation.map { Float(isInverse ? $0 : 1 / $0) }
    let shift = zip(mean, deviation).map { Float(isInverse ? $0 : -$0 / $1) }
    guard scale.count > 1 else { return .affine(scale: scale, shift: shift) }
    return .affine(
      scale: spread(scale, along: axes, of: shape), shift: spread(shift, along: axes, of: shape))
  }
}
