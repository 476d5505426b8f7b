import ArgumentParser
import FoundationEssentials
import PolynomialApproximation
import RangeRecommendation
import Reporting

/// One fit, no network needed.
struct ApproximateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "approximate",
    abstract: "Fits one function on one interval; no network needed.",
    discussion: """
      rangefinder approximate sigmoid --interval -8:8 --degree 15
      rangefinder approximate 'elu(1)' --interval -5:3 --tolerance 1e-3 --plot elu.svg
      rangefinder approximate gelu --interval -5:5 --degree 16 --compare
      rangefinder approximate tanh --interval -4:4 --tolerance 1e-4 --backend ckks-openfhe \\
        --export openfhe

      Formats for --export (docs/Exports.md shows each in use):

      \(FitterExports.listing)
      """)

  @Argument(help: "The function: \(TargetFunction.knownNames.joined(separator: ", ")).")
  var function: String

  @Option(parsing: .unconditional, help: "The interval, as in -8:8.")
  var interval: String

  @Option(help: "The degree.")
  var degree: Int?

  @Option(help: "The largest absolute error; the least degree that meets it is found.")
  var tolerance: Double?

  @Option(help: "The fit: \(FitMethod.names).")
  var method: FitMethod = .minimax

  @Option(help: "The highest degree that is tried for a tolerance.")
  var maxDegree = Recommender.standardDegreeLimit

  @Option(
    help: """
      Where the polynomial will be evaluated: scalar, ckks-openfhe, ckks-lattigo or tensor-train. \
      Decides the degrees that a tolerance tries, and the depth (docs/Depth.md).
      """)
  var backend: EvaluationBackend = .scalar

  @Option(
    help: """
      The values that count for the methods density and clamped-tail: a profile and a site in it, \
      as in p.profile.h5:dense/sigmoid.
      """)
  var weights: String?

  @Flag(help: "Show all methods side by side.")
  var compare = false

  @Option(help: "Write a file for another tool, to -o or standard output; see above.")
  var export: ExportFormat?

  @Option(
    help: "Draw the function, the polynomial, its Taylor series and the error into an SVG file.",
    completion: .file(extensions: ["svg"]))
  var plot: String?

  @Option(name: [.customShort("o"), .long], help: "The file for --export or --json; - prints it.")
  var output: String?

  @OptionGroup var reading: ReadingOptions
  @OptionGroup var common: CommonOptions

  func validate() throws {
    if Self.interval(interval) == nil {
      throw ValidationError(
        "--interval takes two ends, the smaller first, as in -8:8, not '\(interval)'.")
    }
    if (degree == nil) == (tolerance == nil) {
      throw ValidationError("Give either --degree or --tolerance.")
    }
    if let degree, !(0...Fit.degreeLimit).contains(degree) {
      throw ValidationError("--degree takes a degree from 0 to \(Fit.degreeLimit).")
    }
    if let tolerance, !(tolerance > 0 && tolerance.isFinite) {
      throw ValidationError("--tolerance takes a positive number.")
    }
    if !(1...Fit.degreeLimit).contains(maxDegree) {
      throw ValidationError("--max-degree takes a degree from 1 to \(Fit.degreeLimit).")
    }
    if export != nil && common.json {
      throw ValidationError("Give either --export or --json; --export json writes a file.")
    }
    if compare && (export != nil || plot != nil) {
      throw ValidationError("--compare shows many fits; --export and --plot take one.")
    }
    if !compare && weights == nil && [.density, .clampedTail].contains(method) {
      throw ValidationError(
        "--method \(method.rawValue) needs the values that count: give --weights PROFILE:SITE.")
    }
    if output != nil && export == nil && !common.json {
      throw ValidationError("-o takes the output of --export or --json; give one of them.")
    }
    do {
      _ = try TargetFunction(function)
    } catch {
      throw ValidationError("\(error)")
    }
  }

  static func interval(_ text: String) -> Interval? {
    let ends = text.split(separator: ":", omittingEmptySubsequences: false).map { Double($0) }
    guard ends.count == 2, let lower = ends[0], let upper = ends[1],
      Interval.isValid(lower: lower, upper: upper)
    else { return nil }
    return Interval(lower: lower, upper: upper)
  }

  func run() throws {
    let output = try ResultOutput(output ?? "-")
    let plot = try plot.map { try OutputFile($0) }
    let density = try weights.map { try reading.density($0) }
    if compare {
      let comparison = FitComparison(function, interval) { try record($0, density) }
      if common.json {
        try output.write(try comparison.json())
      } else {
        print(comparison.text)
      }
      return
    }
    let fitted = try record(method, density)
    try plot?.write(Data(ApproximationPlot(fitted).svg))
    if let export {
      try export.write(try ExportContents(fitted), to: output, common)
    } else if common.json {
      try output.write(try fitted.json())
    } else {
      print(ApproximationText(fitted))
    }
  }

  /// Fits by a method, to the degree or tolerance that was asked for.
  private func record(
    _ method: FitMethod, _ density: Density?
  ) throws -> PolynomialRecord {
    let function = try TargetFunction(function)
    let interval = Self.interval(interval)!
    guard let tolerance else {
      let fit = try Fit(
        of: function, on: interval, degree: degree!, method: method, density: density)
      return PolynomialRecord(fit, backend: backend)
    }
    let choice = try Fit.leastDegree(
      for: function, on: interval, tolerance: tolerance, method: method,
      density: density, among: backend.degreeCandidates(upTo: maxDegree), limit: maxDegree)
    guard choice.meetsTolerance else {
      throw ToleranceError.unreachable(
        tolerance: tolerance, limit: maxDegree, best: choice.fit.coreError)
    }
    return PolynomialRecord(choice.fit, errorBound: tolerance, backend: backend)
  }
}

/// Why a tolerance cannot be met.
enum ToleranceError: Error, Hashable, CustomStringConvertible {
  case unreachable(tolerance: Double, limit: Int, best: Double)

  var description: String {
    switch self {
    case .unreachable(let tolerance, let limit, let best):
      """
      no degree up to \(limit) has an error of at most \(tolerance); the best has \
      \(best.text(digits: 6)).
        Allow more with --tolerance or --max-degree, or choose a smaller --interval.
      """
    }
  }
}
