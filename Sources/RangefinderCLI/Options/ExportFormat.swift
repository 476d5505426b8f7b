import ArgumentParser
import FoundationEssentials
import Reporting

/// The value of `--export`.
struct ExportFormat: ExpressibleByArgument {
  let export: any FitterExport

  init?(argument: String) {
    guard let export = try? FitterExports.named(argument) else { return nil }
    self.export = export
  }

  static let allValueStrings = FitterExports.all.map(\.name)

  /// Writes the file to standard output or a path, and its warnings to standard error.
  func write(
    _ contents: ExportContents, to output: ResultOutput, _ common: CommonOptions
  ) throws {
    let file = try export.file(contents)
    for warning in file.warnings { common.say("warning: \(warning)") }
    try output.write(Data(file.bytes))
  }
}
