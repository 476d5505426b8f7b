import Foundation
import TestSupport
import Testing

@Suite("Bad input is one clear error, exit code 1, and no output")
struct BadInputTests {
  private let sample = SamplePaths("mnist-cnn")

  /// Runs `profile`, which must fail with the words given and leave nothing behind.
  private func expectFailure(
    _ scratch: Scratch, model: String, data: String, words: [String]
  ) throws {
    let before = try FileManager.default.contentsOfDirectory(atPath: scratch.path("")).sorted()
    let outcome = try Program.run([
      "profile", model, "--data", data, "-o", scratch.path("p.profile.h5"), "--quiet",
    ])
    #expect(outcome.code == 1)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.hasPrefix("error: "))
    #expect(outcome.errors.components(separatedBy: "error: ").count == 2)
    #expect(!outcome.errors.contains("HDF5-DIAG"))
    for word in words { #expect(outcome.errors.contains(word), "\(outcome.errors)") }
    let after = try FileManager.default.contentsOfDirectory(atPath: scratch.path("")).sorted()
    #expect(after == before)
  }

  @Test("A truncated model names the file and says that it is truncated.")
  func truncated() throws {
    let scratch = try Scratch()
    let bytes = try Data(contentsOf: URL(filePath: sample.model))
    let model = try scratch.file("short.h5", bytes.prefix(bytes.count / 2))
    try expectFailure(
      scratch, model: model, data: sample.data, words: ["short.h5", "truncated"])
  }

  @Test("A text file named .h5 is said to be no HDF5 file.")
  func text() throws {
    let scratch = try Scratch()
    let model = try scratch.file("text.h5", "no network here\n".utf8)
    try expectFailure(
      scratch, model: model, data: sample.data, words: ["text.h5", "not an HDF5 file"])
  }

  @Test("A missing dataset lists what is there.")
  func missingDataset() throws {
    let data = sample.data + ":/nothing"
    try expectFailure(
      try Scratch(), model: sample.model, data: data, words: ["nothing", "x_heldout"])
  }

  @Test("A shape that does not fit shows both shapes.")
  func shape() throws {
    let other = SamplePaths("digits-mlp").data
    try expectFailure(
      try Scratch(), model: sample.model, data: other, words: ["8×8×1", "28×28×1"])
  }

  @Test("A missing file is named.")
  func missingFile() throws {
    try expectFailure(
      try Scratch(), model: "nowhere.h5", data: sample.data, words: ["nowhere.h5"])
  }

  @Test("An output folder that is not there is an error before any work.")
  func missingFolder() throws {
    let scratch = try Scratch()
    let outcome = try Program.run([
      "profile", sample.model, "--data", sample.data, "-o", scratch.path("no/p.h5"),
    ])
    #expect(outcome.code == 1)
    #expect(outcome.errors.contains("cannot write"))
    #expect(!outcome.errors.contains("samples"))
  }
}
