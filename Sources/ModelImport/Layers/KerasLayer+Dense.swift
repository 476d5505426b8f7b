import NetworkGraph

extension KerasLayer {
  static let dense: [KerasLayer] = [
    KerasLayer(
      "Dense", aliases: ["TimeDistributedDense"],
      "a matrix product over the last axis, a bias, and its activation",
      weights: { try kernelAndBias($0) },
      translate: { layer, graph in
        let settings = layer.settings
        let input = try layer.input()
        let units = try settings.positive("units", "output_dim")
        let kernel = try layer.weight(
          "kernel", extents: [graph.nodes[input].shape.channels, units])
        let output = try layer.add(
          .dense(kernel: kernel, bias: try layer.bias(count: units)), after: input, to: &graph)
        return try layer.activate(output, in: &graph)
      }),
    einsumDense,
  ]

  /// The weights of most layers: a kernel, and a bias unless it is switched off.
  static func kernelAndBias(
    _ settings: LayerSettings, kernels: [String] = ["kernel"]
  ) throws -> [WeightSlot] {
    let names = try settings.bool("use_bias", "bias", default: true) ? kernels + ["bias"] : kernels
    return names.map { WeightSlot(name: $0) }
  }
}

extension LayerUse {
  /// The bias, if the layer has one.
  func bias(count: Int) throws -> [Float]? {
    weights["bias"] == nil ? nil : try weight("bias", extents: [count]).values.array
  }

  /// Adds the layer's own activation as a step of its own, a site.
  func activate(_ node: Int, in graph: inout Graph) throws -> Int {
    guard let function = try settings.activationFunction(generation: generation) else {
      return node
    }
    guard function == .softmax || function == .logSoftmax, settings.movesChannels else {
      return try add(.activation(function), after: node, to: &graph)
    }
    // Its axis is Keras' last one.
    let turned = try graph.arranging(node, moved: true, wanted: false, layer: settings.layer)
    let result = try add(.activation(function), after: turned, to: &graph)
    return try graph.arranging(result, moved: false, wanted: true, layer: settings.layer)
  }
}
