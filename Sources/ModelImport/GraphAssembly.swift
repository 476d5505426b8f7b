import NetworkGraph

/// Adds the calls of a model's layers to a graph.
struct GraphAssembly {
  /// The weights of each layer, by its path.
  let weights: [String: [KerasWeights.Weight]]
  /// Keras' major version.
  let generation: Int
  /// The number after the major version, if it is known.
  let minorVersion: Int?
  let hasMirroredKernels: Bool

  /// The output of a layer.
  struct Value {
    let node: Int
    /// Which of its steps count, if not all do.
    var mask: Int?
    /// Whether its channels lie last, where Keras has them first.
    var isMoved = false
  }

  /// More steps than any network has: nested models that call each other multiply.
  static let nodeLimit = 20_000

  /// Adds a model that reads the given values.
  ///
  /// - Parameter path: The model's path, for messages.
  /// - Returns: The model's outputs.
  /// - Throws: `ModelImportError`, `GraphError`.
  func add(_ model: ModelConfig, path: String, inputs: [Value], to graph: inout Graph) throws
    -> [Value]
  {
    guard inputs.count == model.inputs.count else {
      throw ModelImportError.wrongInputCount(
        layer: path, className: "Functional", found: inputs.count,
        expected: "\(model.inputs.count)")
    }
    // The outputs of each layer's calls; an input counts as called once.
    var results = model.layers.map { [[Value]](repeating: [], count: max($0.calls.count, 1)) }
    for (layer, value) in zip(model.inputs, inputs) { results[layer][0] = [value] }

    func value(_ reference: ModelConfig.Reference) throws -> Value {
      let outputs = results[reference.layer][reference.call]
      guard outputs.indices.contains(reference.output) else {
        throw ModelImportError.malformedArchitecture(
          place: model.layers[reference.layer].settings.layer, found: "\(outputs.count) outputs",
          expected: "at least \(reference.output + 1)")
      }
      return outputs[reference.output]
    }

    for step in model.order {
      let layer = model.layers[step.layer]
      let call = layer.calls[step.call]
      var sources = try call.inputs.map(value)
      for (index, mask) in call.masks.enumerated() where sources.indices.contains(index) {
        sources[index].mask = try mask.map { try value($0).node }
      }
      guard call.otherArguments.isEmpty else {
        throw ModelImportError.unsupportedArguments(
          layer: layer.settings.layer, className: layer.settings.className,
          arguments: call.otherArguments)
      }
      if let inner = layer.model {
        results[step.layer][step.call] = try add(
          inner, path: layer.settings.layer, inputs: sources, to: &graph)
      } else {
        results[step.layer][step.call] = try add(
          layer.settings, reading: sources, by: call, to: &graph)
      }
      guard graph.nodes.count <= Self.nodeLimit else {
        throw ModelImportError.tooManyNodes(limit: Self.nodeLimit)
      }
    }
    return try model.outputs.map(value)
  }

  private func add(
    _ settings: LayerSettings, reading inputs: [Value], by call: ModelConfig.Call,
    to graph: inout Graph
  ) throws -> [Value] {
    guard let kind = KerasLayer.named(settings.className) else {
      preconditionFailure("unknown classes are refused before a graph is built")
    }
    let slots = try kind.weights(settings)
    let tensors = (weights[settings.layer] ?? []).map(\.tensor)
    var use = LayerUse(
      settings: settings.adding(call.constants),
      weights: Dictionary(uniqueKeysWithValues: zip(slots.map(\.name), tensors)),
      inputs: inputs.map(\.node), generation: generation, hasMirroredKernels: hasMirroredKernels,
      masks: inputs.map(\.mask), namesMasks: !call.masks.isEmpty, parameters: call.parameters)
    let isMoved = try use.arrangeChannels(
      by: kind.channelRule, moved: inputs.map(\.isMoved), in: &graph)
    use.ownMask = try use.outputMask(
      by: kind.maskRule(generation: generation, minor: minorVersion), in: &graph)
    return try kind.translate(use, &graph).enumerated().map { index, node in
      // A state has no steps.
      Value(
        node: node, mask: index == 0 ? use.ownMask : nil,
        isMoved: isMoved && graph.nodes[node].shape.rank > 1)
    }
  }
}
