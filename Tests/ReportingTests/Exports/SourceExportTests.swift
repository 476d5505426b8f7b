import Foundation
import TestSupport
import Testing

@testable import Reporting

@Suite("Exports as source code")
struct SourceExportTests {
  /// Clenshaw's recurrence in the same order gives the same bits; a compiler that contracts a
  /// product and a sum changes the last ones.
  private static let rounding = 1e-13

  private static let contents = [ExportSamples.contents, ExportSamples.composed]

  @Test("Python's functions have the values of what was fitted.", arguments: contents)
  func python(contents: ExportContents) throws {
    let differences = try ExportSamples.pythonDifferences(
      PythonExport(), contents,
      script: "values = [[module.SITES[n](x) for x in xs] for n, xs in zip(names, points)]")
    #expect(differences.max()! <= Self.rounding)
  }

  @Test(
    "NumPy's series have the values of the polynomials.",
    .enabled(if: Tool.hasModule("numpy"), "numpy is not here: make peers"))
  func numPy() throws {
    let differences = try ExportSamples.pythonDifferences(
      NumPyExport(),
      script: """
        import numpy
        values = [module.SITES[n](numpy.array(xs)) for n, xs in zip(names, points)]
        """)
    #expect(differences.max()! <= Self.rounding)
  }

  @Test(
    "C's functions compile without a warning and have the values of what was fitted.",
    arguments: contents)
  func c(contents: ExportContents) throws {
    let calls = contents.entries.enumerated().map { index, entry in
      let lower = entry.record.lower.literal
      let step = "(\(entry.record.upper.literal) - (\(lower)))"
      return """
          for (int i = 0; i < 101; i++)
            printf("%d %.17g\\n", \(index), \(entry.identifier)(\(lower) + \(step) * i / 100));
        """
    }
    let source = """
      #include <stdio.h>
      #include "export.c"
      int main(void) {
      \(calls.joined(separator: "\n"))
        return 0;
      }

      """
    let scratch = try Scratch()
    _ = try scratch.file("export.c", try CExport().file(contents).bytes)
    let file = try scratch.file("main.c", Array(source.utf8))
    let flags = ["-std=c99", "-pedantic", "-Wall", "-Wextra", "-Werror", "-ffp-contract=off"]
    let compiled = try Tool.run("cc", flags + ["-o", scratch.path("main"), file])
    try #require(compiled.status == 0, "\(compiled.errors)")
    try expectValues(of: scratch.path("main"), contents)
  }

  @Test(
    "Swift's functions compile and have the values of what was fitted.",
    .enabled(if: Tool.has("swiftc"), "there is no swiftc"), arguments: contents)
  func swift(contents: ExportContents) throws {
    let calls = contents.entries.enumerated().map { index, entry in
      let (lower, upper) = (entry.record.lower.literal, entry.record.upper.literal)
      return """
        for i in 0..<101 {
          print(\(index), \(entry.identifier)(\(lower) + (\(upper) - (\(lower))) * Double(i) / 100))
        }
        """
    }
    let scratch = try Scratch()
    let files = [
      try scratch.file("export.swift", try SwiftExport().file(contents).bytes),
      try scratch.file("main.swift", Array(calls.joined(separator: "\n").utf8)),
    ]
    let compiled = try Tool.run(
      "swiftc", ["-warnings-as-errors", "-o", scratch.path("main")] + files)
    try #require(compiled.status == 0, "\(compiled.errors)")
    try expectValues(of: scratch.path("main"), contents)
  }

  /// Runs a program that prints the number of a site and a value, line by line.
  private func expectValues(of program: String, _ contents: ExportContents) throws {
    let outcome = try Tool.run(program)
    try #require(outcome.status == 0)
    var values = [[Double]](repeating: [], count: contents.entries.count)
    for line in outcome.output.split(separator: "\n") {
      let parts = line.split(separator: " ")
      values[Int(parts[0])!].append(Double(parts[1])!)
    }
    let differences = try ExportSamples.differences(values, from: contents, count: 101)
    #expect(differences.max()! <= Self.rounding)
  }

  @Test("The table has a line for each site, whose coefficients read back to the same numbers.")
  func csv() throws {
    let text = try ExportSamples.text(CSVExport())
    let lines = text.split(separator: "\n")
    // The awkward name holds a line break, inside quotes.
    #expect(lines.count == 1 + ExportSamples.contents.entries.count + 1)
    let first = try #require(lines[1].split(separator: ",").last)
    let read = first.split(separator: " ").map { Double($0)! }
    #expect(read == ExportSamples.contents.entries[0].coefficients)
  }

  @Test("Our own JSON is what fit writes.")
  func json() throws {
    #expect(try ExportSamples.text(JSONExport()) == "{}\n")
  }
}
