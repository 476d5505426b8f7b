import ActivationProfiling
import FoundationEssentials
import Glibc

/// A file that appears whole or not at all.
///
/// It is checked before the work starts, written under a temporary name beside its place, and
/// renamed at the end, when its bytes are on the disk: whatever happens to the program or the
/// machine, the file is the old one or the new one. A symbolic link at its place is replaced; what it
/// leads to is not touched.
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
      // An empty file first: no link that another has put there is followed.
      unlink(temporary)
      close(try open(temporary, O_WRONLY | O_CREAT | O_EXCL))
      try body(temporary)
      try synchronize(temporary)
      guard rename(temporary, path) == 0 else { throw failure() }
    } catch {
      unlink(temporary)
      throw error
    }
    // The folder holds the name. Not every file system can promise to keep it.
    try? synchronize(Self.folder(of: path))
  }

  /// Writes bytes.
  ///
  /// - Throws: `OutputError.cannotWrite`; then the path is untouched.
  func write(_ bytes: some ContiguousBytes) throws {
    try write { temporary in
      let descriptor = try open(temporary, O_WRONLY)
      defer { close(descriptor) }
      try bytes.withUnsafeBytes { bytes in
        var rest = bytes[...]
        while !rest.isEmpty {
          let count = Glibc.write(
            descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
          guard count >= 0 || errno == EINTR else { throw failure() }
          rest = rest.dropFirst(max(count, 0))
        }
      }
    }
  }

  /// Writes a profile.
  ///
  /// - Throws: `HDF5Error`, `OutputError.cannotWrite`; then the path is untouched.
  func write(_ profile: Profile) throws {
    try ProfileFile.withBytes(of: profile, name: path) { try write($0) }
  }

  /// Waits until what was written is on the disk.
  private func synchronize(_ path: String) throws {
    let descriptor = try open(path, O_RDONLY)
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw failure() }
  }

  private func open(_ path: String, _ flags: Int32) throws -> Int32 {
    let descriptor = Glibc.open(path, flags | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw failure() }
    return descriptor
  }

  /// Why the last call of the system failed.
  private func failure() -> OutputError {
    .cannotWrite(path: path, reason: String(cString: strerror(errno)))
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
