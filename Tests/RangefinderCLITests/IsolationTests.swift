import Foundation
import TestSupport
import Testing

@Suite("Files from strangers are read by another process")
struct IsolationTests {
  private let sample = SamplePaths("digits-mlp")

  @Test("Every command prints and writes the same with and without it.")
  func sameResults() throws {
    let scratch = try Scratch()
    var outputs: [[String]] = []
    for flags in [[], ["--trusted"]] {
      let suffix = flags.isEmpty ? "a" : "b"
      let profile = scratch.path("\(suffix).profile.h5")
      let commands = [
        ["inspect", sample.model],
        ["profile", sample.model, "--data", sample.data, "-o", profile, "--quiet"],
        ["recommend", profile], ["merge", profile, "-o", scratch.path("\(suffix).merged.h5")],
        ["report", profile, "-o", scratch.path(suffix), "--quiet"],
      ]
      outputs.append(try commands.map { try Program.succeed($0 + flags).output })
    }
    #expect(outputs[0] == outputs[1])
    for name in ["profile.h5", "merged.h5"] {
      #expect(try scratch.bytes("a.\(name)") == scratch.bytes("b.\(name)"))
    }
    for file in ["index.html", "sites.csv"] {
      #expect(try scratch.bytes("a/\(file)") == scratch.bytes("b/\(file)"))
    }
  }

  @Test(
    "What is wrong is said in the same words with and without it.",
    arguments: ["inspect", "recommend", "merge", "report", "profile"])
  func sameWords(command: String) throws {
    let scratch = try Scratch()
    let bytes = try Data(contentsOf: URL(filePath: sample.model))
    let path = try scratch.file("short.h5", bytes.prefix(bytes.count / 2))
    let arguments =
      switch command {
      case "profile":
        [command, sample.model, "--data", path, "-o", scratch.path("p.h5"), "--quiet"]
      case "merge", "report": [command, path, "-o", scratch.path("out")]
      default: [command, path]
      }
    let isolated = try Program.run(arguments)
    let direct = try Program.run(arguments + ["--trusted"])
    #expect(isolated.code == 1 && direct.code == 1)
    #expect(isolated.errors == direct.errors)
    #expect(isolated.errors.hasPrefix("error: '\(path)' cannot be opened as HDF5"))
  }

  @Test("There are damaged files to try.")
  func damages() { #expect(Damages.lines.count >= 20) }

  @Test("A file that crashes or hangs the HDF5 library is refused.", arguments: Damages.lines)
  func damaged(line: String) throws {
    let words = line.split(separator: " ")
    var bytes = try Data(contentsOf: Folders.package.appending(path: String(words[0])))
    for word in words.dropFirst() {
      let pair = try word.split(separator: ":").map { try #require(Int($0)) }
      bytes[pair[0]] = UInt8(pair[1])
    }
    let scratch = try Scratch()
    let path = try scratch.file("damaged.h5", bytes)
    let arguments =
      words[0].hasSuffix("data.h5")
      ? ["profile", sample.model, "--data", path, "--no-record", "--quiet"] : ["inspect", path]
    let outcome = try Program.run(arguments)
    #expect(outcome.code == 1)
    #expect(outcome.errors.hasPrefix("error: "))
    #expect(outcome.errors.contains("'\(path)'"))
  }

  @Test("The child is not for people, and not in the help.")
  func hidden() throws {
    #expect(!(try Program.succeed(["--help"]).output.contains("reader")))
    let outcome = try Program.run(["reader"])
    #expect(outcome.code == 1)
    #expect(
      outcome.errors
        == "error: this subcommand is for Rangefinder itself, which starts it to read files.\n")
  }
}

/// Files of a sample that crash the HDF5 library, or keep it busy for ever: what the fuzzer found.
enum Damages {
  /// Such as `model 2057:144`: the file, and each offset with its new byte.
  static let lines: [String] = {
    let path = Folders.package.appending(path: "Tests/RangefinderCLITests/Fixtures/damages.txt")
    let text = (try? String(contentsOf: path, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map(String.init)
  }()
}
