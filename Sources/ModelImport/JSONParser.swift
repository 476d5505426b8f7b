/// Why a text is not JSON, and at which byte.
struct JSONFault: Error, Hashable, Sendable {
  let reason: String
  let offset: Int
}

extension JSONValue {
  /// How many arrays and objects may be inside each other.
  static let depthLimit = 256

  /// Reads a JSON text in UTF-8.
  ///
  /// - Throws: `JSONFault`.
  init(parsing bytes: [UInt8]) throws(JSONFault) {
    var parser = JSONParser(bytes: bytes)
    self = try parser.document()
  }
}

/// A recursive-descent parser of RFC 8259 and of the numbers that Python adds to it.
///
/// A catch-all `Decodable` would take twenty times as long, and would bound no depth.
private struct JSONParser {
  let bytes: [UInt8]
  var position = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func document() throws(JSONFault) -> JSONValue {
    let value = try value(depth: 0)
    skipSpace()
    guard position == bytes.count else { throw fault("text after the end") }
    return value
  }

  private func fault(_ reason: String) -> JSONFault { JSONFault(reason: reason, offset: position) }

  private mutating func skipSpace() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x0A, 0x0D, 0x09: position += 1
      default: return
      }
    }
  }

  /// The next byte that is not space, left in place.
  private mutating func peek() throws(JSONFault) -> UInt8 {
    skipSpace()
    guard position < bytes.count else { throw fault("the text ends early") }
    return bytes[position]
  }

  private mutating func take(_ literal: StaticString, _ value: JSONValue) throws(JSONFault)
    -> JSONValue
  {
    let count = literal.utf8CodeUnitCount
    let expected = UnsafeBufferPointer(start: literal.utf8Start, count: count)
    guard bytes[position...].starts(with: expected) else { throw fault("an unknown word") }
    position += count
    return value
  }

  private mutating func value(depth: Int) throws(JSONFault) -> JSONValue {
    guard depth <= JSONValue.depthLimit else {
      throw fault("more than \(JSONValue.depthLimit) levels")
    }
    switch try peek() {
    case UInt8(ascii: "{"): return .object(try members(depth: depth))
    case UInt8(ascii: "["): return .array(try elements(depth: depth))
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try take("true", .bool(true))
    case UInt8(ascii: "f"): return try take("false", .bool(false))
    case UInt8(ascii: "n"): return try take("null", .null)
    case UInt8(ascii: "N"): return try take("NaN", .number(.nan))
    case UInt8(ascii: "I"): return try take("Infinity", .number(.infinity))
    default: return .number(try number())
    }
  }

  private mutating func members(depth: Int) throws(JSONFault) -> [String: JSONValue] {
    position += 1
    var members: [String: JSONValue] = [:]
    if try peek() == UInt8(ascii: "}") {
      position += 1
      return members
    }
    while true {
      guard try peek() == UInt8(ascii: "\"") else { throw fault("a member without a name") }
      let name = try string()
      guard try peek() == UInt8(ascii: ":") else { throw fault("a name without a value") }
      position += 1
      members[name] = try value(depth: depth + 1)
      if try endsList(with: UInt8(ascii: "}")) { return members }
    }
  }

  private mutating func elements(depth: Int) throws(JSONFault) -> [JSONValue] {
    position += 1
    var elements: [JSONValue] = []
    if try peek() == UInt8(ascii: "]") {
      position += 1
      return elements
    }
    while true {
      elements.append(try value(depth: depth + 1))
      if try endsList(with: UInt8(ascii: "]")) { return elements }
    }
  }

  /// Takes a comma or the closing bracket, and says whether it was the bracket.
  private mutating func endsList(with bracket: UInt8) throws(JSONFault) -> Bool {
    let byte = try peek()
    guard byte == bracket || byte == UInt8(ascii: ",") else { throw fault("a missing comma") }
    position += 1
    return byte == bracket
  }

  private mutating func number() throws(JSONFault) -> Double {
    let start = position
    while position < bytes.count, isNumeric(bytes[position]) { position += 1 }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    if text == "-", position < bytes.count, bytes[position] == UInt8(ascii: "I") {
      _ = try take("Infinity", .null)
      return -.infinity
    }
    guard let number = Double(text) else {
      position = start
      throw fault("an unknown word")
    }
    return number
  }

  private func isNumeric(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"),
      UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
      true
    default: false
    }
  }

  private mutating func string() throws(JSONFault) -> String {
    position += 1
    var text: [UInt8] = []
    var start = position
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\""):
        text += bytes[start..<position]
        position += 1
        return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"):
        text += bytes[start..<position]
        text += Array(String(try escape()).utf8)
        start = position
      default: position += 1
      }
    }
    throw fault("a string without an end")
  }

  /// Takes a backslash and what it stands for; half a surrogate pair becomes U+FFFD.
  private mutating func escape() throws(JSONFault) -> Unicode.Scalar {
    guard position + 1 < bytes.count else { throw fault("a string without an end") }
    position += 2
    switch bytes[position - 1] {
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "u"):
      let unit = try hexadecimal()
      guard 0xD800..<0xDC00 ~= unit, bytes[position...].starts(with: Array("\\u".utf8)) else {
        return Unicode.Scalar(unit) ?? "\u{FFFD}"
      }
      position += 2
      let low = try hexadecimal()
      guard 0xDC00..<0xE000 ~= low else { return "\u{FFFD}" }
      return Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)) ?? "\u{FFFD}"
    case let byte where "\"\\/".utf8.contains(byte): return Unicode.Scalar(byte)
    default: throw fault("an unknown escape")
    }
  }

  private mutating func hexadecimal() throws(JSONFault) -> UInt32 {
    let digits = String(decoding: bytes[position...].prefix(4), as: UTF8.self)
    guard digits.utf8.count == 4, let unit = UInt32(digits, radix: 16) else {
      throw fault("an unknown escape")
    }
    position += 4
    return unit
  }
}
