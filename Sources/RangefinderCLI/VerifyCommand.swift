import ActivationProfiling
import ArgumentParser
import ForwardPass
import FoundationEssentials
import Glibc
import NetworkVerification
import RangeRecommendation

/// Runs the polynomial network beside the exact one and says what is lost.
struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract:
      "Runs a network with its polynomials beside the exact one and measures what it loses.",
    discussion: """
      Give data that the profile did not see:

        rangefinder verify model.h5 --data data.h5:/x_heldout --polynomials polynomials.json

      docs/Verification.md says what each number means.
      """)

  /// What takes the place of softmax.
  enum SoftmaxPolicy: String, CaseIterable, ExpressibleByArgument {
    /// It stays what it is: it changes no order of classes, and can be left to who decrypts.
    case keep
  }

  @OptionGroup var model: ModelOptions
  @OptionGroup var samples: DataOptions
  @OptionGroup var reading: ReadingOptions
  @OptionGroup var common: CommonOptions

  @Option(help: "The file that fit wrote.", completion: .file(extensions: ["json"]))
  var polynomials: String

  @Option(
    help: "The file that recommend wrote: for --max-pooling composite, and --reprofile.",
    completion: .file(extensions: ["json"]))
  var ranges: String?

  @Option(
    help: """
      Max poolings stay (keep), become (a + b + |a - b|)/2 of pairs with a composite for |x| \
      (composite; its depth is counted), or means (average).
      """)
  var maxPooling: MaxPoolingPolicy = .keep

  @Option(help: "Softmax stays what it is (keep).")
  var softmax: SoftmaxPolicy = .keep

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Replace only these sites, the others stay exact.", valueName: "site"))
  var only: [String] = []

  @Option(
    defaultAsFlag: 5,
    help: ArgumentHelp(
      """
      First widen intervals and fit again, until they hold all that the polynomial network itself \
      shows on the calibration data; fail if that takes more rounds (5 by default). Needs --ranges.
      """, valueName: "rounds"))
  var reprofile: Int?

  @Option(
    help: ArgumentHelp(
      "--reprofile: the calibration data, as --data takes it; by default that of --data.",
      valueName: "file"))
  var calibration: [String] = []

  @Option(
    help: "--reprofile: write the new ranges.json and polynomials.json into this folder.")
  var refitted: String?

  @Option(
    name: [.customShort("o"), .long], help: "The file to write (verification.json); - prints it.",
    completion: .file(extensions: ["json"]))
  var output: String?

  @Option(help: "Worker threads. The verification does not depend on them.")
  var threads: Int = Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))

  func validate() throws {
    if threads < 1 { throw ValidationError("--threads takes a positive number.") }
    if maxPooling == .composite && ranges == nil {
      throw ValidationError("--max-pooling composite needs --ranges ranges.json.")
    }
    if let reprofile {
      if reprofile < 1 { throw ValidationError("--reprofile takes a positive number of rounds.") }
      if ranges == nil { throw ValidationError("--reprofile needs --ranges ranges.json.") }
    } else if !calibration.isEmpty || refitted != nil {
      throw ValidationError("--calibration and --refitted belong to --reprofile.")
    }
  }

  func run() throws {
    reading.prepare(files: 1 + samples.hdf5FileCount)
    ExecutionPlan.prepare()
    let file = try output.map { try ResultOutput($0) }
    let files = try refitted.map { try RefittedFiles(folder: $0) }
    let set = try PolynomialSet(json: try readFile(polynomials), name: polynomials)
    let recommendation = try ranges.map { try Recommendation(json: try readFile($0), name: $0) }
    let keras = try model.load(reading)
    let inputs = try samples.open(for: keras.inputs, reading)
    let graph = try keras.graph(inputShapes: inputs.map(\.dataset.sampleShape))
    let name = ("\(keras.name) (\(model.fileName))", keras.digest)
    let sites = only.isEmpty ? nil : Set(only)
    func network(_ ranges: Recommendation?, _ set: PolynomialSet) throws -> PolynomialNetwork {
      try PolynomialNetwork(
        graph, digest: keras.digest, polynomials: set, ranges: ranges, maxPooling: maxPooling,
        only: sites)
    }
    var polynomialNetwork = try network(recommendation, set)
    var outcome: FixedPoint.Outcome?
    if let reprofile, let recommendation {
      var data = samples
      if !calibration.isEmpty { data.data = calibration }
      let found = try FixedPoint(
        graph, model: name,
        inputs: calibration.isEmpty ? inputs : try data.open(for: keras.inputs, reading)
      ).search(
        from: set, recommendation, rounds: reprofile, threads: threads, network: network)
      polynomialNetwork = try network(found.recommendation, found.polynomials)
      outcome = found
      if found.divergence == nil { common.say(found.summary) }
    }
    let verifier = try Verifier(polynomialNetwork, model: name, inputs: inputs)
    let bar = ProgressBar(quiet: common.quiet)
    let verification = try verifier.run(threads: threads) { bar.show($0) }
    try keras.weightFile?.requireUnchanged()
    try file?.write(try verification.json())
    if let outcome { try files?.write(outcome) }
    if common.json, output != "-" {
      print(String(decoding: try verification.json(), as: UTF8.self), terminator: "")
    } else if output != "-" {
      print(VerificationTable(verification))
    }
    if let outcome, let divergence = outcome.divergence {
      throw VerificationError.diverges(divergence, rounds: outcome.rounds)
    }
  }
}

/// The ranges and polynomials of a fixed point, in a folder.
private struct RefittedFiles {
  let ranges: OutputFile
  let polynomials: OutputFile

  init(folder: String) throws {
    try OutputFile.createFolder(folder)
    ranges = try OutputFile("\(folder)/ranges.json")
    polynomials = try OutputFile("\(folder)/polynomials.json")
  }

  func write(_ outcome: FixedPoint.Outcome) throws {
    try ranges.write(try outcome.recommendation.json())
    try polynomials.write(try outcome.polynomials.json())
  }
}

extension FixedPoint.Outcome {
  /// How it was found.
  fileprivate var summary: String {
    let sites = widened.isEmpty ? "no interval" : "\(widened.count) intervals"
    return "Fixed point after \(rounds) round\(rounds == 1 ? "" : "s"), \(sites) widened."
  }
}

extension MaxPoolingPolicy: ExpressibleByArgument {}
