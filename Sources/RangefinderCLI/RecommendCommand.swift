import ActivationProfiling
import ArgumentParser
import FoundationEssentials
import PolynomialApproximation
import RangeRecommendation

/// Turns a profile into intervals and degrees.
struct RecommendCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "recommend",
    abstract: "Recommends an interval and a polynomial degree for every site.")

  @Argument(help: "The profile.", completion: .file(extensions: ["h5"]))
  var profile: String

  @Option(
    name: [.customShort("o"), .long], help: "The file to write (ranges.json); - prints it.",
    completion: .file(extensions: ["json"]))
  var output: String?

  @OptionGroup var options: RecommendationOptions
  @OptionGroup var reading: ReadingOptions
  @OptionGroup var common: CommonOptions

  func run() throws {
    let file = try output.map { try ResultOutput($0) }
    let recommendation = try options.recommender().recommend(for: try reading.profile(profile))
    try file?.write(try recommendation.json())
    if output == "-" { return }
    if common.json {
      print(String(decoding: try recommendation.json(), as: UTF8.self), terminator: "")
    } else {
      print(RecommendationTable(recommendation))
    }
  }
}
