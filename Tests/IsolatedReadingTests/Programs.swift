import Foundation
import IsolatedReading
import TestSupport

extension IsolatedReader {
  /// The built program.
  static func built(_ limits: ReaderLimits = ReaderLimits()) -> IsolatedReader {
    let program = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appending(path: "rangefinder").path
    return IsolatedReader(
      ReaderProgram(
        executable: program, arguments: ["rangefinder", "reader"],
        environment: ["SWIFT_BACKTRACE=enable=no"], limits: limits))
  }

  /// A shell script in the program's place: 3 is its end of the connection, 4 the shared memory.
  static func script(_ text: String, _ limits: ReaderLimits = ReaderLimits()) -> IsolatedReader {
    IsolatedReader(
      ReaderProgram(
        executable: "/bin/sh", arguments: ["sh", "-c", text], environment: ["PATH=/usr/bin:/bin"],
        limits: limits))
  }
}

/// Files that are sound.
enum Sound {
  static let folder = Folders.samples.appending(path: "digits-mlp")
  static let model = folder.appending(path: "model.h5").path
  static let data = folder.appending(path: "data.h5").path
  static let archive = Folders.package
    .appending(path: "Tests/ParityTests/Fixtures/trees_keras3_15.keras").path
}
