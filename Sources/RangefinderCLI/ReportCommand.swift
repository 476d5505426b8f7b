import ArgumentParser
import FoundationEssentials
import Reporting

/// Shows a profile, and what was recommended and fitted from it, as a page and as tables.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Writes an HTML page, CSV tables and JSON for a profile.")

  @Argument(
    help: "The profile, and the files that recommend, fit and verify wrote, in any order.",
    completion: .file())
  var files: [String]

  @Option(name: [.customShort("o"), .long], help: "The folder to write into.")
  var output: String

  @Option(
    help: "Also write a summary for a pull request to this file; - prints it.",
    completion: .file(extensions: ["md"]))
  var markdown: String?

  @Flag(
    help: """
      Write only a page that links to reports: the arguments are their folders' names inside the \
      folder to write into, each with its report.json.
      """)
  var index = false

  @OptionGroup(title: "Pictures of the inputs behind the extremes") var samples: DataOptions
  @OptionGroup var reading: ReadingOptions
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard index else { return }
    let refused = [("--markdown", markdown != nil), ("--data", !samples.data.isEmpty)]
    if let (option, _) = refused.first(where: \.1) {
      throw ValidationError(
        "\(option) is for a report; --index writes a page that links to reports, from what they say."
      )
    }
  }

  func run() throws {
    let writer = try ReportWriter(folder: output)
    if index {
      let reports = try files.map { folder in
        (folder, try ReportSummary(path: "\(output)/\(folder)/report.json"))
      }
      try writer.write([ReportIndex(reports).file])
      try finish(writer)
      return
    }
    let summary = try markdown.map { try ResultOutput($0) }
    var report = try Report(files: files, reading)
    report.pictures = try InputPictures(
      of: report, from: samples.open(for: report.profile.provenance, reading))
    try writer.write(ReportFiles(report).files)
    try summary?.write(Data(MarkdownSummary(report).text))
    try finish(writer, markdown == "-" ? nil : report)
  }

  /// Says where the page is, after what the report says in short.
  private func finish(_ writer: ReportWriter, _ report: Report? = nil) throws {
    if common.json, markdown != "-" {
      print(String(decoding: try Written(report: writer.page).json(), as: UTF8.self))
    } else {
      for sentence in report?.headline ?? [] { print(sentence) }
      common.say("Open \(writer.page)")
    }
  }

  private struct Written: Encodable {
    let report: String
  }
}
