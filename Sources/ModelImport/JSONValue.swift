/// A JSON document as a value, as Python writes it: `NaN` and `Infinity` are numbers.
enum JSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  /// The member of an object; `nil` if this is no object or has no such member.
  subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members[key]
  }

  var string: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  var number: Double? {
    guard case .number(let number) = self else { return nil }
    return number
  }

  /// The number if it is a whole one of modest size, as extents and counts are.
  var integer: Int? {
    guard case .number(let number) = self else { return nil }
    return Int(exactly: number).flatMap { $0.magnitude <= Int32.max ? $0 : nil }
  }

  var array: [JSONValue]? {
    guard case .array(let elements) = self else { return nil }
    return elements
  }

  var object: [String: JSONValue]? {
    guard case .object(let members) = self else { return nil }
    return members
  }

  /// A text of one line for messages, with inner objects left out.
  var summary: String {
    switch self {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .number(let number): integer.map(String.init) ?? "\(number)"
    case .string(let text): "\"\(text.prefix(60))\(text.count > 60 ? "…" : "")\""
    case .array(let elements):
      "["
        + (elements.prefix(8).map(\.summary) + (elements.count > 8 ? ["…"] : []))
        .joined(separator: ", ") + "]"
    case .object: "an object"
    }
  }
}
