import HDF5Support

/// Keras' legacy HDF5 layout: `model_config` as an attribute, a group of weights for each layer.
///
/// Written by Keras 0.2 to 2, by tf.keras, and by Keras 3 for names that end in `.h5`.
struct LegacyHDF5: ModelFormat {
  let file: HDF5File
  /// The group whose `layer_names` list the layers; `nil` if the file has an architecture alone.
  private let weightGroup: HDF5Group?

  /// - Throws: `HDF5Error`, or `ModelImportError` if the file is something else.
  init(_ file: HDF5File) throws {
    self.file = file
    let root = file.root
    let candidates =
      [root] + (root.contains("model_weights") ? [try root.group("model_weights")] : [])
    weightGroup = candidates.last {
      $0.attributes.contains("layer_names") || $0.attributes.contains("layer_names0")
    }
    if weightGroup == nil, !root.attributes.contains("model_config") {
      throw try Self.explainUnknown(root)
    }
  }

  /// The text of the architecture, if the file has one.
  func architecture() throws -> ArchitectureText? {
    try file.root.attributes.string("model_config").map {
      ArchitectureText(file: file.name, text: $0)
    }
  }

  /// The version of Keras that wrote the file, if it says so.
  func kerasVersion() throws -> String? {
    try file.root.attributes.string("keras_version")
      ?? weightGroup?.attributes.string("keras_version")
  }

  /// All that the file holds, with an architecture that may be another's.
  ///
  /// - Throws: `ModelImportError.missingWeights`, `HDF5Error`.
  func contents(architecture: ArchitectureText) throws -> ModelFileContents {
    guard let weightGroup else { throw ModelImportError.missingWeights(file: file.name) }
    let names = try weightGroup.attributes.chunkedStrings("layer_names") ?? []
    let backend =
      try weightGroup.attributes.string("backend") ?? file.root.attributes.string("backend")
    return ModelFileContents(
      file: file.name, architecture: (architecture.file, architecture.bytes),
      kerasVersion: try kerasVersion(),
      groups: try names.map { try Self.group($0, in: weightGroup) },
      hasMirroredKernels: backend == "theano")
  }

  private static func group(
    _ name: String, in parent: HDF5Group
  ) throws -> ModelFileContents.Group {
    let group = try parent.group(name)
    let names = try group.attributes.chunkedStrings("weight_names") ?? []
    return ModelFileContents.Group(
      name: name,
      weights: try names.map {
        try ModelFileContents.Weight(name: $0, dataset: try group.dataset($0))
      })
  }

  private static func explainUnknown(_ root: HDF5Group) throws -> ModelImportError {
    let children = try root.children()
    if root.attributes.contains("nb_layers") {
      return .unknownLayout(
        file: root.file, layout: "a weights file of Keras 0 ('nb_layers')",
        remedy: "Load it with the Keras that wrote it, and save it with a newer one.")
    }
    return .notKeras(file: root.file, content: children)
  }
}
