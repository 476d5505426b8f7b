import NetworkGraph

extension KerasLayer {
  static let wrappers: [KerasLayer] = [
    KerasLayer(
      "Bidirectional", "a recurrent layer forwards and backwards, and both outputs joined",
      parameters: recurrentParameters,
      weights: { settings in
        try settings.directions().flatMap { direction in
          try RecurrentSettings(direction.settings).weights.map {
            WeightSlot(
              name: direction.name + "/" + $0.name, owner: direction.name + "_layer/" + $0.owner)
          }
        }
      },
      translateAll: { layer, graph in
        var (outputs, states): ([Int], [Int]) = ([], [])
        // The first half of the states is for the way forwards.
        let half = (layer.inputs.count - 1) / 2
        guard layer.inputs.count == 1 + 2 * half else {
          throw ModelImportError.wrongInputCount(
            layer: layer.settings.layer, className: layer.settings.className,
            found: layer.inputs.count, expected: "one, or as many states for both ways beside")
        }
        for (name, settings) in try layer.settings.directions() {
          let own = layer.inputs.dropFirst(name == "forward" ? 1 : 1 + half).prefix(half)
          let weights = layer.weights.compactMap { slot, tensor in
            slot.hasPrefix(name + "/") ? (String(slot.dropFirst(name.count + 1)), tensor) : nil
          }
          let use = LayerUse(
            settings: settings, weights: Dictionary(uniqueKeysWithValues: weights),
            inputs: [layer.inputs[0]] + own, generation: layer.generation,
            hasMirroredKernels: layer.hasMirroredKernels, masks: layer.masks,
            namesMasks: layer.namesMasks)
          let way = try use.addRecurrence(flipsOutput: name == "backward", to: &graph)
          outputs.append(way.output)
          states += way.states
        }
        let joined = try graph.add(
          try layer.settings.merge(rank: graph.nodes[outputs[0]].shape.rank),
          layer: layer.settings.layer, inputs: outputs)
        return [joined] + states
      }),
    KerasLayer(
      "TimeDistributed", "a layer applied to each step",
      weights: { settings in
        let (kind, inner) = try settings.stepLayer()
        return try kind.weights(inner).map {
          WeightSlot(
            name: $0.name, isTrained: $0.isTrained,
            owner: $0.owner.isEmpty ? "layer" : "layer/" + $0.owner)
        }
      },
      translate: { layer, graph in
        let (kind, settings) = try layer.settings.stepLayer()
        let input = try layer.input()
        let extents = graph.nodes[input].shape.extents
        guard extents.count > 1, let step = Shape(Array(extents.dropFirst())) else {
          throw layer.settings.unsupported(
            "input", "\(extents)", supported: "steps that have axes of their own")
        }
        var inner = Graph(name: settings.layer)
        var use = LayerUse(
          settings: settings, weights: layer.weights,
          inputs: [inner.addInput(layer: settings.layer, shape: step)],
          generation: layer.generation, hasMirroredKernels: layer.hasMirroredKernels)
        let isMoved = try use.arrangeChannels(by: kind.channelRule, moved: [false], in: &inner)
        let output = try inner.arranging(
          try kind.translate(use, &inner)[0], moved: isMoved, wanted: false, layer: settings.layer)
        return try layer.repeatNodes(of: inner, upTo: output, after: input, in: &graph)
      }),
  ]
}

extension LayerSettings {
  /// The settings of a layer inside this one, which goes by this one's name.
  func inner(_ name: String, path: String? = nil) throws -> LayerSettings {
    guard let value = values[name], let className = value["class_name"]?.string else {
      throw invalid(name, values[name], expected: "a layer")
    }
    return LayerSettings(
      layer: path ?? layer, className: className, values: value["config"]?.object ?? [:])
  }

  /// Whether a recurrent layer gives an output for each step.
  func returnsSequences() throws -> Bool {
    let settings = className == "Bidirectional" ? try inner("layer") : self
    return try settings.bool("return_sequences", default: false)
  }

  /// The two layers of a `Bidirectional`.
  ///
  /// Keras zeroes the outputs of masked steps in both, so that they line up.
  fileprivate func directions() throws -> [(name: String, settings: LayerSettings)] {
    let forward = try inner("layer", path: layer + "/forward")
    let hasOwn = value(["backward_layer"]) != nil
    let backward = try inner(hasOwn ? "backward_layer" : "layer", path: layer + "/backward")
    // Without a layer of its own it is the same layer the other way.
    let turn = try hasOwn == backward.bool("go_backwards", default: false)
    return [("forward", forward), ("backward", backward)].map { name, settings in
      var values = settings.values
      values["zero_output_for_mask"] = values["return_sequences"] ?? .bool(false)
      if name == "backward" { values["go_backwards"] = .bool(turn) }
      return (
        name, LayerSettings(layer: settings.layer, className: settings.className, values: values)
      )
    }
  }

  /// How a `Bidirectional` joins its outputs.
  fileprivate func merge(rank: Int) throws -> Operation {
    let found = values["merge_mode"] ?? .string("concat")
    switch found.string {
    case "concat": return .concatenation(axis: rank - 1)
    case "sum": return .elementwise(.add)
    case "mul": return .elementwise(.multiply)
    case "ave": return .elementwise(.average)
    default:
      throw unsupported("merge_mode", found.summary, supported: "concat, sum, mul, ave")
    }
  }

  /// The layer that a `TimeDistributed` applies to each step.
  fileprivate func stepLayer() throws -> (kind: KerasLayer, settings: LayerSettings) {
    let settings = try inner("layer")
    guard let kind = KerasLayer.named(settings.className) else {
      throw ModelImportError.unsupportedLayers([
        LayerSummary(
          name: layer, className: settings.className,
          support: KerasLayer.support(for: settings.className))
      ])
    }
    return (kind, settings)
  }
}

extension LayerUse {
  /// Adds the nodes of a graph of one step, so that they work on all steps.
  ///
  /// - Parameter output: The last of them that counts.
  fileprivate func repeatNodes(
    of step: Graph, upTo output: Int, after input: Int, in graph: inout Graph
  ) throws -> Int {
    let steps = graph.nodes[input].shape.extents[0]
    var nodes = [input]
    for node in step.nodes.dropFirst() {
      guard
        let operations = node.operation.repeated(
          over: steps, input: step.nodes[node.inputs[0]].shape, output: node.shape)
      else {
        throw settings.unsupported(
          "layer", "of class '\(try settings.inner("layer").className)'",
          supported: "layers that treat each place alone, convolutions, pooling, and reshaping")
      }
      var inputs = node.inputs.map { nodes[$0] }
      for operation in operations {
        inputs = [try graph.add(operation, layer: settings.layer, inputs: inputs)]
      }
      nodes.append(inputs[0])
    }
    return nodes[output]
  }
}
