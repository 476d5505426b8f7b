/// Rangefinder's own file: what `fit` and `approximate --json` write.
public struct JSONExport: FitterExport {
  public let name = "json"
  public let summary = "Rangefinder's own format, by the schema in docs/schemas"

  public init() {}

  public func file(_ contents: ExportContents) throws(ExportError) -> ExportedFile {
    ExportedFile(String(decoding: contents.json, as: UTF8.self))
  }
}
