/// What can be wrong with a file, or with what is packed in it.
public enum FileError: Error, Hashable, Sendable {
  /// There is no such file, or it may not be read.
  case cannotRead(file: String, reason: String)

  /// The file is not a zip archive or a gzip file, as `kind` says, or it is damaged.
  case damaged(file: String, kind: String, reason: String)

  /// A member of a zip archive is damaged, or packed in a way that is not known.
  case cannotUnpack(file: String, entry: String, reason: String)

  /// Someone has written to the file while it was used.
  case changed(file: String)

  /// Unpacked bytes cannot be put on the disk.
  case noRoom(file: String, folder: String, reason: String)
}

extension FileError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .cannotRead(let file, let reason):
      return "'\(file)' cannot be read: \(reason)."
    case .damaged(let file, let kind, let reason):
      return "'\(file)' is not a \(kind) that can be read (\(reason))."
    case .cannotUnpack(let file, let entry, let reason):
      return "'\(entry)' in '\(file)' cannot be unpacked: \(reason)."
    case .changed(let file):
      return """
        '\(file)' was written to while it was used, so what came of it is worth nothing.
          Run this again when the file is whole; give programs that write to it another name.
        """
    case .noRoom(let file, let folder, let reason):
      return "'\(file)' cannot be unpacked in \(folder): \(reason)."
    }
  }
}
