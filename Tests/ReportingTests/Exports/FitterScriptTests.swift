import Foundation
import PolynomialApproximation
import RangeRecommendation
import TestSupport
import Testing

@testable import Reporting

@Suite("Exports to other fitters")
struct FitterScriptTests {
  @Test(
    "Sollya measures the errors that we report, and its own remez finds no smaller ones.",
    .enabled(if: Tool.has("sollya"), "there is no sollya: apt-get install sollya"))
  func sollya() throws {
    let contents = ExportSamples.contents
    let scratch = try Scratch()
    let script = try scratch.file("export.sollya", try SollyaExport().file(contents).bytes)
    let outcome = try Tool.run("sollya", [script])
    try #require(outcome.status == 0, "\(outcome.errors)")
    let lines = outcome.output.split(separator: "\n")
    try #require(lines.count == contents.entries.count, "\(outcome.output)\(outcome.errors)")
    for (line, entry) in zip(lines, contents.entries) {
      let errors = line.split(separator: " ").suffix(2).compactMap { Double($0) }
      try #require(errors.count == 2, "\(line)")
      let error = entry.record.supremumError
      // Both measure by sampling and refining; the coefficients are rounded to 53 bits.
      #expect(abs(errors[0] - error) <= 1e-6 * error, "\(line)")
      #expect(abs(errors[1] - error) <= 1e-6 * error, "\(line)")
    }
  }

  @Test(
    "Every function's formula has its values.",
    .enabled(if: Tool.has("python3"), "there is no python3"))
  func formulas() throws {
    let functions = try TargetFunction.knownNames.map { name in
      try TargetFunction(name.replacingOccurrences(of: "(…)", with: "(0.75)"))
    }
    let points = [-7.5, -2.75, -1, -0.3, 0.2, 0.5, 1, 2, 2.9, 6.5]
    let script = """
      from math import *
      import json
      abs = fabs
      rows = []
      for formula in json.load(open("formulas.json")):
          row = []
          for x in \(points):
              try:
                  y = eval(formula.replace("^", "**"))
                  row.append(y if isinstance(y, float) else None)
              except (ValueError, ZeroDivisionError):
                  row.append(None)
          rows.append(row)
      print(json.dumps(rows))
      """
    let scratch = try Scratch()
    _ = try scratch.file("formulas.json", JSONEncoder().encode(functions.map { $0.formula() }))
    let file = try scratch.file("script.py", Array(script.utf8))
    let outcome = try Tool.run("python3", [file], in: scratch.path(""))
    let rows = try JSONDecoder().decode([[Double?]].self, from: Data(outcome.output.utf8))
    for (function, row) in zip(functions, rows) {
      for (x, value) in zip(points, row) where function.admissibleDomain.contains(x) {
        let value = try #require(value, "\(function)(\(x))")
        let exact = function(x)
        // Formulas are not written against cancellation.
        #expect(abs(value - exact) <= 1e-14 * max(1, abs(exact)), "\(function)(\(x))")
      }
    }
  }

  @Test(
    "Chebfun's script is MATLAB: Octave evaluates its functions.",
    .enabled(if: Tool.has("octave-cli"), "there is no octave-cli"))
  func chebfun() throws {
    let contents = ExportSamples.contents
    let scratch = try Scratch()
    // Octave has no Chebfun: what stands for it evaluates the series by its definition.
    let stand = """
      function p = chebfun(c, ends, varargin)
        if isa(c, 'function_handle')
          p = c;
        else
          p = @(x) cos(acos((2*x - sum(ends))/diff(ends))*(0:numel(c)-1))*c;
        end
      end
      """
    _ = try scratch.file("chebfun.m", Array(stand.utf8))
    _ = try scratch.file("minimax.m", Array("function p = minimax(f, n)\n  p = f;\nend\n".utf8))
    let checks = contents.entries.map { entry in
      "x = linspace(\(entry.record.lower), \(entry.record.upper), 101)';\n"
        + "printf('%.9g %.9g\\n', max(abs(\(entry.identifier)(x) - \(entry.identifier)_f(x))), "
        + "\(entry.identifier)_minimax(1.25));"
    }
    let text = try ExportSamples.text(ChebfunExport())
    let file = try scratch.file(
      "script.m", Array((text + checks.joined(separator: "\n")).utf8))
    let outcome = try Tool.run("octave-cli", ["--quiet", file], in: scratch.path(""))
    let lines = outcome.output.split(separator: "\n")
    try #require(lines.count == contents.entries.count, "\(outcome.errors)")
    for (line, entry) in zip(lines, contents.entries) {
      let numbers = line.split(separator: " ").map { Double($0)! }
      // The largest of 101 places is at most the largest of all, and near it.
      #expect(numbers[0] <= entry.record.supremumError * 1.000_001)
      #expect(numbers[0] >= entry.record.supremumError * 0.9)
      #expect(abs(numbers[1] - entry.function(1.25)) < 1e-8)
    }
  }

  @Test("lolremez gets the function and the interval, and a square root for relu.")
  func lolremez() throws {
    let text = try ExportSamples.text(LolremezExport())
    #expect(text.contains("lolremez --double -d 15 -r \"-8.0:8.0\" \"1/(1 + exp(-x))\"\n"))
    #expect(text.contains("# p(x) = 0.5*x + 0.5*q(x*x)\n"))
    #expect(text.contains("lolremez --double -d 7 -r \"0:25.0\" \"sqrt(x)\"\n"))
  }
}
