import NetworkGraph

/// The weights of a file, in the file's order, whatever its format.
struct KerasWeights: Sendable {
  /// A weight under the name that the file gives it, which proves nothing.
  struct Weight: Sendable {
    let name: String
    let tensor: Tensor
  }

  /// Weights that belong together, as the file's layout has it.
  struct Group: Sendable {
    let name: String
    /// The name of the layer, where the file gives it beside the group's own.
    var layerName: String?
    let weights: [Weight]
  }

  /// The name of the file, for messages.
  let file: String
  var layout = ModelFileContents.Layout.listed
  let groups: [Group]
  /// Whether kernels are mirrored along their spatial axes, as Theano's convolution wants them.
  let hasMirroredKernels: Bool

  /// The number of stored values.
  var parameterCount: Int {
    groups.reduce(0) { $0 + $1.weights.reduce(0) { $0 + $1.tensor.values.count } }
  }
}

extension KerasWeights {
  /// Reads all weights.
  ///
  /// - Throws: What reading them throws, such as `HDF5Error`.
  init(_ contents: ModelFileContents) throws {
    file = contents.file
    layout = contents.layout
    hasMirroredKernels = contents.hasMirroredKernels
    groups = try contents.groups.map { group in
      Group(
        name: group.name, layerName: group.layerName,
        weights: try group.weights.map { weight in
          Weight(
            name: weight.name,
            tensor: Tensor(
              try weight.numbers(in: contents.weightFile), extents: weight.extents))
        })
    }
  }

  /// The weights of each layer, by the layer's path, in the order of the layer's own `weights`.
  ///
  /// - Parameter map: The groups of all layers, if the file's own order is not to decide.
  /// - Throws: `ModelImportError` if layers and groups, or their numbers of weights, do not match.
  func assigned(to model: ModelConfig, by map: WeightMap? = nil) throws -> [String: [Weight]] {
    switch layout {
    case .listed: try assignedByList(to: model, map: map)
    case .tree: try StoredObjects(self).assigned(to: model, by: map)
    }
  }

  /// Groups are matched by name if every layer with weights finds its own, else by their order.
  private func assignedByList(
    to model: ModelConfig, map: WeightMap?
  ) throws -> [String: [Weight]] {
    let expected = try model.layers.map { (layer: $0, slots: try Self.slots(in: $0)) }
      .filter { !$0.slots.isEmpty }
    let stored = groups.filter { !$0.weights.isEmpty }
    try map?.check(layers: expected.map(\.layer.name), groups: stored.map(\.name))
    let byName = Dictionary(stored.map { ($0.name, $0) }) { first, _ in first }
    func storedName(_ layer: ModelConfig.Layer) -> String {
      map?.groups[layer.name] ?? layer.name
    }
    let matchesByName = expected.allSatisfy { byName[storedName($0.layer)] != nil }
    guard matchesByName || expected.count == stored.count else {
      throw ModelImportError.weightedLayersMismatch(
        file: file, stored: stored.map(\.name), expected: expected.map(\.layer.name))
    }
    var assigned: [String: [Weight]] = [:]
    for (index, (layer, slots)) in expected.enumerated() {
      let group = matchesByName ? byName[storedName(layer)]! : stored[index]
      guard group.weights.count == slots.count else {
        throw ModelImportError.weightCountMismatch(
          layer: layer.settings.layer, className: layer.settings.className,
          stored: group.weights.map(\.name), expected: slots.map(\.name))
      }
      // A layer's trained weights come before its others, so each layer's own order is kept.
      for (slot, weight) in zip(slots, group.weights) {
        assigned[slot.layer, default: []].append(weight)
      }
    }
    return assigned
  }

  /// A place for a weight in the group of a layer of the outermost model.
  private struct Slot {
    /// The path of the layer that owns the weight.
    let layer: String
    let name: String
    let isTrained: Bool
  }

  /// The order in which Keras flattens the weights of a layer, or of all layers of a nested model:
  /// first the trained ones, then the others.
  private static func slots(in layer: ModelConfig.Layer) throws -> [Slot] {
    let slots = try unsortedSlots(in: layer, isTrainable: true)
    return slots.filter(\.isTrained) + slots.filter { !$0.isTrained }
  }

  private static func unsortedSlots(in layer: ModelConfig.Layer, isTrainable: Bool) throws -> [Slot]
  {
    let isTrainable = isTrainable && layer.isTrainable
    if let model = layer.model {
      return try model.layers.flatMap { try unsortedSlots(in: $0, isTrainable: isTrainable) }
    }
    let settings = layer.settings
    guard let kind = KerasLayer.named(settings.className) else { return [] }
    return try kind.weights(settings).map {
      Slot(
        layer: settings.layer, name: $0.name, isTrained: isTrainable && $0.isTrained)
    }
  }
}
