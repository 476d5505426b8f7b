import ArgumentParser
import FoundationEssentials
import RangeRecommendation
import Reporting

/// Says whether new data is still drawn like the data that intervals were made from.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compares two profiles of one network: which sites moved, and who leaves whose range."
  )

  enum Condition: String, CaseIterable, ExpressibleByArgument { case drift }

  @Argument(help: "The profile that intervals are made from.", completion: .file())
  var first: String

  @Argument(help: "The profile of other data.", completion: .file())
  var second: String

  @Option(
    name: [.customShort("o"), .long], help: "The file to write (comparison.json); - prints it.",
    completion: .file(extensions: ["json"]))
  var output: String?

  @Option(help: "Also write a page, a table and the comparison into this folder.")
  var report: String?

  @Option(help: "The share of inputs that the first profile's intervals promise to hold.")
  var coverage = 0.99

  @Option(help: "The confidence of that promise.")
  var confidence = 0.95

  @Option(help: "The seed of the split of the inputs.")
  var seed: UInt64 = 1

  @Option(help: "Use the observed ranges × this margin, in place of intervals with a promise.")
  var margin: Double?

  @Option(help: "The probability with which any site may be said to have moved though none has.")
  var level = 0.01

  @Option(
    help: "drift: exit with code 4 if a site moved or the promise does not hold.")
  var failOn: Condition?

  @OptionGroup var reading: ReadingOptions
  @OptionGroup var common: CommonOptions

  func validate() throws {
    for (name, value) in [("coverage", coverage), ("confidence", confidence), ("level", level)]
    where !(value > 0 && value < 1) {
      throw ValidationError("--\(name) takes a number between 0 and 1, not \(value).")
    }
    if let margin, !(margin > 0 && margin.isFinite) {
      throw ValidationError("--margin takes a positive number.")
    }
  }

  func run() throws {
    let file = try output.map { try ResultOutput($0) }
    let writer = try report.map { try ReportWriter(folder: $0) }
    let profiles = [try reading.profile(first), try reading.profile(second)]
    let comparison = try DriftComparison(
      from: profiles[0], to: profiles[1],
      policy: margin.map { .minmax(margin: $0) }
        ?? .inference(coverage: coverage, confidence: confidence, seed: seed), level: level)
    try file?.write(try comparison.json())
    if let writer {
      let report = try ComparisonReport(comparison, of: profiles[0], and: profiles[1])
      try writer.write(ComparisonFiles(report).files)
      common.say("Open \(writer.page)")
    }
    if common.json, output != "-" {
      print(String(decoding: try comparison.json(), as: UTF8.self), terminator: "")
    } else if output != "-" {
      print("\(table(comparison))\n\n\(summary(comparison))")
    }
    if failOn == .drift, comparison.hasDrifted {
      throw FailedCheck.drift(
        inputs: comparison.escapes.inputs, escaped: comparison.escapes.escaped,
        moved: comparison.movedSites)
    }
  }

  private func table(_ comparison: DriftComparison) -> TextTable {
    var table = TextTable(
      ["site", "distance", "moved by", "probability", "escaped", ""], leftColumns: 1)
    for site in comparison.sites {
      table.append([
        site.site, enclosure(site.kolmogorovSmirnovLower, site.kolmogorovSmirnovUpper),
        enclosure(site.wassersteinLower, site.wassersteinUpper),
        site.probability.text(digits: 2), "\(site.escaped)", site.hasMoved ? "moved" : "",
      ])
    }
    return table
  }

  private func enclosure(_ lower: Double?, _ upper: Double?) -> String {
    guard let lower, let upper else { return "" }
    let ends = [lower.text(digits: 3), upper.text(digits: 3)]
    return ends[0] == ends[1] ? ends[0] : ends.joined(separator: "–")
  }

  private func summary(_ comparison: DriftComparison) -> String {
    let (escapes, moved) = (comparison.escapes, comparison.movedSites)
    let share = "\(escapes.lower.text(digits: 3)) to \(escapes.upper.text(digits: 3))"
    var text =
      "\(escapes.escaped) of \(escapes.inputs) inputs leave an interval of \(comparison.policy): a "
      + "share of \(share) with 95 % confidence"
    if let promised = escapes.promised {
      text +=
        escapes.isBroken
        ? ", more than the \(promised.text(digits: 3)) promised"
        : "; \(promised.text(digits: 3)) at most is promised"
    }
    let sites = moved.count == 1 ? "1 site" : "\(moved.count) sites"
    return text + ".\n"
      + (moved.isEmpty
        ? "No site moved, at an error probability of \(comparison.level.text(digits: 3))."
        : "\(sites) of \(comparison.sites.count) moved.")
      + "\ndistance: greatest difference of the shares of values below any number. moved by: mean "
      + "way of a value,\nin standard deviations. probability: that inputs' extremes differ so much "
      + "by chance."
  }
}
