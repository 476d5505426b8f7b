/// The wiring of a functional model: which call of which layer reads which output.
struct FunctionalWiring {
  let config: JSONValue
  let entries: [JSONValue]
  let layers: [ModelConfig.Layer]
  let path: String
  private let indices: [String: Int]

  /// - Parameters:
  ///   - entries: The layers as JSON, with their `inbound_nodes`.
  ///   - layers: The same layers, without calls.
  init(config: JSONValue, entries: [JSONValue], layers: [ModelConfig.Layer], path: String) {
    self.config = config
    self.entries = entries
    self.layers = layers
    self.path = path
    indices = Dictionary(
      uniqueKeysWithValues: layers.enumerated().map { ($0.element.name, $0.offset) })
  }

  /// A reference as the file has it: the call is counted from a number that depends on the class.
  private struct RawReference {
    let layer: Int
    let node: Int
    let output: Int
  }

  private struct RawCall {
    var inputs: [RawReference] = []
    var masks: [RawReference?] = []
    var parameters: [String] = []
    var constants: [String: JSONValue] = [:]
    var otherArguments: [String] = []

    /// All that the call reads.
    var references: [RawReference] { inputs + masks.compactMap { $0 } }
  }

  /// - Throws: `ModelImportError` if the wiring makes no sense.
  func model(name: String) throws -> ModelConfig {
    var calls: [[RawCall]] = []
    for (entry, layer) in zip(entries, layers) {
      let nodes = entry["inbound_nodes"]?.array ?? []
      calls.append(try nodes.map { try call($0, of: layer) })
    }
    let ends = try references(in: config["output_layers"] ?? .null, at: path + "output_layers")
    guard !ends.isEmpty else { throw malformed("output_layers", "nothing", "a list of outputs") }

    let origins = callOrigins(calls, ends: ends)
    func resolve(_ raw: RawReference, _ origins: [Int]) throws -> ModelConfig.Reference {
      let call = raw.node - origins[raw.layer]
      guard (0..<max(calls[raw.layer].count, 1)).contains(call) else {
        throw malformed(
          layers[raw.layer].name + ".inbound_nodes", "\(calls[raw.layer].count) calls",
          "at least \(max(call, 0) + 1)")
      }
      return ModelConfig.Reference(layer: raw.layer, call: call, output: raw.output)
    }
    var wired = layers
    for (index, rawCalls) in calls.enumerated() {
      wired[index].calls = try rawCalls.map {
        ModelConfig.Call(
          inputs: try $0.inputs.map { try resolve($0, origins.inside) },
          masks: try $0.masks.map { try $0.map { try resolve($0, origins.inside) } },
          parameters: $0.parameters, constants: $0.constants,
          otherArguments: $0.otherArguments)
      }
    }
    let inputs = try inputLayers(of: wired)
    if let orphan = wired.indices.first(where: { wired[$0].calls.isEmpty && !inputs.contains($0) })
    {
      throw malformed(wired[orphan].name + ".inbound_nodes", "nothing", "what the layer reads")
    }
    return ModelConfig(
      name: name, layers: wired, inputs: inputs,
      outputs: try ends.map { try resolve($0, origins.outputs) },
      order: try ModelConfig.order(of: wired))
  }

  /// The number by which the first call of each layer goes, for readers among the layers and for
  /// `output_layers`.
  ///
  /// Keras counts the calls of a nested model from 1 where the making of the model itself was call
  /// 0, which depends on its version.
  private func callOrigins(_ calls: [[RawCall]], ends: [RawReference]) -> (
    inside: [Int], outputs: [Int]
  ) {
    let isKeras3 = entries.contains { $0["inbound_nodes"]?.array?.first?.object != nil }
    var (least, greatest) = ([Int](repeating: .max, count: layers.count), layers.map { _ in 0 })
    for reference in calls.joined().flatMap(\.references) + (isKeras3 ? [] : ends) {
      least[reference.layer] = min(least[reference.layer], reference.node)
      greatest[reference.layer] = max(greatest[reference.layer], reference.node)
    }
    // Keras 1 and 2: every call has a reader, so the least number is that of the first call.
    guard isKeras3 else { return (least, least) }
    // Keras 3 counts layers' readers from 0, but outputs of a functional model from 1.
    return (
      inside: zip(greatest, calls).map { max($0 - max($1.count, 1) + 1, 0) },
      outputs: layers.map { $0.model != nil && $0.settings.className != "Sequential" ? 1 : 0 }
    )
  }

  /// The inputs in the order of data: `input_layers`, or all of them as they come.
  private func inputLayers(of wired: [ModelConfig.Layer]) throws -> [Int] {
    guard let listed = config["input_layers"] else {
      return wired.indices.filter { wired[$0].settings.className == "InputLayer" }
    }
    let inputs = try references(in: listed, at: path + "input_layers").map(\.layer)
    for input in inputs where !wired[input].calls.isEmpty {
      throw malformed("input_layers", "'\(wired[input].name)', which reads others", "an InputLayer")
    }
    return inputs
  }

  /// One element of `inbound_nodes`: a list in Keras 1 and 2, an object in Keras 3.
  private func call(_ node: JSONValue, of layer: ModelConfig.Layer) throws -> RawCall {
    let place = path + layer.name + ".inbound_nodes"
    var call = RawCall()
    let kind = KerasLayer.named(layer.settings.className)
    if let kind, kind.isFunction {
      try bind(node, to: kind.parameters, at: place, into: &call)
    } else if case .object(let members) = node {
      try collect(members["args"] ?? .null, at: place, into: &call)
      try collectArguments(members["kwargs"] ?? .null, at: place, of: layer, into: &call)
    } else {
      try collect(node, at: place, of: layer, into: &call)
    }
    guard !call.inputs.isEmpty else {
      throw ModelImportError.malformedArchitecture(
        place: place, found: node.summary, expected: "the tensors that the layer reads")
    }
    return call
  }

