extension ModelConfig {
  /// Reads the configuration of a model, as `model_config` and `to_json` have it.
  ///
  /// - Parameters:
  ///   - document: An object with `class_name` and `config`.
  ///   - aliases: The classes to read in place of those that the document names.
  ///   - replacements: What to read in place of layers, by their paths.
  /// - Throws: `ModelImportError` if it is none, or has no layer that is to be replaced.
  init(
    _ document: JSONValue, aliases: [String: String] = [:],
    replacements: [String: LayerReplacement] = [:]
  ) throws {
    let parser = ConfigParser(aliases: aliases, replacements: replacements)
    guard let className = document["class_name"]?.string, Self.modelClasses.contains(className)
    else {
      throw ModelImportError.malformedArchitecture(
        place: "class_name", found: document["class_name"]?.summary ?? "nothing",
        expected: Self.modelClasses.sorted().joined(separator: ", "))
    }
    let name = document["config"]?["name"]?.string ?? className.lowercased()
    self = try parser.model(document["config"] ?? .null, name: name, path: "", depth: 0)
    let paths = leaves.map(\.settings.layer)
    if let missing = replacements.keys.sorted().first(where: { !paths.contains($0) }) {
      throw ModelImportError.noLayerToReplace(layer: missing, layers: paths)
    }
  }
}

/// Turns JSON into `ModelConfig`.
struct ConfigParser {
  let aliases: [String: String]
  let replacements: [String: LayerReplacement]

  /// - Parameter path: The model's path with a `/` at its end; empty for the outermost.
  func model(_ config: JSONValue, name: String, path: String, depth: Int) throws -> ModelConfig {
    guard depth <= ModelConfig.depthLimit else {
      throw ModelImportError.nestedTooDeep(model: name, limit: ModelConfig.depthLimit)
    }
    let entries = try list(config.array == nil ? config["layers"] : config, at: path + "layers")
    let isFunctional = entries.contains { $0["inbound_nodes"] != nil }
    var layers: [ModelConfig.Layer] = []
    for (index, entry) in entries.enumerated() {
      layers.append(try layer(entry, index: index, path: path, depth: depth))
    }
    if let twin = firstDuplicate(layers.map(\.name)) {
      throw ModelImportError.malformedArchitecture(
        place: path + "layers", found: "two layers named '\(twin)'", expected: "one")
    }
    return isFunctional
      ? try FunctionalWiring(config: config, entries: entries, layers: layers, path: path)
        .model(name: name)
      : try sequential(layers, config: config, name: name, path: path)
  }

  private func list(_ value: JSONValue?, at place: String) throws -> [JSONValue] {
    guard let list = value?.array, !list.isEmpty else {
      throw ModelImportError.malformedArchitecture(
        place: place, found: value?.summary ?? "nothing", expected: "a list of layers")
    }
    return list
  }

  private func layer(_ entry: JSONValue, index: Int, path: String, depth: Int) throws
    -> ModelConfig.Layer
  {
    guard let className = entry["class_name"]?.string else {
      throw ModelImportError.malformedArchitecture(
        place: path + "layers[\(index)].class_name",
        found: entry["class_name"]?.summary ?? "nothing", expected: "a class")
    }
    let config = entry["config"] ?? .null
    // Keras 1 stores a sequential model as a list, which has no room for a name.
    let name =
      entry["name"]?.string ?? config["name"]?.string ?? "\(className.lowercased())_\(index + 1)"
    let replacement = replacements[path + name]
    let isModel = replacement == nil && ModelConfig.modelClasses.contains(className)
    // The first layer of a sequential model also tells the shape of the input.
    let inputSettings = (config.object ?? [:]).filter { $0.key.hasPrefix("batch_") }
    return ModelConfig.Layer(
      settings: LayerSettings(
        layer: path + name,
        className: replacement?.className ?? knownName(of: className, in: entry),
        values: replacement.map { $0.settings.merging(inputSettings) { given, _ in given } }
          ?? config.object ?? [:]),
      name: name,
      isTrainable: config["trainable"] != .bool(false),
      model: isModel
        ? try model(config, name: name, path: path + name + "/", depth: depth + 1) : nil,
      storedClass: isFunction(entry) ? nil : Self.storedClass(className))
  }

