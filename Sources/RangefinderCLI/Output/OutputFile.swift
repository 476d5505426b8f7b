import FoundationEssentials
import Glibc

/// A file that appears whole or not at all.
///
/// It is checked before the work starts, written under a temporary name beside its place, and
/// renamed at the end. A symbolic link at its place is replaced; what it leads to is not touched.
struct OutputFile {
  let path: String

  /// Checks that a file can be written at the path, without touching it.
  ///
  /// - Throws: `OutputError.cannotWrite` with the reason.
  init(_ path: String) throws {
    self.path = path
    let folder = Self.folder(of: path)
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
      // A device, such as /dev/null, would be replaced by the file.
      let isFolder = status.st_mode & S_IFMT == S_IFDIR
      throw OutputError.cannotWrite(
        path: path, reason: isFolder ? "it is a folder" : "it is a device or a pipe")
    }
    guard access(folder, W_OK) == 0 else {
      throw OutputError.cannotWrite(
        path: path, reason: "folder '\(folder)': \(String(cString: strerror(errno)))")
    }
  }

  /// Lets `body` write a temporary file, then moves it into place.
  ///
  /// - Throws: What `body` throws, or `OutputError.cannotWrite`; then the path is untouched.
  func write(_ body: (_ temporaryPath: String) throws -> Void) throws {
    let temporary = "\(path).\(getpid()).partial"
    do {
      try Self.create(temporary)
      try body(temporary)
    } catch {
      unlink(temporary)
      throw error
    }
    guard rename(temporary, path) == 0 else {
      let reason = String(cString: strerror(errno))
      unlink(temporary)
      throw OutputError.cannotWrite(path: path, reason: reason)
    }
  }

  /// Creates an empty file, and follows no link that another has put there.
  private static func create(_ path: String) throws {
    unlink(path)
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      throw OutputError.cannotWrite(path: path, reason: String(cString: strerror(errno)))
    }
    close(descriptor)
  }

  /// Writes bytes.
  ///
  /// - Throws: `OutputError.cannotWrite`; then the path is untouched.
  func write(_ data: Data) throws {
    try write { temporary in
      guard let file = fopen(temporary, "wb") else {
        throw OutputError.cannotWrite(path: path, reason: String(cString: strerror(errno)))
      }
      let written = data.withUnsafeBytes { fwrite($0.baseAddress, 1, $0.count, file) }
      let closed = fclose(file)
      guard written == data.count, closed == 0 else {
        throw OutputError.cannotWrite(path: path, reason: String(cString: strerror(errno)))
      }
    }
  }

  /// Creates a folder and those above it, if they are not there.
  ///
  /// - Throws: `OutputError.cannotWrite` with the reason.
  static func createFolder(_ path: String) throws {
    var prefix = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/") {
      prefix += prefix.isEmpty || prefix.hasSuffix("/") ? "\(part)" : "/\(part)"
      guard mkdir(prefix, 0o777) == 0 || errno == EEXIST else {
        throw OutputError.cannotWrite(path: path, reason: String(cString: strerror(errno)))
      }
    }
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      throw OutputError.cannotWrite(path: path, reason: "there is a file of that name")
    }
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}

/// Where a command's main result goes: a file, or standard output for `-`.
enum ResultOutput {
  case standardOutput
  case file(OutputFile)

  init(_ path: String) throws { self = path == "-" ? .standardOutput : .file(try OutputFile(path)) }

  func write(_ data: Data) throws {
    switch self {
    case .standardOutput: print(String(decoding: data, as: UTF8.self), terminator: "")
    case .file(let file): try file.write(data)
    }
  }
}

/// Why a result cannot be written.
enum OutputError: Error, Hashable, CustomStringConvertible {
  case cannotWrite(path: String, reason: String)

  var description: String {
    switch self {
    case .cannotWrite(let path, let reason):
      """
      cannot write '\(path)': \(reason).
        Choose another place with -o.
      """
    }
  }
}
