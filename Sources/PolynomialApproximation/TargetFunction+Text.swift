/// A text that names no target function.
public enum TargetFunctionError: Error, Hashable {
  /// No function has this name.
  case unknownName(String)
  /// The function needs a number in parentheses.
  case parameterMissing(name: String)
  /// The function takes no number in parentheses.
  case parameterUnexpected(name: String)
  /// The text in parentheses is not a number, or not one that the function takes.
  case parameterInvalid(name: String, text: String)
}

extension TargetFunctionError: CustomStringConvertible {
  /// What is wrong with the text, and what to write instead.
  public var description: String {
    switch self {
    case .unknownName(let name):
      "unknown function '\(name)'; known are \(TargetFunction.knownNames.joined(separator: ", "))"
    case .parameterMissing(let name):
      "function '\(name)' needs a parameter; write for example \(name)(0.3)"
    case .parameterUnexpected(let name):
      "function '\(name)' takes no parameter; write \(name)"
    case .parameterInvalid("celu", let text):
      "'\(text)' is not a parameter of 'celu'; write a positive number"
    case .parameterInvalid(let name, let text):
      "'\(text)' is not a parameter of '\(name)'; write a finite number"
    }
  }
}

extension TargetFunction {
  /// Reads a function from its canonical text or an alias.
  ///
  /// Spaces are ignored. `elu` and `celu` alone have the parameter 1, which every framework gives
  /// them; `leaky_relu` and `power` need theirs written out, for frameworks differ.
  ///
  /// - Throws: `TargetFunctionError` when the text names no function.
  public init(_ text: String) throws(TargetFunctionError) {
    let compact = text.filter { !$0.isWhitespace }
    let written = String(compact.prefix { $0 != "(" })
    let name = TargetFunction.aliases[written] ?? written
    let rest = compact.dropFirst(written.count)
    let argument = rest.isEmpty ? nil : String(rest.dropFirst())

    if let function = TargetFunction.plain[name] {
      guard argument == nil else { throw .parameterUnexpected(name: name) }
      self = function
    } else if let make = TargetFunction.parameterised[name] {
      let isUnit = name == "elu" || name == "celu"
      guard let argument = argument ?? (isUnit ? "1)" : nil) else {
        throw .parameterMissing(name: name)
      }
      let number = argument.hasSuffix(")") ? Double(argument.dropLast()) : nil
      guard let number, number.isFinite, name != "celu" || number > 0 else {
        let text = argument.hasSuffix(")") ? String(argument.dropLast()) : argument
        throw .parameterInvalid(name: name, text: text)
      }
      self = make(number)
    } else {
      throw .unknownName(written)
    }
  }
}

extension TargetFunction: Codable {
  /// Reads a function from its text.
  ///
  /// - Throws: `DecodingError` when there is no text, or it names no function.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    do {
      self = try TargetFunction(text)
    } catch {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: error.description)
    }
  }

  /// Writes the canonical text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
