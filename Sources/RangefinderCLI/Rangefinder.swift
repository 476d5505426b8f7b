import ArgumentParser
import CLinux
import Glibc
import IsolatedReading
import ModelImport
import RangeRecommendation

/// The program: which ranges do a network's activations have, and which polynomials do there?
@main
struct Rangefinder: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rangefinder",
    abstract: "Finds the ranges of a trained network's activations, and polynomials for them.",
    discussion: """
      The main job, step by step (each writes a file that the next one reads):

        rangefinder profile model.h5 --data data.h5 -o p.profile.h5
        rangefinder recommend p.profile.h5 -o ranges.json
        rangefinder fit ranges.json -o polynomials.json
        rangefinder verify model.h5 --data heldout.h5 --polynomials polynomials.json
        rangefinder report p.profile.h5 ranges.json polynomials.json -o report/

      Results go to standard output, everything else to standard error.
      Exit codes: 0 done, 1 failed, 2 wrong usage, 3 the data cannot support the promise asked \
      for, 4 what --fail-on names has happened, 130 interrupted.
      """,
    version: Self.version,
    subcommands: [
      InspectCommand.self, ProfileCommand.self, MergeCommand.self, RecommendCommand.self,
      FitCommand.self, VerifyCommand.self, ReportCommand.self, ApproximateCommand.self,
      CompareCommand.self,
      ReaderCommand.self,
    ])

  static let version = "0.1.0"

  static func main() {
    linux_keep_freed_memory()
    do {
      // The child that reads files shall start in no time: its one argument needs no parser.
      if CommandLine.arguments.dropFirst() == [ReaderCommand.configuration.commandName!] {
        return try ReaderService.run()
      }
      CutFile.explain()
      let arguments = Array(CommandLine.arguments.dropFirst())
      if InspectCommand.asksForLayers(arguments) { return print(KerasLayer.listing) }
      var command = try parseAsRoot(joiningIntervals(arguments))
      try command.run()
    } catch {
      Glibc.exit(report(error))
    }
  }

  /// Prints what a failure has to say and returns the program's exit code.
  private static func report(_ error: any Error) -> Int32 {
    if error is Interrupted {
      StandardError.write("\(error)\n")
      return Interrupted.exitCode
    }
    switch exitCode(for: error) {
    case .success:
      print(fullMessage(for: error))
      return 0
    case .validationFailure:
      StandardError.write(fullMessage(for: error) + "\n")
      return 2
    default:
      StandardError.write("error: \(error)\n")
      if error is FailedCheck { return 4 }
      return (error as? RecommendationError)?.isUnkeepablePromise == true ? 3 : 1
    }
  }

  /// Lets `--interval -8 8` stand for `--interval -8:8`.
  static func joiningIntervals(_ arguments: [String]) -> [String] {
    guard let option = arguments.firstIndex(of: "--interval"), option + 2 < arguments.count,
      Double(arguments[option + 1]) != nil, Double(arguments[option + 2]) != nil
    else { return arguments }
    let joined = "\(arguments[option + 1]):\(arguments[option + 2])"
    return arguments[...option] + [joined] + arguments[(option + 3)...]
  }
}
