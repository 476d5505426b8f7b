import FileSupport
import HDF5Support

/// Keras 3's `.keras`: a zip archive of the architecture, the weights, and the version of Keras.
struct KerasArchive: ModelFormat {
  private let path: String
  private let archive: ZipArchive

  /// The most bytes of a text, unpacked: more than any architecture has.
  private static let longestText = 32 << 20

  /// By how many bytes the weights may exceed the archive. Keras does not compress, and trained
  /// weights would hardly shrink if it did; a heuristic that stops what unpacks without end.
  private static let inflation = 512 << 20

  /// - Throws: `FileError`.
  init(reading path: String) throws {
    self.path = path
    archive = try ZipArchive(reading: path)
  }

  /// - Throws: `ModelImportError.missingMember`, `FileError`.
  func architecture() throws -> ArchitectureText? {
    ArchitectureText(
      file: path, bytes: try archive.read(try member("config.json"), limit: Self.longestText))
  }

  /// - Throws: `ModelImportError.missingMember`, `FileError`, `HDF5Error`.
  func contents(architecture: ArchitectureText) throws -> ModelFileContents {
    let member = try member("model.weights.h5")
    let limit = try RandomAccessFile(path).byteCount + Self.inflation
    let weights = try HDF5File(
      reading: try archive.read(member, limit: limit), name: "\(path):/\(member.name)")
    return try WeightTree(weights, in: path, kerasVersion: try kerasVersion())
      .contents(architecture: architecture)
  }

  /// The version of Keras that wrote the file, if it says so.
  private func kerasVersion() throws -> String? {
    guard let member = archive.entries.last(where: { $0.name == "metadata.json" }) else {
      return nil
    }
    let text = try archive.read(member, limit: Self.longestText)
    return (try? JSONValue(parsing: text))?["keras_version"]?.string
  }

  /// The member of that name; the last one, as readers of zip have it, if there are several.
  private func member(_ name: String) throws -> ZipArchive.Entry {
    guard let entry = archive.entries.last(where: { $0.name == name }) else {
      throw ModelImportError.missingMember(
        file: path, member: name, members: archive.entries.map(\.name))
    }
    return entry
  }
}
