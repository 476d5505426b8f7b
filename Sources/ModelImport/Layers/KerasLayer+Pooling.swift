import NetworkGraph

extension KerasLayer {
  static let poolings: [KerasLayer] = [1, 2, 3].flatMap { axes in
    [
      window("MaxPooling\(axes)D", axes: axes, "the greatest value of each window: a nonlinearity")
      { .maxPooling($0) },
      window("AveragePooling\(axes)D", axes: axes, "the mean of each window") {
        .averagePooling($0)
      },
      global("GlobalMaxPooling\(axes)D", axes: axes, "the greatest value: a nonlinearity") {
        .globalMaxPooling(keepsAxes: $0)
      },
      global("GlobalAveragePooling\(axes)D", axes: axes, "the mean over all places") {
        .globalAveragePooling(keepsAxes: $0)
      },
    ]
  }

  private static func window(
    _ name: String, axes: Int, _ summary: String,
    operation: @escaping @Sendable (Window) -> Operation
  ) -> KerasLayer {
    KerasLayer(
      name, summary,
      translate: { layer, graph in
        let settings = layer.settings
        let two = [Int](repeating: 2, count: axes)
        let size = try settings.positives("pool_size", "pool_length", count: axes, default: two)
        let window = Window(
          size: size,
          strides: try settings.positives("strides", "stride", count: axes, default: size),
          padding: try settings.padding(allowingCausal: false))
        return try layer.add(operation(window), after: try layer.input(), to: &graph)
      })
  }

  private static func global(
    _ name: String, axes: Int, _ summary: String,
    operation: @escaping @Sendable (Bool) -> Operation
  ) -> KerasLayer {
    KerasLayer(
      name, summary,
      translate: { layer, graph in
        let keepsAxes = try layer.settings.bool("keepdims", default: false)
        // The only one that heeds a mask.
        let mask = name == "GlobalAveragePooling1D" ? layer.masks.compactMap { $0 } : []
        return try graph.add(
          operation(keepsAxes), layer: layer.settings.layer, inputs: [try layer.input()] + mask)
      })
  }
}
