import HDF5Support

/// Keras 3's HDF5 layout: a tree of groups like the tree of the model's objects. The group `vars` of
/// an object holds its own weights, `0`, `1`, ….
///
/// Written by Keras 3 and the last of Keras 2 as `.weights.h5` and into `.keras`.
struct WeightTree: ModelFormat {
  let file: HDF5File
  /// The path of the file that this one is, or is a member of.
  private let path: String
  private let kerasVersion: String?

  init(_ file: HDF5File, in path: String? = nil, kerasVersion: String? = nil) {
    self.file = file
    self.path = path ?? file.name
    self.kerasVersion = kerasVersion
  }

  /// Whether a file has this layout: the model itself is an object like any other.
  static func isIn(_ file: HDF5File) -> Bool {
    (try? file.root.kind(of: "vars")) == .group
      && !["layer_names", "model_config"].contains(where: file.root.attributes.contains)
  }

  func architecture() -> ArchitectureText? { nil }

  func contents(architecture: ArchitectureText) throws -> ModelFileContents {
    ModelFileContents(
      file: path, architecture: (architecture.file, architecture.bytes),
      kerasVersion: kerasVersion, layout: .tree, groups: try groups(), hasMirroredKernels: false)
  }

  /// The objects that hold weights, and those around them, by their paths.
  private func groups() throws -> [ModelFileContents.Group] {
    var owners: Set<String> = []
    for path in file.root.datasetPaths() {
      let parts = path.split(separator: "/")
      guard parts.first != "optimizer", parts.count > 1, parts[parts.count - 2] == "vars" else {
        continue
      }
      for count in 0...parts.count - 2 {
        owners.insert(parts.prefix(count).joined(separator: "/"))
      }
    }
    return try owners.sorted().compactMap(group)
  }

  /// The object at a path; `nil` for a mere list of objects.
  private func group(_ owner: String) throws -> ModelFileContents.Group? {
    let path = owner.isEmpty ? "vars" : owner + "/vars"
    guard try file.root.kind(of: path) == .group else { return nil }
    let group = try file.root.group(path)
    let names = try group.children().sorted { (Int($0) ?? .max, $0) < (Int($1) ?? .max, $1) }
    return ModelFileContents.Group(
      name: owner, layerName: try group.attributes.string("name"),
      weights: try names.map {
        try ModelFileContents.Weight(name: "\(path)/\($0)", dataset: try group.dataset($0))
      })
  }
}
