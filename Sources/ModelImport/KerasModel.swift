import FileSupport
import NetworkGraph

/// A trained Keras network as its file has it: layers, wiring, and weights.
///
/// Reads Keras' legacy HDF5 files and Keras 3's `.keras` and `.weights.h5`, with their own
/// architecture or another. Nothing in a file is ever run.
public struct KerasModel: Sendable {
  /// An input of the network.
  public struct Input: Hashable, Sendable {
    /// The name of the input layer.
    public let name: String

    /// The extents of one sample, `nil` where any length will do; `nil` as a whole if the file
    /// does not say.
    public let extents: [Int?]?
  }

  /// The network's name, as the file has it.
  public let name: String

  /// The version of Keras that wrote the architecture, if it is known.
  public let kerasVersion: String?

  /// The first number of Keras' version, on which the meaning of some names depends.
  let generation: Int

  /// The number after it, if it is known.
  let minorVersion: Int?

  let config: ModelConfig
  let weights: KerasWeights
  let weightMap: WeightMap?
  /// The file in which large weights lie, which are read as they are needed; `nil` if there is none.
  public let weightFile: RandomAccessFile?
  private let architecture: ArchitectureText
  private let aliases: [String: String]
  private let replacements: [String: LayerReplacement]

  /// Reads a network.
  ///
  /// - Parameters:
  ///   - path: A whole model, or weights alone.
  ///   - architecturePath: A file of `model.to_json()`, which takes the place of the model's own
  ///     architecture. Weights are matched by the layers' names, or else by their order; every
  ///     shape is checked when the graph is built.
  ///   - aliases: For classes of custom layers, the known class that computes the same.
  ///   - replacements: For layers by their paths, what computes the same.
  ///   - weightMap: Which weights are whose, if the file's own order is not to decide.
  /// - Throws: `ModelImportError`, `HDF5Error`, `FileError`.
  public init(
    reading path: String, architecture architecturePath: String? = nil,
    aliases: [String: String] = [:], replacements: [String: LayerReplacement] = [:],
    weightMap: WeightMap? = nil
  ) throws {
    try self.init(
      ModelFileContents(reading: path, architecture: architecturePath), aliases: aliases,
      replacements: replacements, weightMap: weightMap)
  }

  /// Makes sense of what the files of a network hold.
  ///
  /// - Throws: `ModelImportError`, and what reading a weight throws.
  public init(
    _ contents: ModelFileContents, aliases: [String: String] = [:],
    replacements: [String: LayerReplacement] = [:], weightMap: WeightMap? = nil
  ) throws {
    self.aliases = aliases
    self.replacements = replacements
    self.weightMap = weightMap
    architecture = ArchitectureText(
      file: contents.architecture.file, bytes: contents.architecture.text)
    let document = try architecture.parsed()
    config = try ModelConfig(document, aliases: aliases, replacements: replacements)
    name = config.name
    weights = try KerasWeights(contents)
    weightFile = contents.weightFile
    let storedVersion = contents.kerasVersion
    let isOwn = contents.architecture.file == contents.file
    kerasVersion = document["keras_version"]?.string ?? (isOwn ? storedVersion : nil)
    // Keras 3 leaves its version out of to_json(), but gives inputs a setting of another name.
    let version = kerasVersion ?? (config.isOfKeras3 ? "3" : storedVersion)
    let numbers = (version ?? "2").split(separator: ".")
    generation = numbers.first.flatMap { Int($0) } ?? 2
    minorVersion = numbers.dropFirst().first.flatMap { Int($0) }
  }

  /// The inputs, in the order in which data is given.
  public var inputs: [Input] {
    config.inputs.indices.map { index in
      Input(
        name: config.layers[config.inputs[index]].settings.layer,
        extents: config.declaredExtents(ofInput: index))
    }
  }

  /// The layers in the order of the file, those of nested models in the place of the model.
  public var layers: [LayerSummary] {
    let assigned = try? weights.assigned(to: config, by: weightMap)
    return config.leaves.map { leaf in
      let (path, className) = (leaf.settings.layer, leaf.settings.className)
      return LayerSummary(
        name: path, className: className, support: KerasLayer.support(for: className),
        parameterCount: assigned.map { assigned in
          (assigned[path] ?? []).reduce(0) { $0 + $1.tensor.values.count }
        })
    }
  }

  /// The layers for which `graph` will fail.
  public var unsupportedLayers: [LayerSummary] { layers.filter { !$0.isSupported } }

  /// The number of values that the file stores as weights, trained or not.
  public var parameterCount: Int { weights.parameterCount }

  /// A fingerprint of the architecture's text, of aliases, of what replaces layers, of a weight map, and
  /// of all weights.
  public var digest: String {
    var digest = ContentDigest()
    digest.add(architecture.bytes)
    for (name, known) in aliases.sorted(by: { $0.key < $1.key }) {
      digest.add("alias \(name)=\(known)".utf8)
    }
    for (layer, replacement) in replacements.sorted(by: { $0.key < $1.key }) {
      digest.add("\(layer)=\(replacement)".utf8)
    }
    for (layer, group) in (weightMap?.groups ?? [:]).sorted(by: { $0.key < $1.key }) {
      digest.add("\(layer)=\(group)".utf8)
    }
    for group in weights.groups {
      digest.add(group.name.utf8)
      for weight in group.weights {
        digest.add(weight.name.utf8)
        digest.add(weight.tensor.extents)
        digest.add(weight.tensor.values)
      }
    }
    return digest.text
  }
}
