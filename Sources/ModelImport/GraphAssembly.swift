import NetworkGraph

/// Adds the calls of a model's layers to a graph.
struct GraphAssembly {
  /// The weights of each layer, by its path.
  let weights: [String: [KerasWeights.Weight]]
  /// Keras' major version.
  let generation: Int
  let hasMirroredKernels: Bool

  /// More steps than any network has: nested models that call each other multiply.
  static let nodeLimit = 20_000

  /// Adds a model that reads the given nodes.
  ///
  /// - Parameter path: The model's path, for messages.
  /// - Returns: The nodes of the model's outputs.
  /// - Throws: `ModelImportError`, `GraphError`.
  func add(_ model: ModelConfig, path: String, inputs: [Int], to graph: inout Graph) throws -> [Int]
  {
    guard inputs.count == model.inputs.count else {
      throw ModelImportError.wrongInputCount(
        layer: path, className: "Functional", found: inputs.count,
        expected: "\(model.inputs.count)")
    }
    // The nodes of each layer's calls; an input counts as called once.
    var results = model.layers.map { [[Int]](repeating: [], count: max($0.calls.count, 1)) }
    for (layer, node) in zip(model.inputs, inputs) { results[layer][0] = [node] }

    func node(_ reference: ModelConfig.Reference) throws -> Int {
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
      let sources = try call.inputs.map(node)
      guard call.otherArguments.isEmpty else {
        throw ModelImportError.unsupportedArguments(
          layer: layer.settings.layer, className: layer.settings.className,
          arguments: call.otherArguments)
      }
      if let inner = layer.model {
        results[step.layer][step.call] = try add(
          inner, path: layer.settings.layer, inputs: sources, to: &graph)
      } else {
        results[step.layer][step.call] = [try add(layer.settings, reading: sources, to: &graph)]
      }
      guard graph.nodes.count <= Self.nodeLimit else {
        throw ModelImportError.tooManyNodes(limit: Self.nodeLimit)
      }
    }
    return try model.outputs.map(node)
  }

  private func add(_ settings: LayerSettings, reading inputs: [Int], to graph: inout Graph) throws
    -> Int
  {
    guard let kind = KerasLayer.named(settings.className) else {
      preconditionFailure("unknown classes are refused before a graph is built")
    }
    let slots = try kind.weights(settings)
    let tensors = (weights[settings.layer] ?? []).map(\.tensor)
    let use = LayerUse(
      settings: settings,
      weights: Dictionary(uniqueKeysWithValues: zip(slots.map(\.name), tensors)),
      inputs: inputs, generation: generation, hasMirroredKernels: hasMirroredKernels)
    return try kind.translate(use, &graph)
  }
}
