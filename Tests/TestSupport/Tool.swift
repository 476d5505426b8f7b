import Foundation

/// Programs of others that tests run.
public enum Tool {
  public struct Outcome: Sendable {
    public let status: Int32
    public let output: String
    public let errors: String
  }

  /// Runs a program, found on the path unless it is one, and waits for it.
  ///
  /// - Throws: If it cannot be started.
  public static func run(
    _ program: String, _ arguments: [String] = [], in folder: String? = nil
  ) throws -> Outcome {
    let scratch = try Scratch()
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [program] + arguments
    if let folder { process.currentDirectoryURL = URL(filePath: folder) }
    // Some leave temporary files, as swiftc does.
    process.environment = ProcessInfo.processInfo.environment
      .merging(["TMPDIR": scratch.path("")]) { $1 }
    // Files, not pipes: a pipe that nobody empties would stop a program that prints much.
    let (output, errors) = (try scratch.file("output", []), try scratch.file("errors", []))
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: URL(filePath: output))
    process.standardError = try FileHandle(forWritingTo: URL(filePath: errors))
    try process.run()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationStatus,
      output: try String(contentsOfFile: output, encoding: .utf8),
      errors: try String(contentsOfFile: errors, encoding: .utf8))
  }

  /// Whether a program can be started.
  public static func has(_ program: String, _ arguments: [String] = ["--version"]) -> Bool {
    (try? run(program, arguments))?.status == 0
  }

  /// The Python of `make peers`, or the system's where that was not run.
  public static let python: String = {
    let peers = Folders.package.appending(path: ".peers/bin/python").path
    return FileManager.default.isExecutableFile(atPath: peers) ? peers : "python3"
  }()

  /// Whether Python can load a module.
  public static func hasModule(_ name: String) -> Bool { has(python, ["-c", "import \(name)"]) }
}
