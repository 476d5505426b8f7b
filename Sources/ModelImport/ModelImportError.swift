/// Why a file does not become a graph.
///
/// `layer` is a layer's path: nested models are separated by `/`.
public enum ModelImportError: Error, Hashable, Sendable {
  /// The file is HDF5, but nothing that Keras writes; `content` names what is at its root.
  case notKeras(file: String, content: [String])

  /// The file is of a layout that is not read.
  case unknownLayout(file: String, layout: String, remedy: String)

  /// The file is a zip archive, but none that Keras writes; `members` are what it holds.
  case missingMember(file: String, member: String, members: [String])

  /// The file holds weights alone, and no architecture was given.
  case missingArchitecture(file: String)

  /// The file holds an architecture alone.
  case missingWeights(file: String)

  /// An architecture cannot be read from the disk.
  case cannotRead(file: String, reason: String)

  /// An architecture is not JSON.
  case notJSON(file: String, reason: String, offset: Int)

  /// An architecture is not YAML that is read; `line` is `nil` if it is not known.
  case notYAML(file: String, reason: String, line: Int?)

  /// An architecture is JSON, but not the one of a Keras model.
  case malformedArchitecture(place: String, found: String, expected: String)

  /// Models are nested deeper than `limit`.
  case nestedTooDeep(model: String, limit: Int)

  /// The graph would have more than `limit` nodes.
  case tooManyNodes(limit: Int)

  /// Layers wait for each other.
  case cycle(layer: String)

  /// Layers of unknown classes, or of Python code.
  case unsupportedLayers([LayerSummary])

  /// A layer is to be replaced that the network does not have; `layers` are the paths of all.
  case noLayerToReplace(layer: String, layers: [String])

  /// A layer's setting is known, but not this value of it.
  case unsupportedSetting(
    layer: String, className: String, setting: String, found: String, supported: String)

  /// A layer's setting is missing (`found` is "nothing"), or makes no sense.
  case invalidSetting(
    layer: String, className: String, setting: String, found: String, expected: String)

  /// A layer's activation function is not known.
  case unknownActivation(layer: String, className: String, function: String, known: [String])

  /// A layer is called with more than tensors.
  case unsupportedArguments(layer: String, className: String, arguments: [String])

  /// A layer reads too many or too few tensors.
  case wrongInputCount(layer: String, className: String, found: Int, expected: String)

  /// The caller gives shapes for another number of inputs.
  case wrongShapeCount(inputs: [String], given: Int)

  /// The caller's shape does not fit what the network declares.
  case inputShapeMismatch(input: String, declared: String, given: String)

  /// An input has an axis of any length, and the caller gives no shape.
  case openInputShape(input: String, declared: String)

  /// The weighted layers of the file are not those of the architecture.
  case weightedLayersMismatch(file: String, stored: [String], expected: [String])

  /// The tree of a Keras 3 file is not that of the architecture: `missing` are the paths, with their
  /// layers, that are not in the file, and `unknown` those that no layer has.
  case storedLayersMismatch(file: String, missing: [String], unknown: [String])

  /// The tree of a Keras 3 file has the layers of the architecture in another order.
  case storedOrderMismatch(file: String, path: String, stored: String, layer: String)

  /// The tree of a Keras 3 file is that of a class, and names do not tell which of the groups
  /// `stored` belong to `layers`.
  case unplacedWeights(file: String, stored: [String], layers: [String])

  /// A weight map is no JSON object of texts.
  case invalidWeightMap(file: String, found: String)

  /// A weight map leaves layers out, or names what is not there.
  case weightMapMismatch(
    file: String, unmapped: [String], unknownLayers: [String], unknownGroups: [String])

  /// A layer has too many or too few weights; `stored` and `expected` are their names.
  case weightCountMismatch(layer: String, className: String, stored: [String], expected: [String])

  /// A weight has another shape than its layer asks for.
  case weightShapeMismatch(
    layer: String, className: String, weight: String, stored: [Int], expected: [Int])
}
