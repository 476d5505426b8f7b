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
  @OptionGroup var checks: CheckOptions
  @OptionGroup var box: BoxOptions
  @OptionGroup var budget: BudgetOptions
  @OptionGroup var samples: DataOptions
  @OptionGroup var reading: ReadingOptions
  @OptionGroup var common: CommonOptions

  func validate() throws {
    if box.model == nil, box.inputBox != nil || !samples.data.isEmpty {
      throw ValidationError("--input-box and --data need the network: give --model.")
    }
    if box.model == nil, !box.importing.isEmpty {
      throw ValidationError("Options that say how a network is read need it: give --model.")
    }
    if box.model != nil, box.inputBox == nil, samples.data.isEmpty {
      throw ValidationError("--model needs a box of inputs: give --input-box LOW:HIGH or --data.")
    }
    if budget.budget != nil, box.model == nil || samples.data.isEmpty {
      throw ValidationError("--budget needs --model and --data.")
    }
    if options.policy == .certified, box.model == nil {
      throw ValidationError("--policy certified needs --model, and --input-box or --data.")
    }
  }

  func run() throws {
    let file = try output.map { try ResultOutput($0) }
    let profile = try reading.profile(profile)
    // A network that is given for a budget alone is not certified.
    let isCertified =
      budget.budget == nil || options.policy == .certified || box.inputBox != nil
    let certified = isCertified ? try box.certify(profile, samples: samples, reading) : nil
    let inputs =
      try checks.holdout.map {
        try CalibrationInputs(profile, holdingOut: $0, seed: options.seed)
      } ?? CalibrationInputs(profile)
    var recommendation = try options.recommender(certified: certified).recommend(from: inputs)
    var losses: TextTable?
    if let limit = budget.budget {
      let network = try box.load(profile, samples: samples, reading)
      (recommendation, losses) = try budget.allocate(
        recommendation, limit, profile, network, common)
    }
    try file?.write(try recommendation.json())
    if common.json, output != "-" {
      print(String(decoding: try recommendation.json(), as: UTF8.self), terminator: "")
    } else if output != "-" {
      print(RecommendationTable(recommendation))
      if let losses { print("\n\(losses)") }
    }
    try checks.check(recommendation)
  }
}
