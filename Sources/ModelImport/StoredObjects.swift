/// Weights in Keras 3's layout, where each object has a group of its own under its path.
struct StoredObjects {
  typealias Group = KerasWeights.Group

  private let file: String
  /// The groups with weights; states of random generators are none.
  private let groups: [Group]
  /// The groups at and below each path.
  private var groupsBelow: [String: [Group]] = [:]
  /// The name that a layer was given, by its path.
  private let layerNames: [String: String]

  init(_ weights: KerasWeights) {
    file = weights.file
    layerNames = weights.groups.reduce(into: [:]) { $0[$1.name] = $1.layerName }
    groups = weights.groups.filter { group in
      let last = group.name.split(separator: "/").last ?? ""
      return !group.weights.isEmpty && !["seed_generator", "generator"].contains(last)
    }
    for group in groups {
      for path in Self.ancestors(of: group.name) { groupsBelow[path, default: []].append(group) }
    }
  }

  /// The weights of each layer, by the layer's path, in the order of the layer's own `weights`.
  ///
  /// Objects are found by their paths in a tree that follows the configuration; or, where the model
  /// was a class of its own, by names, if these leave no doubt.
  ///
  /// - Throws: `ModelImportError`.
  func assigned(
    to model: ModelConfig, by map: WeightMap?
  ) throws -> [String: [KerasWeights.Weight]] {
    let layers = try model.leaves.filter { try Place($0, path: "") != nil }
    let places: [Place]
    if let map {
      try map.check(layers: layers.map(\.settings.layer), groups: Array(groupsBelow.keys))
      places = try layers.compactMap { try Place($0, path: map.groups[$0.settings.layer]!) }
    } else if groupsBelow[TreePaths.list] != nil {
      places = try placesByOrder(in: model)
    } else {
      places = try placesByName(of: layers)
    }
    // Names with a `/` may make two paths one.
    return try places.reduce(into: [:]) { $0[$1.name] = try weights(of: $1) }
  }

  /// A layer with weights, and the path of its object.
  private struct Place {
    let layer: ModelConfig.Layer
    let slots: [KerasLayer.WeightSlot]
    let path: String

    var name: String { layer.settings.layer }

    /// - Returns: `nil` for a layer without weights, or of a class that is not known.
    init?(_ layer: ModelConfig.Layer, path: String) throws {
      let slots = try KerasLayer.named(layer.settings.className)?.weights(layer.settings) ?? []
      guard !slots.isEmpty else { return nil }
      (self.layer, self.slots, self.path) = (layer, slots, path)
    }
  }

  private func placesByOrder(in model: ModelConfig) throws -> [Place] {
    let tree = TreePaths(of: model)
    let places = try tree.leaves.compactMap { try Place($0.layer, path: $0.path) }
    let missing = places.filter { groupsBelow[$0.path] == nil }
    let unknown = groups.filter { group in
      let ancestors = Self.ancestors(of: group.name)
      return zip(ancestors, ancestors.dropFirst()).contains {
        tree.lists.contains($0) && !tree.paths.contains($1)
      }
    }
    guard missing.isEmpty, unknown.isEmpty else {
      throw ModelImportError.storedLayersMismatch(
        file: file, missing: missing.map { "\($0.path) (layer '\($0.name)')" },
        unknown: unknown.map(\.name))
    }
    // Names are no proof that an object belongs to a layer; but if they are those of the
    // architecture in another order, they are proof that it does not.
    let stored = places.compactMap { layerNames[$0.path] }
    let expected = places.map(\.layer.name)
    if stored.count == expected.count, stored.sorted() == expected.sorted(),
      let index = stored.indices.first(where: { stored[$0] != expected[$0] })
    {
      throw ModelImportError.storedOrderMismatch(
        file: file, path: places[index].path, stored: stored[index], layer: places[index].name)
    }
    return places
  }

  /// An object is a layer's if it alone lies under the layer's name or has it as a name; every
  /// object must be some layer's.
  private func placesByName(of layers: [ModelConfig.Layer]) throws -> [Place] {
    var paths: [String: Set<String>] = [:]
    for path in groupsBelow.keys {
      for name in [path, layerNames[path] ?? path] { paths[name, default: []].insert(path) }
    }
    let places = try layers.compactMap { layer in
      let found = paths[layer.name] ?? []
      return found.count == 1 ? try Place(layer, path: found.first!) : nil
    }
    let taken = places.flatMap { groupsBelow[$0.path]!.map(\.name) }
    guard places.count == layers.count, taken.sorted() == groups.map(\.name).sorted() else {
      let unplaced = Set(layers.map(\.settings.layer)).subtracting(places.map(\.name))
      throw ModelImportError.unplacedWeights(
        file: file, stored: groups.map(\.name), layers: unplaced.sorted())
    }
    return places
  }

  /// The weights of a layer, which its parts may own, in the layer's own order.
  private func weights(of place: Place) throws -> [KerasWeights.Weight] {
    let found = groupsBelow[place.path] ?? []
    var parts: [String: ArraySlice<KerasWeights.Weight>] = [:]
    for group in found {
      // A part is stored under an attribute of Python's, which may be a private one.
      let owner = group.name.dropFirst(place.path.count).split(separator: "/")
        .map { $0.drop { $0 == "_" } }.joined(separator: "/")
      parts[owner] = group.weights[...]
    }
    let weights = place.slots.compactMap { parts[$0.owner]?.popFirst() }
    guard weights.count == place.slots.count, parts.values.allSatisfy(\.isEmpty) else {
      throw ModelImportError.weightCountMismatch(
        layer: place.name, className: place.layer.settings.className,
        stored: found.flatMap { $0.weights.map(\.name) }, expected: place.slots.map(\.name))
    }
    return weights
  }

  /// A path's first part, its first two, and so on to the whole.
  private static func ancestors(of path: String) -> [String] {
    let parts = path.split(separator: "/")
    return parts.indices.map { parts[...$0].joined(separator: "/") }
  }
}
