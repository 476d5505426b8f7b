extension ModelImportError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .notKeras(let file, let content):
      """
      '\(file)' is an HDF5 file, but not a Keras model: it has neither 'model_config' nor \
      'layer_names'.
        At its root: \(Self.list(content)).
      """
    case .unknownLayout(let file, let layout, let remedy):
      """
      '\(file)' is \(layout), which Rangefinder does not read.
        \(remedy)
      """
    case .missingMember(let file, let member, let members):
      """
      '\(file)' is a zip archive, but not a Keras model: it has no '\(member)'.
        In it: \(Self.list(members)).
      """
    case .missingArchitecture(let file):
      """
      '\(file)' holds weights without an architecture (no 'model_config').
        Give the architecture too:  --architecture model.json
      """
    case .missingWeights(let file):
      """
      '\(file)' holds an architecture without weights (no 'model_weights').
        Save the trained network with model.save.
      """
    case .cannotRead(let file, let reason):
      "'\(file)' cannot be read: \(reason)."
    case .notJSON(let file, let reason, let offset):
      """
      the architecture in '\(file)' is not JSON: \(reason) at byte \(offset).
        Write it with model.to_json().
      """
    case .notYAML(let file, let reason, let line):
      """
      the architecture in '\(file)' is not YAML that Rangefinder reads: \(reason)\
      \(line.map { " (line \($0))" } ?? "").
        Write it with model.to_json().
      """
    case .malformedArchitecture(let place, let found, let expected):
      "the architecture has \(found) at '\(place)'; expected: \(expected)."
    case .nestedTooDeep(let model, let limit):
      "model '\(model)' lies more than \(limit) models deep."
    case .tooManyNodes(let limit):
      "the network has more than \(limit) steps, since its nested models are called many times."
    case .cycle(let layer):
      "layer '\(layer)' waits for its own output: the architecture has a cycle."
    case .unsupportedLayers(let layers):
      Self.describe(layers)
    case .noLayerToReplace(let layer, let layers):
      """
      there is no layer '\(layer)' to replace.
        Layers: \(Self.list(layers)).
      """
    case .unsupportedSetting(let layer, let className, let setting, let found, let supported):
      """
      layer '\(layer)' (\(className)) has \(setting) \(found), which Rangefinder does not support.
        Supported: \(supported).
      """
    case .invalidSetting(let layer, let className, let setting, let found, let expected):
      "layer '\(layer)' (\(className)) has \(found) as \(setting); expected: \(expected)."
    case .unknownActivation(let layer, let className, let function, let known):
      """
      layer '\(layer)' (\(className)) has the activation \(function), which Rangefinder does not \
      know.
      \(Self.wrap("Known: " + known.joined(separator: ", ")))
      """
    case .unsupportedArguments(let layer, let className, let arguments):
      """
      layer '\(layer)' (\(className)) is called with more than tensors: \
      \(Self.list(arguments)).
        Rebuild it with layers alone, and give that:  --architecture model.json
      """
    case .wrongInputCount(let layer, let className, let found, let expected):
      "layer '\(layer)' (\(className)) reads \(found) tensors, where it takes \(expected)."
    case .wrongShapeCount(let inputs, let given):
      """
      the network has \(inputs.count) inputs (\(Self.list(inputs))), and data for \(given) is given.
        Name them:  --data \(inputs.first ?? "input")=file.h5
      """
    case .inputShapeMismatch(let input, let declared, let given):
      """
      input '\(input)' takes samples of shape \(declared), and the data has \(given).
        Choose samples of that shape, or reshape them.
      """
    case .openInputShape(let input, let declared):
      """
      input '\(input)' takes samples of shape \(declared), where ? is any length.
        The data decides:  --data file.h5
      """
    case .weightedLayersMismatch(let file, let stored, let expected):
      """
      '\(file)' holds the weights of \(stored.count) layers, and the architecture has \
      \(expected.count) with weights.
        Stored: \(Self.list(stored)).
        Expected: \(Self.list(expected)).
      """
    case .storedLayersMismatch(let file, let missing, let unknown):
      """
      '\(file)' does not hold the weights of this architecture.
        Not in the file: \(Self.list(missing)).
        Not in the architecture: \(Self.list(unknown)).
        Give the architecture that the weights were saved with, or say which weights are whose:
        --weight-map map.json, where {"layer": "path in the file", …}
      """
    case .storedOrderMismatch(let file, let path, let stored, let layer):
      """
      '\(file)' has the layers of this architecture in another order: at '\(path)' lies \
      '\(stored)', where '\(layer)' is expected.
        Give the architecture that the weights were saved with, or say which weights are whose:
        --weight-map map.json, where {"\(layer)": "path in the file", …}
      """
    case .unplacedWeights(let file, let stored, let layers):
      """
      '\(file)' holds the weights of a Python class, and their names do not tell whose they are.
        Stored: \(Self.list(stored)).
        Layers without a counterpart: \(Self.list(layers)).
        Say which weights are whose:  --weight-map map.json, where {"layer": "path in the file", …}
      """
    case .invalidWeightMap(let file, let found):
      """
      the weight map '\(file)' holds \(found); expected: {"layer": "path in the file", …}.
      """
    case .weightMapMismatch(let file, let unmapped, let unknownLayers, let unknownGroups):
      """
      the weight map '\(file)' does not fit the network.
        Layers with weights that it leaves out: \(Self.list(unmapped)).
        Layers that the architecture does not have, or not with weights: \
      \(Self.list(unknownLayers)).
        Paths at which the file has no weights: \(Self.list(unknownGroups)).
      """
    case .weightCountMismatch(let layer, let className, let stored, let expected):
      """
      layer '\(layer)' (\(className)) has \(stored.count) stored weights, where \
      \(expected.count) are expected.
        Stored: \(Self.list(stored)).
        Expected: \(Self.list(expected)).
      """
    case .weightShapeMismatch(let layer, let className, let weight, let stored, let expected):
      """
      layer '\(layer)' (\(className)) has a stored \(weight) of shape \(stored), where \
      \(expected) is expected.
        Check that weights and architecture belong together, and that the input has the size the \
      network was trained on.
      """
    }
  }

  private static func describe(_ layers: [LayerSummary]) -> String {
    var lines: [String] = []
    for layer in layers where layer.support == .pythonCode {
      lines.append(
        "layer '\(layer.name)' is a \(layer.className): Python code, which Rangefinder never runs.")
    }
    if let first = layers.first(where: { $0.support == .pythonCode }) {
      lines += [
        "  Say what it computes, as in:  --replace-layer \"\(first.name)=Rescaling(1/127.5, -1)\"",
        "  or rebuild the network with a layer that computes it:  --architecture model.json",
      ]
    }
    let unknown = layers.filter { $0.support == .unknownClass }
    for layer in unknown {
      lines.append(
        "layer '\(layer.name)' has class '\(layer.className)', which Rangefinder does not know.")
    }
    if !unknown.isEmpty {
      lines.append(wrap("Known: \(list(KerasLayer.all.map(\.name)))"))
      lines.append("  rangefinder inspect --layers lists all.")
    }
    for alias in Set(unknown.map(\.className)).filter(looksLikeNormalization).sorted() {
      lines += [
        "  If it computes what Caffe's LRN does, add:  --alias \(alias)=LocalResponseNormalization"
      ]
    }
    if let first = unknown.first(where: { !looksLikeNormalization($0.className) }) {
      lines += [
        "  If a known class computes the same, add:  --alias \(first.className)=CLASS",
        "  or say what the layer computes, as in:  --replace-layer \"\(first.name)=Identity\"",
      ]
    }
    return lines.joined(separator: "\n")
  }

  private static func looksLikeNormalization(_ className: String) -> Bool {
    let name = className.lowercased().filter(\.isLetter)
    return name.contains("lrn") || name.contains("localresponse")
  }

  /// The first names of a list, and how many more there are.
  private static func list(_ names: [String]) -> String {
    let shown = names.prefix(12).joined(separator: ", ")
    switch names.count {
    case 0: return "nothing"
    case ...12: return shown
    default: return "\(shown), … (\(names.count - 12) more)"
    }
  }

  /// Breaks a text at spaces into indented lines of at most 96 characters, and ends it with a stop.
  private static func wrap(_ text: String) -> String {
    var lines = [" "]
    for word in text.split(separator: " ") {
      if lines[lines.count - 1].count + word.count > 95 { lines.append("   ") }
      lines[lines.count - 1] += " " + word
    }
    return lines.joined(separator: "\n") + "."
  }
}
