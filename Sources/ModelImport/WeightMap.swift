/// Which weights of a file belong to which layer, where someone has said so.
///
/// For networks that were written as a class of their own: their weights lie under the names of
/// the class's attributes, of which an architecture knows nothing.
public struct WeightMap: Hashable, Sendable {
  /// The file that it is from, for messages.
  public let file: String

  /// The name of a group of weights, by the path of a layer.
  public let groups: [String: String]

  public init(file: String, groups: [String: String]) {
    self.file = file
    self.groups = groups
  }

  /// Reads a JSON object, such as `{"conv1": "encoder/layers/conv2d"}`.
  ///
  /// - Throws: `ModelImportError`.
  public init(reading path: String) throws {
    let text = try ArchitectureText(reading: path)
    let value: JSONValue
    do {
      value = try JSONValue(parsing: text.bytes)
    } catch {
      throw ModelImportError.invalidWeightMap(
        file: path, found: "no JSON: \(error.reason) at byte \(error.offset)")
    }
    guard let members = value.object else {
      throw ModelImportError.invalidWeightMap(file: path, found: value.summary)
    }
    file = path
    groups = try Dictionary(
      uniqueKeysWithValues: members.sorted { $0.key < $1.key }.map { layer, group in
        guard let name = group.string else {
          throw ModelImportError.invalidWeightMap(
            file: path, found: "\(group.summary) for '\(layer)'")
        }
        return (layer, name)
      })
  }

  /// Checks that the map names every layer with weights and nothing that is not there.
  ///
  /// - Throws: `ModelImportError.weightMapMismatch`.
  func check(layers: [String], groups names: [String]) throws {
    let (layers, names) = (Set(layers), Set(names))
    let unmapped = layers.subtracting(groups.keys).sorted()
    let unknownLayers = Set(groups.keys).subtracting(layers).sorted()
    let unknownGroups = Set(groups.values).subtracting(names).sorted()
    guard unmapped.isEmpty, unknownLayers.isEmpty, unknownGroups.isEmpty else {
      throw ModelImportError.weightMapMismatch(
        file: file, unmapped: unmapped, unknownLayers: unknownLayers, unknownGroups: unknownGroups)
    }
  }
}
