import ActivationProfiling
import ArgumentParser
import FoundationEssentials
import NetworkVerification
import RangeRecommendation
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

  @OptionGroup(title: "Pictures of the inputs behind the extremes") var samples: DataOptions
  @OptionGroup var reading: ReadingOptions
  @OptionGroup var common: CommonOptions

  func run() throws {
    let writer = try ReportWriter(folder: output)
    let summary = try markdown.map { try ResultOutput($0) }
    var profile: Profile?
    var recommendation: Recommendation?
    var polynomials: PolynomialSet?
    var verification: Verification?
    for path in files {
      guard let json = try readJSON(path) else {
        profile = try reading.profile(path)
        continue
      }
      switch try Self.format(of: json, path: path) {
      case Recommendation.formatName: recommendation = try Recommendation(json: json, name: path)
      case Verification.formatName: verification = try Verification(json: json, name: path)
      default: polynomials = try PolynomialSet(json: json, name: path)
      }
    }
    guard let profile else { throw InputError.missingProfile }
    var report = try Report(
      profile, recommendation: recommendation, polynomials: polynomials,
      verification: verification)
    report.pictures = try InputPictures(
      of: report, from: samples.open(for: profile.provenance, reading))
    try writer.write(ReportFiles(report).files)
    try summary?.write(Data(MarkdownSummary(report).text))
    if markdown == "-" {
      common.say("Open \(writer.page)")
    } else if common.json {
      print(String(decoding: try Written(report: writer.page).json(), as: UTF8.self))
    } else {
      for sentence in report.headline { print(sentence) }
      common.say("Open \(writer.page)")
    }
  }

  private struct Written: Encodable {
    let report: String
  }

  /// The format that a JSON file names.
  private static func format(of data: Data, path: String) throws -> String {
    struct Header: Decodable { let format: String }
    let format = (try? JSONDecoder().decode(Header.self, from: data))?.format ?? "unknown"
    let known = [Recommendation.formatName, PolynomialSet.formatName, Verification.formatName]
    guard known.contains(format) else {
      throw InputError.notAReportInput(path: path, format: format)
    }
    return format
  }
}
