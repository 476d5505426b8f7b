import ActivationProfiling
import ArgumentParser
import FoundationEssentials
import RangeRecommendation

/// Joins profiles of shards.
struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Joins profiles of shards; in any order the bytes are those of one run.")

  @Argument(help: "Profiles of one network over the same data.", completion: .file())
  var profiles: [String]

  @Option(name: [.customShort("o"), .long], help: "The profile to write.", completion: .file())
  var output: String

  @OptionGroup var reading: ReadingOptions
  @OptionGroup var common: CommonOptions

  func run() throws {
    let file = try OutputFile(output)
    var merged = try reading.profile(profiles[0])
    for path in profiles.dropFirst() { try merged.merge(try reading.profile(path)) }
    try file.write { try ProfileFile.write(merged, to: $0) }
    let missing = merged.provenance.blockCount - merged.blocks.count
    if missing > 0 {
      common.say(
        "\(missing) of \(merged.provenance.blockCount) blocks are not in any of the profiles.")
    }
    if common.json {
      print(String(decoding: try ProfileSummary(merged).json(), as: UTF8.self), terminator: "")
    } else {
      print(ProfileSummary(merged).table)
    }
  }
}
