import Foundation
import TestSupport
import Testing

/// The built program, run as a user runs it.
enum Program {
  struct Outcome {
    let code: Int32
    let output: String
    let errors: String
  }

  /// Where it is: beside the tests.
  static let path = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    .appending(path: "rangefinder").path

  /// Runs the program with arguments in a folder and waits for it.
  static func run(_ arguments: [String], in folder: String? = nil) throws -> Outcome {
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = arguments
    if let folder { process.currentDirectoryURL = URL(filePath: folder) }
    // Files, not pipes: a pipe that nobody empties would stop a program that prints much.
    let scratch = try Scratch()
    let (output, errors) = (scratch.path("output"), scratch.path("errors"))
    for path in [output, errors] { _ = FileManager.default.createFile(atPath: path, contents: nil) }
    process.standardOutput = try FileHandle(forWritingTo: URL(filePath: output))
    process.standardError = try FileHandle(forWritingTo: URL(filePath: errors))
    try process.run()
    process.waitUntilExit()
    return Outcome(
      code: process.terminationReason == .exit ? process.terminationStatus : -1,
      output: try String(contentsOfFile: output, encoding: .utf8),
      errors: try String(contentsOfFile: errors, encoding: .utf8))
  }

  /// Runs the program and requires that it succeeds.
  static func succeed(_ arguments: [String]) throws -> Outcome {
    let outcome = try run(arguments)
    try #require(outcome.code == 0, "\(arguments): \(outcome.errors)")
    return outcome
  }

  static func object(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }
}

/// A sample model's files.
struct SamplePaths {
  let model: String
  let data: String

  init(_ name: String) {
    let folder = Folders.samples.appending(path: name)
    model = folder.appending(path: "model.h5").path
    data = folder.appending(path: "data.h5").path
  }
}
