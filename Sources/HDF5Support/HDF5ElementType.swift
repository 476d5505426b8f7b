/// The type of a dataset's or attribute's elements, as stored.
public enum HDF5ElementType: Hashable, Sendable {
  /// A floating-point number of either byte order.
  case float(bits: Int)

  /// An integer of either byte order; also the booleans and enumerations that are stored as one.
  case integer(bits: Int, signed: Bool)

  /// A string of at most so many bytes.
  case fixedString(bytes: Int)

  /// A string of any length.
  case variableString

  /// A type that this package does not read, by HDF5's name of its class.
  case other(String)

  /// Whether elements convert to floating-point numbers.
  public var isNumber: Bool {
    switch self {
    case .float, .integer: true
    default: false
    }
  }

  /// Whether elements are strings.
  public var isString: Bool {
    switch self {
    case .fixedString, .variableString: true
    default: false
    }
  }
}

extension HDF5ElementType: CustomStringConvertible {
  public var description: String {
    switch self {
    case .float(let bits): "float\(bits)"
    case .integer(let bits, let signed): signed ? "int\(bits)" : "uint\(bits)"
    case .fixedString(let bytes): "string of \(bytes) bytes"
    case .variableString: "string"
    case .other(let name): name
    }
  }
}
