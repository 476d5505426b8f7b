import ActivationProfiling
import ArgumentParser
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
    help: "The file that recommend wrote: for --max-pooling composite.",
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
  }

  func run() throws {
    let file = try output.map { try ResultOutput($0) }
    let set = try PolynomialSet(json: try readFile(polynomials), name: polynomials)
    let recommendation = try ranges.map { try Recommendation(json: try readFile($0), name: $0) }
    let keras = try model.load(reading)
    let inputs = try samples.open(for: keras.inputs, reading)
    let network = try PolynomialNetwork(
      try keras.graph(inputShapes: inputs.map(\.dataset.sampleShape)), digest: keras.digest,
      polynomials: set, ranges: recommendation, maxPooling: maxPooling,
      only: only.isEmpty ? nil : Set(only))
    let verifier = try Verifier(
      network, model: ("\(keras.name) (\(model.fileName))", keras.digest), inputs: inputs)
    let bar = ProgressBar(quiet: common.quiet)
    let verification = try verifier.run(threads: threads) { bar.show($0) }
    try file?.write(try verification.json())
    if output == "-" { return }
    if common.json {
      print(String(decoding: try verification.json(), as: UTF8.self), terminator: "")
    } else {
      print(VerificationTable(verification))
    }
  }
}

extension MaxPoolingPolicy: ExpressibleByArgument {}
