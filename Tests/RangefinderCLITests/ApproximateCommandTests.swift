import Foundation
import FoundationXML
import TestSupport
import Testing

@testable import RangefinderCLI

@Suite("rangefinder approximate")
struct ApproximateCommandTests {
  @Test("The error of sigmoid on ±8 at degree 15 is the published one.")
  func sigmoid() throws {
    let outcome = try Program.succeed([
      "approximate", "sigmoid", "--interval", "-8:8", "--degree", "15", "--json",
    ])
    let object = try Program.object(outcome.output)
    let error = try #require(object["supremum_error"] as? Double)
    #expect(abs(error - 8.789e-4) < 0.0005e-4)
    #expect(object["basis"] as? String == "chebyshev")
    #expect((object["coefficients"] as? [Double])?.count == 16)
    #expect(object["depth"] as? Int == 4)
  }

  @Test("The error of relu on ±1 at degree 8 is half that of the absolute value.")
  func relu() throws {
    let outcome = try Program.succeed([
      "approximate", "relu", "--interval", "-1:1", "--degree", "8", "--json",
    ])
    let error = try #require(try Program.object(outcome.output)["supremum_error"] as? Double)
    // E₈/2 of |x| on [-1, 1], to the digits that are published.
    #expect(abs(error - 0.034_689_728_1 / 2) < 1e-10)
  }

  @Test("A tolerance gives the least degree that meets it.")
  func tolerance() throws {
    let outcome = try Program.succeed([
      "approximate", "sigmoid", "--interval", "-8:8", "--tolerance", "1e-3", "--json",
    ])
    #expect(try Program.object(outcome.output)["degree"] as? Int == 15)
  }

  @Test("Two numbers after --interval are its ends.")
  func intervalOfTwoWords() {
    #expect(
      Rangefinder.joiningIntervals(["approximate", "relu", "--interval", "-8", "8", "--json"])
        == ["approximate", "relu", "--interval", "-8:8", "--json"])
    let already = ["approximate", "relu", "--interval", "-8:8", "--degree", "3"]
    #expect(Rangefinder.joiningIntervals(already) == already)
  }

  @Test("A tolerance out of reach fails with what the limit reaches.")
  func unreachable() throws {
    let outcome = try Program.run([
      "approximate", "relu", "--interval", "-1:1", "--tolerance", "1e-6",
    ])
    #expect(outcome.code == 1)
    #expect(outcome.errors.contains("no degree up to 127"))
    #expect(outcome.output.isEmpty)
  }

  @Test("A backend decides the degrees that are tried, and the depth.")
  func backend() throws {
    let outcome = try Program.succeed([
      "approximate", "sigmoid", "--interval", "-8:8", "--tolerance", "1e-3", "--json",
      "--backend", "ckks-openfhe",
    ])
    let object = try Program.object(outcome.output)
    #expect(object["degree"] as? Int == 27)
    #expect(object["depth"] as? Int == 6)
    #expect(object["backend"] as? String == "ckks-openfhe")
  }

  @Test("All methods stand side by side, those that fail with their reason.")
  func compare() throws {
    let outcome = try Program.succeed([
      "approximate", "relu", "--interval", "-8:8", "--degree", "6", "--compare", "--json",
    ])
    let object = try Program.object(outcome.output)
    let fits = try #require(object["fits"] as? [[String: Any]])
    let failures = try #require(object["failures"] as? [[String: Any]])
    let methods = (fits + failures).compactMap { $0["method"] as? String }
    #expect(Set(methods).isSuperset(of: ["taylor", "chebyshev", "minimax"]))
    #expect(Set(methods).count == methods.count)
    let text = try Program.succeed([
      "approximate", "exp", "--interval", "0:1", "--degree", "6", "--compare",
    ]).output
    #expect(text.hasPrefix("exp on 0:1\nmethod"))
    #expect(text.contains("\ntaylor"))
  }

  @Test("An export goes to standard output or a file; warnings go elsewhere.")
  func export() throws {
    let scratch = try Scratch()
    let file = scratch.path("series.py")
    let arguments = [
      "approximate", "relu", "--interval", "-8:8", "--degree", "60", "--export", "orion",
    ]
    let printed = try Program.succeed(arguments)
    let written = try Program.succeed(arguments + ["-o", file])
    #expect(printed.output.utf8.elementsEqual(try scratch.bytes("series.py")))
    #expect(printed.errors.hasPrefix("warning: relu: in powers"))
    #expect(written.output.isEmpty)
    #expect(try Program.succeed(arguments + ["--quiet"]).errors.isEmpty)
  }

  @Test("A plot is an SVG file with the function, the polynomial and the error.")
  func plot() throws {
    let scratch = try Scratch()
    _ = try Program.succeed([
      "approximate", "sigmoid", "--interval", "-8:8", "--degree", "7", "--plot",
      scratch.path("plot.svg"),
    ])
    let parser = XMLParser(data: Data(try scratch.bytes("plot.svg")))
    #expect(parser.parse())
  }

  @Test("Help lists every format.")
  func help() throws {
    for command in ["approximate", "fit"] {
      let text = try Program.succeed([command, "--help"]).output
      for name in ["openfhe", "lattigo", "heir", "sollya", "onnx-runtime"] {
        #expect(text.contains("\n  \(name)  "), "\(command) \(name)")
      }
    }
  }

  @Test(
    "Wrong words end with exit code 2 and what would be right.",
    arguments: [
      (["approximate", "relu", "--interval", "8:-8", "--degree", "3"], "takes two ends"),
      (["approximate", "relu", "--interval", "-8:8"], "either --degree or --tolerance"),
      (["approximate", "rleu", "--interval", "-8:8", "--degree", "3"], "known are"),
      (["approximate", "relu", "--interval", "-8:8", "--degree", "999"], "from 0 to 512"),
      (
        ["approximate", "relu", "--interval", "-8:8", "--degree", "3", "--export", "x"],
        "openfhe"
      ),
      (
        ["approximate", "relu", "--interval", "-8:8", "--degree", "3", "--export", "c", "--json"],
        "either --export or --json"
      ),
      (
        ["approximate", "relu", "--interval", "-8:8", "--degree", "3", "--compare", "--plot", "x"],
        "take one"
      ),
      (["approximate", "relu", "--interval", "-8:8", "--degree", "3", "-o", "x"], "-o takes"),
      (
        ["approximate", "relu", "--interval", "-8:8", "--degree", "3", "--method", "density"],
        "give --weights PROFILE:SITE"
      ),
    ])
  func usage(arguments: [String], words: String) throws {
    let outcome = try Program.run(arguments)
    #expect(outcome.code == 2)
    #expect(outcome.errors.contains(words))
  }
}
