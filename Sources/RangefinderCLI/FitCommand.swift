import ArgumentParser
import FoundationEssentials
import PolynomialApproximation
import RangeRecommendation
import Reporting

/// Fits the recommended polynomials.
struct FitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fit", abstract: "Fits the recommended polynomials.",
    discussion: """
      rangefinder fit ranges.json -o polynomials.json
      rangefinder fit ranges.json --export openfhe -o series.py

      Formats for --export (docs/Exports.md shows each in use):

      \(FitterExports.listing)
      """)

  @Argument(help: "The file that recommend wrote.", completion: .file(extensions: ["json"]))
  var ranges: String

  @Option(
    name: [.customShort("o"), .long],
    help: "The file to write (polynomials.json, or the export); - prints it.",
    completion: .file(extensions: ["json"]))
  var output: String?

  @Option(help: "The fit, in place of the recommended one: \(FitMethod.names).")
  var method: FitMethod?

  @Option(
    help: "The profile whose values count: for the methods density and clamped-tail.",
    completion: .file(extensions: ["h5"]))
  var profile: String?

  @Option(help: "The degree of every polynomial, in place of the recommended ones.")
  var degree: Int?

  @Option(help: "Whose depths are stated, in place of the recommendation's.")
  var backend: EvaluationBackend?

  @Option(help: "Write a file for another tool, to -o or standard output; see above.")
  var export: ExportFormat?

  @OptionGroup var reading: ReadingOptions
  @OptionGroup var common: CommonOptions

  func validate() throws {
    if let degree, !(0...Fit.degreeLimit).contains(degree) {
      throw ValidationError("--degree takes a degree from 0 to \(Fit.degreeLimit).")
    }
    if export != nil && common.json {
      throw ValidationError("Give either --export or --json; --export json writes a file.")
    }
  }

  func run() throws {
    let file = try output.map { try ResultOutput($0) }
    let recommendation = try Recommendation(json: try readFile(ranges), name: ranges)
    let sites = try profile.map { try reading.profile($0).sites } ?? []
    let densities = sites.compactMap { site in
      Density(site.statistics.histogram).map { (site.name, $0) }
    }
    let polynomials = try PolynomialSet(
      recommendation, method: method, degree: degree,
      densities: Dictionary(densities, uniquingKeysWith: { $1 }), backend: backend)
    if let export {
      let contents = try ExportContents(polynomials, recommendation)
      return try export.write(contents, to: file ?? .standardOutput, common)
    }
    try file?.write(try polynomials.json())
    if output == "-" { return }
    if common.json {
      print(String(decoding: try polynomials.json(), as: UTF8.self), terminator: "")
    } else {
      print(table(polynomials))
    }
  }

  private func table(_ polynomials: PolynomialSet) -> TextTable {
    var table = TextTable(
      ["site", "function", "lower", "upper", "method", "degree", "depth", "error", "at 1.1 ×"],
      leftColumns: 2)
    for site in polynomials.sites {
      let fit = site.polynomial
      let beyond = fit.overshoots.first { $0.factor == 1.1 }
      table.append([
        site.site, fit.function, fit.lower.text(), fit.upper.text(), fit.method.rawValue,
        "\(fit.degree)", "\(fit.depth)", fit.supremumError.text(digits: 3),
        beyond?.error.text(digits: 3) ?? "∞",
      ])
    }
    for omission in polynomials.omissions {
      table.append([omission.site, omission.function, "", "", "none", "", "", "", omission.reason])
    }
    return table
  }
}
