import ActivationProfiling
import ArgumentParser
import RangeRecommendation

/// Measures what the policies' promises give, and prints the tables of docs/Guarantees.md.
@main
struct CoverageExperiment: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measures what the policies' promises give, over many seeded splits.")

  @Argument(help: "Profiles of networks, each named by its file.")
  var profiles: [String] = []

  @Option(help: "The splits for each promise, and the runs for each tail.")
  var splits = 500

  @Flag(help: "Only simulate what the Anderson–Darling statistic exceeds by chance.")
  var andersonDarling = false

  /// What is promised: the share of inputs, and the confidence.
  static let promises = [0.9, 0.95, 0.99].flatMap { coverage in
    [0.9, 0.95].map { (coverage: coverage, confidence: $0) }
  }

  func run() throws {
    if andersonDarling { return printCriticalValues() }
    var inference = InferenceRow.table
    var minmax = MinmaxRow.table
    for path in profiles {
      let file = path.split(separator: "/").last.map(String.init) ?? path
      let name = String(file.prefix { $0 != "." })
      let profile = try ProfileFile.read(path)
      for promise in Self.promises {
        inference.append(
          try InferenceRow(name, profile, promise, splits: splits).cells)
      }
      for held in [0.2, 0.95] {
        for margin in [1, 1.1, 2] {
          minmax.append(
            try MinmaxRow(name, profile, margin: margin, holdingOut: held, splits: splits).cells)
        }
      }
    }
    for source in SimulatedSource.all {
      for promise in Self.promises {
        inference.append(try InferenceRow(source, promise, splits: splits).cells)
      }
    }
    var tails = TailRow.table
    for source in TailSource.all {
      for inputs in [1000, 5000] {
        tails.append(TailRow(source, inputs: inputs, runs: splits).cells)
      }
    }
    print("## The inference policy\n\n\(inference)\n")
    print("## Observed ranges with a margin\n\n\(minmax)\n")
    print("## Tails: the 95 % limit of the level that one of 10,000 inputs exceeds\n\n\(tails)")
  }
}
