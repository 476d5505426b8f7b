#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The text of an architecture, as `model_config` and `model.to_json()` have it.
public struct ArchitectureText: Sendable {
  /// Where the text comes from, for messages.
  let file: String
  let bytes: [UInt8]

  init(file: String, text: String) {
    self.file = file
    bytes = Array(text.utf8)
  }

  init(file: String, bytes: [UInt8]) {
    self.file = file
    self.bytes = bytes
  }

  /// Reads a file: YAML if it is named so, and turned into JSON at once; else JSON.
  ///
  /// - Throws: `ModelImportError.cannotRead`, `ModelImportError.notYAML`.
  public init(reading path: String) throws {
    let text = try Self.bytes(of: path)
    self.init(
      file: path, bytes: Self.isYAML(path) ? try Self.json(fromYAML: text, file: path) : text)
  }

  /// Whether a file is read as YAML, by its name.
  public static func isYAML(_ path: String) -> Bool {
    [".yaml", ".yml"].contains { path.lowercased().hasSuffix($0) }
  }

  private static func bytes(of path: String) throws -> [UInt8] {
    do {
      return Array(try Data(contentsOf: URL(filePath: path)))
    } catch {
      let exists = FileManager.default.fileExists(atPath: path)
      throw ModelImportError.cannotRead(
        file: path, reason: exists ? "no permission, or not a file" : "there is no such file")
    }
  }

  /// The text as JSON; a string that holds JSON, as a doubled `json.dumps` makes, is opened.
  ///
  /// - Throws: `ModelImportError.notJSON`.
  func parsed() throws -> JSONValue {
    do {
      let value = try JSONValue(parsing: bytes)
      return try value.string.map { try JSONValue(parsing: Array($0.utf8)) } ?? value
    } catch let fault as JSONFault {
      throw ModelImportError.notJSON(file: file, reason: fault.reason, offset: fault.offset)
    }
  }
}
