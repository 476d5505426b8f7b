import ActivationProfiling
import ArgumentParser
import FoundationEssentials
import IsolatedReading
import ModelImport
import PolynomialApproximation
import RangeRecommendation
import SampleData

/// Who reads the files that are given.
struct ReadingOptions: ParsableArguments {
  @Flag(
    help: """
      Read HDF5 files in this process, not in one of their own. Only for files that you trust: a \
      damaged one can crash the program.
      """)
  var trusted = false

  /// Gets ready for the next files, while there is other to do.
  func prepare(files: Int) {
    if !trusted { Self.reader.prepare(files: files) }
  }

  /// Reads a network's files.
  func model(_ path: String, architecture: String?) throws -> ModelFileContents {
    trusted
      ? try ModelFileContents(reading: path, architecture: architecture)
      : try Self.reader.model(path, architecture: architecture)
  }

  /// Reads a profile.
  func profile(_ path: String) throws -> Profile {
    trusted ? try ProfileFile.read(path) : try Self.reader.profile(path)
  }

  /// Reads the values of a site, from the name of a profile with that of the site after a colon.
  func density(_ text: String) throws -> Density {
    // A path may hold a colon, and a site may hold anything.
    let end = (text.firstRange(of: ".h5:") ?? text.firstRange(of: ":"))?.upperBound
    guard let end, end < text.endIndex else { throw InputError.notASite(text) }
    let (path, name) = (String(text[..<end].dropLast()), String(text[end...]))
    let sites = try profile(path).sites
    guard let site = sites.first(where: { $0.name == name }) else {
      throw InputError.unknownSite(name: name, path: path, known: sites.map(\.name))
    }
    guard let density = Density(site.statistics.histogram) else {
      throw RecommendationError.noValues(site: name)
    }
    return density
  }

  /// Opens samples of any kind.
  func samples(_ specification: String, _ options: SampleOptions) throws -> any Dataset {
    trusted
      ? try SampleFile.open(specification, options: options)
      : try SampleFile.open(
        specification, options: options,
        openHDF5: { try Self.reader.samples(file: $0, dataset: $1) })
  }

  /// This program, started again to read.
  private static let reader = IsolatedReader(
    ReaderProgram(
      executable: "/proc/self/exe",
      arguments: ["rangefinder", ReaderCommand.configuration.commandName!],
      environment: environment))

  /// That of the program; a report of a crash would only take time.
  private static var environment: [String] {
    var variables = ProcessInfo.processInfo.environment
    variables["SWIFT_BACKTRACE"] = "enable=no"
    return variables.map { "\($0)=\($1)" }
  }
}
