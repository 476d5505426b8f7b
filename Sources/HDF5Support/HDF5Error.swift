/// What can be wrong with an HDF5 file, or with a request to it.
///
/// `file` is the name the file was opened by, `path` the object's path in it.
public enum HDF5Error: Error, Hashable, Sendable {
  /// There is no such file, or it may not be read.
  case cannotRead(file: String, reason: String)

  /// The file is something else than HDF5; `content` says what its first bytes look like.
  case notHDF5(file: String, content: String)

  /// HDF5 refuses to open the file, which may be truncated or corrupt.
  case cannotOpen(file: String, message: String)

  /// The file cannot be created.
  case cannotCreate(file: String, message: String)

  /// There is no such object; `group` is the deepest group on the way to it, `children` its content.
  case missing(file: String, path: String, group: String, children: [String])

  /// The object is of another kind.
  case wrongKind(file: String, path: String, found: HDF5ObjectKind, expected: HDF5ObjectKind)

  /// The elements are of another type, or there are too many of them.
  case wrongType(file: String, path: String, found: String, expected: String)

  /// The object, or its content, is stored in another file, which is not followed.
  case storedElsewhere(file: String, path: String)

  /// The object claims more elements than the file can back.
  case implausibleSize(
    file: String, path: String, shape: [UInt64], elementBytes: Int, storedBytes: UInt64)

  /// There is no memory for all elements at once.
  case tooLarge(file: String, path: String, byteCount: Int)

  /// A call of the C library failed.
  case library(file: String, path: String, operation: String, message: String)
}

extension HDF5Error: CustomStringConvertible {
  public var description: String {
    switch self {
    case .cannotRead(let file, let reason):
      "'\(file)' cannot be read: \(reason)."
    case .notHDF5(let file, let content):
      "'\(file)' is not an HDF5 file (\(content))."
    case .cannotOpen(let file, let message):
      "'\(file)' cannot be opened as HDF5; the file may be incomplete or corrupt (\(message))."
    case .cannotCreate(let file, let message):
      "'\(file)' cannot be created (\(message))."
    case .missing(let file, let path, let group, let children):
      "'\(file)' has no '\(path)'. '\(group)' holds: \(Self.list(children))."
    case .wrongKind(let file, let path, let found, let expected):
      "'\(path)' in '\(file)' is a \(found.rawValue), where a \(expected.rawValue) is expected."
    case .wrongType(let file, let path, let found, let expected):
      "'\(path)' in '\(file)' holds \(found), where \(expected) is expected."
    case .storedElsewhere(let file, let path):
      "'\(path)' in '\(file)' is stored in another file, which is not followed."
        + " Copy it into the file (h5repack, h5copy)."
    case .implausibleSize(let file, let path, let shape, let elementBytes, let storedBytes):
      "'\(path)' in '\(file)' claims shape [\(shape.map(String.init).joined(separator: ", "))] of"
        + " \(elementBytes) bytes each, but only \(storedBytes) bytes are stored for it;"
        + " the file may be incomplete or corrupt."
    case .tooLarge(let file, let path, let byteCount):
      "'\(path)' in '\(file)' takes \(byteCount) bytes, more than there is memory for;"
        + " the file may be corrupt."
    case .library(let file, let path, let operation, let message):
      "HDF5 cannot \(operation) '\(path)' in '\(file)' (\(message))."
    }
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
}
