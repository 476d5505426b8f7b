/// Where an object is: for the words of an error, and for what the object may claim.
struct Location: Hashable, Sendable {
  /// The name the file was opened by.
  let file: String

  /// The size of the file in bytes; the largest number for a file that is being written.
  let fileBytes: UInt64

  /// The object's path in the file, from the root.
  let path: String

  /// The location of the object at `path` as seen from here.
  func appending(_ path: String) -> Location {
    let parts = path.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
    let base = path.hasPrefix("/") || self.path == "/" ? "" : self.path
    let whole = parts.isEmpty ? base : "\(base)/\(parts)"
    return Location(file: file, fileBytes: fileBytes, path: whole.isEmpty ? "/" : whole)
  }

  /// Runs one call of the C library and turns its failure into an error that names this location.
  ///
  /// - Throws: `HDF5Error.library`.
  func call<Result: SignedInteger>(_ operation: String, _ body: () -> Result) throws -> Result {
    do {
      return try CLibrary.call(body)
    } catch {
      throw HDF5Error.library(
        file: file, path: path, operation: operation, message: error.message)
    }
  }
}