  private func references(in value: JSONValue, at place: String) throws -> [RawReference] {
    var call = RawCall()
    try collect(value, at: place, into: &call)
    return call.inputs
  }

  /// Gathers the references inside a value, however it nests them, and what else it holds.
  ///
  /// - Parameter layer: The layer that is called, on which the meaning of named arguments depends.
  private func collect(
    _ value: JSONValue, at place: String, of layer: ModelConfig.Layer? = nil,
    into call: inout RawCall
  ) throws {
    if let history = value["config"]?["keras_history"] {
      return try collect(history, at: place, into: &call)
    }
    switch value {
    case .array(let list):
      guard let name = list.first?.string, (3...4).contains(list.count) else {
        for element in list { try collect(element, at: place, of: layer, into: &call) }
        return
      }
      guard let source = indices[name], let node = list[1].integer, let output = list[2].integer,
        node >= 0, output >= 0
      else {
        throw ModelImportError.malformedArchitecture(
          place: place, found: value.summary, expected: "[name of a layer, call, output]")
      }
      call.inputs.append(RawReference(layer: source, node: node, output: output))
      if list.count == 4 { try collectArguments(list[3], at: place, of: layer, into: &call) }
    case .object(let members):
      for key in members.keys.sorted() { try collect(members[key]!, at: place, into: &call) }
    case .null: break
    default: call.otherArguments.append(value.summary)
    }
  }

  /// Binds the arguments of a function to its parameters.
  ///
  /// Keras 2 stores the first argument, a tensor or a list of them, with the others by name beside
  /// each tensor; Keras 3 stores arguments as Python has them.
  private func bind(
    _ node: JSONValue, to parameters: [String], at place: String, into call: inout RawCall
  ) throws {
    var arguments = node["kwargs"]?.object ?? [:]
    if let list = node["args"]?.array {
      for (name, value) in zip(parameters, list) { arguments[name] = value }
      call.otherArguments += list.dropFirst(parameters.count).map(\.summary)
    } else if let list = node.array {
      arguments = Self.firstReference(list)?.last?.object ?? [:]
      arguments[parameters[0]] = Self.withoutArguments(node)
    }
    arguments["name"] = nil
    for name in parameters {
      guard let value = arguments.removeValue(forKey: name), value != .null else { continue }
      if let constant = constant(value) {
        call.constants[name] = constant
      } else {
        let count = call.inputs.count
        try collect(value, at: place, into: &call)
        call.parameters += (count..<call.inputs.count).map { _ in name }
      }
    }
    for (name, value) in arguments.sorted(by: { $0.key < $1.key }) where value != .null {
      call.otherArguments.append("\(name) = \(value.summary)")
    }
  }

  /// What an argument is if it is no tensor and holds none.
  private func constant(_ value: JSONValue) -> JSONValue? {
    if value.array?.first?.string == "_CONSTANT_VALUE" { return value.array?[2] }
    func holdsTensor(_ value: JSONValue) -> Bool {
      switch value {
      case .object: value["config"]?["keras_history"] != nil
      case .array(let list):
        list.first?.string.map { indices[$0] != nil } ?? list.contains(where: holdsTensor)
      default: false
      }
    }
    return holdsTensor(value) ? nil : value
  }

  /// The first reference, `[layer, call, output, arguments]`, in a list of them or itself.
  private static func firstReference(_ list: [JSONValue]) -> [JSONValue]? {
    guard let first = list.first else { return nil }
    return first.string != nil ? list : first.array.flatMap(firstReference)
  }

  /// References without the arguments that are stored with them.
  private static func withoutArguments(_ value: JSONValue) -> JSONValue {
    guard let list = value.array else { return value }
    if list.first?.string != nil { return .array(Array(list.prefix(3))) }
    return .array(list.map(withoutArguments))
  }

  /// Gathers the tensors that a call names, in the layer's own order, and notes what else could
  /// change what the layer computes.
  private func collectArguments(
    _ value: JSONValue, at place: String, of layer: ModelConfig.Layer?, into call: inout RawCall
  ) throws {
    var arguments = (value.object ?? [:]).filter { $0.key != "training" && $0.value != .null }
    let kind = layer.flatMap { KerasLayer.named($0.settings.className) }
    for name in kind?.callSettings ?? [] {
      if let setting = arguments.removeValue(forKey: name) { call.constants[name] = setting }
    }
    for name in kind?.parameters ?? [] {
      if let tensor = arguments.removeValue(forKey: name) {
        try collect(tensor, at: place, into: &call)
      }
    }
    if let mask = arguments["mask"], let masks = try maskReferences(mask, at: place) {
      call.masks = masks
      arguments["mask"] = nil
    }
    for (name, argument) in arguments.sorted(by: { $0.key < $1.key })
    where !(name == "return_attention_scores" && argument == .bool(false)) {
      call.otherArguments.append("\(name) = \(argument.summary)")
    }
  }

  /// The tensors that a `mask` argument names, one or a list with gaps; `nil` if it is other.
  private func maskReferences(_ value: JSONValue, at place: String) throws -> [RawReference?]? {
    if value["config"]?["keras_history"] != nil { return try references(in: value, at: place) }
    guard let list = value.array, list.contains(where: { $0["config"] != nil }) else { return nil }
    return try list.map { try references(in: $0, at: place).first }
  }

  private func malformed(_ place: String, _ found: String, _ expected: String) -> ModelImportError {
    .malformedArchitecture(place: path + place, found: found, expected: expected)
  }
}
