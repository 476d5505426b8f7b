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
    var union = ProfileUnion(try reading.profile(profiles[0]))
    for path in profiles.dropFirst() {
      do {
        // One is read after the other, and gone when it is merged.
        try union.add(try reading.profile(path))
      } catch let reason as ProfileMergeError {
        throw MergeError(path: path, reason: reason)
      }
    }
    let merged = try union.profile()
    try file.write(merged)
    let missing = merged.missingBlocks
    if missing.count > 0 {
      common.say(
        "\(missing.count) of \(merged.provenance.blockCount) blocks are in none of the profiles: "
          + "\(missing).")
    }
    if common.json {
      print(String(decoding: try ProfileSummary(merged).json(), as: UTF8.self), terminator: "")
    } else {
      print(ProfileSummary(merged).table)
    }
  }
}

/// Which of many profiles does not go with those before it.
struct MergeError: Error, CustomStringConvertible {
  let path: String
  let reason: ProfileMergeError

  var description: String { "'\(path)' cannot be merged with those before it: \(reason)" }
}