  /// The class that a layer has in Keras 3, which knows old names of its own classes no more.
  private static func storedClass(_ className: String) -> String {
    if ["Model", "Network"].contains(className) { return "Functional" }
    return KerasLayer.customClasses.contains(className)
      ? className : KerasLayer.named(className)?.name ?? className
  }

  /// The class under which a layer is looked up.
  ///
  /// Custom code carries its package (`package>Class`), and must not pass for a class of Keras that
  /// has the same name; nor must a function of `keras.ops`, which Keras 3 stores as a layer.
  func knownName(of className: String, in entry: JSONValue) -> String {
    if let alias = aliases[className] { return alias }
    // Keras 2 stores functions of TensorFlow as layers of one class.
    if className == "TFOpLambda", let function = entry["config"]?["function"]?.string {
      return aliases["tf." + function] ?? "tf." + function
    }
    let registered = entry["registered_name"]?.string ?? className
    let full =
      isFunction(entry) ? "ops." + className : registered.contains(">") ? registered : className
    let bare = full.split(separator: ">").last.map(String.init) ?? full
    if let alias = aliases[full] ?? aliases[bare] { return alias }
    return KerasLayer.customClasses.contains(bare) ? bare : full
  }

  /// Whether Keras 3 stored a function as this layer.
  ///
  /// Its HDF5 files name no modules. There it is a function if no layer has that name, or none that
  /// is called so.
  private func isFunction(_ entry: JSONValue) -> Bool {
    if let module = entry["module"]?.string { return module.hasPrefix("keras.src.ops") }
    guard let className = entry["class_name"]?.string, KerasLayer.isKnown("ops." + className),
      let arguments = entry["inbound_nodes"]?.array?.first?["args"]?.array
    else { return false }
    return !KerasLayer.isKnown(className) || arguments.count > 1
      || entry["config"]?["newshape"] != nil
  }

  /// Wires layers one after the other, behind an input that is added if the file has none.
  private func sequential(
    _ layers: [ModelConfig.Layer], config: JSONValue, name: String, path: String
  ) throws -> ModelConfig {
    var layers = layers
    if layers[0].settings.className != "InputLayer" {
      layers.insert(input(before: layers[0], config: config, path: path), at: 0)
    }
    for index in layers.indices.dropFirst() {
      let previous = ModelConfig.Reference(layer: index - 1, call: 0, output: 0)
      layers[index].calls = [ModelConfig.Call(inputs: [previous], otherArguments: [])]
    }
    return ModelConfig(
      name: name, layers: layers, inputs: [0],
      outputs: [ModelConfig.Reference(layer: layers.count - 1, call: 0, output: 0)],
      order: try ModelConfig.order(of: layers))
  }

  private func input(before first: ModelConfig.Layer, config: JSONValue, path: String)
    -> ModelConfig.Layer
  {
    let values = first.settings.values
    let innerInput = first.model.map { $0.layers[$0.inputs[0]].settings.values }
    let shape =
      values["batch_input_shape"] ?? values["batch_shape"] ?? innerInput?["batch_input_shape"]
      ?? innerInput?["batch_shape"] ?? config["build_input_shape"]
    let name = first.name + "_input"
    return ModelConfig.Layer(
      settings: LayerSettings(
        layer: path + name, className: "InputLayer", values: ["batch_input_shape": shape ?? .null]),
      name: name, isTrainable: true, model: nil)
  }

  private func firstDuplicate(_ names: [String]) -> String? {
    var seen: Set<String> = []
    return names.first { !seen.insert($0).inserted }
  }
}
