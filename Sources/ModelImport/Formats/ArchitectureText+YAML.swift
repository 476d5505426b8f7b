import Yams

extension ArchitectureText {
  /// The JSON that says what a YAML text says, as `model.to_yaml()` of Keras 1 and 2 wrote it.
  ///
  /// Tags never run anything: Python's tuples and texts are lists and texts, and every other tag is
  /// refused by name. The parser bounds the depth; what aliases unfold to is bounded here.
  ///
  /// - Parameter lengthLimit: The length of the JSON, which is more than any architecture has:
  ///   aliases inside what others stand for multiply.
  /// - Throws: `ModelImportError.notYAML`.
  static func json(
    fromYAML text: [UInt8], file: String, lengthLimit: Int = 1 << 24
  ) throws -> [UInt8] {
    do {
      // The encoding is given, because its default is taken from the environment.
      let parser = try Parser(yaml: String(decoding: text, as: UTF8.self), encoding: .utf8)
      guard let root = try parser.singleRoot() else {
        throw YAMLFault(reason: "the text is empty", line: 1)
      }
      var writer = YAMLWriter(lengthLimit: lengthLimit)
      try writer.add(root, depth: 0)
      return writer.json
    } catch let fault as YAMLFault {
      throw ModelImportError.notYAML(file: file, reason: fault.reason, line: fault.line)
    } catch let error as YamlError {
      let fault = YAMLFault(error)
      throw ModelImportError.notYAML(file: file, reason: fault.reason, line: fault.line)
    }
  }
}

/// Why a text is not YAML that is read, and in which line, if it is known.
private struct YAMLFault: Error {
  let reason: String
  let line: Int?
}

extension YAMLFault {
  init(_ error: YamlError) {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      self.init(reason: problem, line: mark.line)
    case .duplicatedKeysInMapping(let names, _):
      self.init(reason: "twice the name '\(names.first ?? "")' in one mapping", line: nil)
    case .reader(let problem, _, _, _): self.init(reason: problem, line: nil)
    default: self.init(reason: "it cannot be parsed", line: nil)
    }
  }
}

/// Writes YAML nodes as JSON.
private struct YAMLWriter {
  let lengthLimit: Int
  private(set) var json: [UInt8] = []

  init(lengthLimit: Int) { self.lengthLimit = lengthLimit }

  mutating func add(_ node: Node, depth: Int) throws {
    guard depth <= JSONValue.depthLimit else {
      throw fault(node, "more than \(JSONValue.depthLimit) levels")
    }
    guard json.count <= lengthLimit else {
      throw fault(node, "it unfolds to more than \(lengthLimit) bytes")
    }
    switch node {
    case .scalar(let scalar): try add(scalar, node)
    case .sequence(let sequence):
      try require(node, tags: ["seq", "python/tuple", "python/list"])
      json.append(UInt8(ascii: "["))
      for (index, element) in sequence.enumerated() {
        if index > 0 { json.append(UInt8(ascii: ",")) }
        try add(element, depth: depth + 1)
      }
      json.append(UInt8(ascii: "]"))
    case .mapping(let mapping):
      try require(node, tags: ["map", "python/dict"])
      json.append(UInt8(ascii: "{"))
      for (index, (key, value)) in mapping.enumerated() {
        guard let name = key.scalar?.string else { throw fault(key, "a name that is no text") }
        if index > 0 { json.append(UInt8(ascii: ",")) }
        add(name)
        json.append(UInt8(ascii: ":"))
        try add(value, depth: depth + 1)
      }
      json.append(UInt8(ascii: "}"))
    case .alias: throw fault(node, "an alias of nothing")
    }
  }

  private mutating func add(_ scalar: Node.Scalar, _ node: Node) throws {
    switch tag(of: node) {
    case "null", "python/none": json += "null".utf8
    case "bool", "python/bool":
      guard let value = Bool.construct(from: scalar) else { throw fault(node, "no truth value") }
      json += "\(value)".utf8
    case "int", "float", "python/int", "python/long", "python/float":
      guard
        let value = Int.construct(from: scalar).map(Double.init)
          ?? Double.construct(from: scalar)
      else { throw fault(node, "no number") }
      add(value)
    case "str", "timestamp", "merge", "value", "python/str", "python/unicode": add(scalar.string)
    default: try require(node, tags: [])
    }
  }

  /// A number as `JSONValue` reads it.
  private mutating func add(_ number: Double) {
    let text = number.isNaN ? "NaN" : number.isInfinite ? "Infinity" : "\(number.magnitude)"
    json += (number < 0 ? "-" + text : text).utf8
  }

  private mutating func add(_ text: String) {
    json.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): json += [UInt8(ascii: "\\"), byte]
      case ..<0x20: json += "\\u00\(byte < 0x10 ? "0" : "")\(String(byte, radix: 16))".utf8
      default: json.append(byte)
      }
    }
    json.append(UInt8(ascii: "\""))
  }

  /// The name of a tag without its prefix.
  private func tag(of node: Node) -> String {
    let name = node.tag.description
    let prefix = "tag:yaml.org,2002:"
    return name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name
  }

  private func require(_ node: Node, tags: [String]) throws {
    let tag = tag(of: node)
    guard tags.contains(tag) else {
      let isCode = tag.hasPrefix("python/")
      throw fault(
        node,
        "it has the tag '!!\(tag)'"
          + (isCode ? ", which stands for Python code and is never run" : ""))
    }
  }

  private func fault(_ node: Node, _ reason: String) -> YAMLFault {
    YAMLFault(reason: reason, line: node.mark?.line)
  }
}
