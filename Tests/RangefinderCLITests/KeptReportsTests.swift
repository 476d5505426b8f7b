import Foundation
import TestSupport
import Testing

/// The reports in `reports/`, made anew from their profiles and JSON files.
///
/// No network runs here: sums in a forward pass may differ in their last bits from one kind of
/// processor to another, and so would the profiles. What is made of a profile is computed by the same
/// instructions on every processor of an architecture.
@Suite("The reports that are kept with the package")
struct KeptReportsTests {
  private let kept = Folders.package.appending(path: "reports")
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  /// The files of a folder of reports that differ from those that the program wrote.
  private func outOfStep(_ kept: URL, _ written: String) throws -> [String] {
    let names = try FileManager.default.contentsOfDirectory(atPath: written)
    let others = try FileManager.default.contentsOfDirectory(atPath: kept.path)
    let spare = Set(others).subtracting(names).subtracting(["profile.h5"])
    return try spare.sorted()
      + names.sorted().filter { name in
        let path = kept.appending(path: name)
        return try !FileManager.default.fileExists(atPath: path.path)
          || Data(contentsOf: path) != Data(contentsOf: URL(filePath: "\(written)/\(name)"))
      }
  }

  @Test(
    "The page and every table are what the program writes now.", arguments: Folders.sampleNames)
  func report(name: String) throws {
    let (kept, folder) = (kept.appending(path: name), scratch.path("report"))
    let parts = ["profile.h5", "ranges.json", "polynomials.json", "verification.json"]
    _ = try Program.succeed(
      ["report"] + parts.map { kept.appending(path: $0).path }
        + ["-o", folder, "--data", "\(SamplePaths(name).data):/x"])
    #expect(try outOfStep(kept, folder) == [], "reports/\(name) is out of step: make reports")
  }

  @Test("The index names every sample model.")
  func index() throws {
    for name in Folders.sampleNames {
      try FileManager.default.createSymbolicLink(
        atPath: scratch.path(name),
        withDestinationPath: kept.appending(path: name).path)
    }
    _ = try Program.succeed(
      ["report", "--index"] + Folders.sampleNames + ["-o", scratch.path("")])
    let kept = try Data(contentsOf: kept.appending(path: "index.html"))
    #expect(
      try Data(scratch.bytes("index.html")) == kept,
      "reports/index.html is out of step: make reports")
  }

  @Test("An index refuses what is missing, what is no report, and what a report takes.")
  func refusals() throws {
    let index = ["report", "--index", "none", "-o", scratch.path("")]
    let missing = try Program.run(index)
    #expect(missing.code == 1 && missing.errors.contains("cannot read '"))
    #expect(missing.errors.contains("Write the report first"))
    try FileManager.default.createDirectory(
      atPath: scratch.path("none"), withIntermediateDirectories: true)
    for text in ["", "{}", "no JSON", "{\"format\": \"rangefinder ranges\", \"version\": 1}"] {
      _ = try scratch.file("none/report.json", text.utf8)
      let strange = try Program.run(index)
      #expect(strange.code == 1 && strange.errors.contains("a report's numbers"), "\(text)")
    }
    for options in [["--markdown", "-"], ["--data", "x.h5"]] {
      let refused = try Program.run(index + options)
      #expect(refused.code == 2 && refused.errors.contains("\(options[0]) is for a report"))
    }
  }
}
