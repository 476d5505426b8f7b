import ArgumentParser
import IsolatedReading

/// Reads files for the program that started it, which survives what they do to this one.
struct ReaderCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reader", abstract: "Reads files for the program itself.", shouldDisplay: false)

  func run() throws { try ReaderService.run() }
}
