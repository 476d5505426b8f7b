import Foundation
import PolynomialApproximation
import RangeRecommendation
import TestSupport
import Testing

@testable import Reporting

/// Polynomials for exports, and what a tool made of them.
enum ExportSamples {
  /// Even, odd, with a kink, on a skewed interval, with names that no language likes.
  static let contents: ExportContents = {
    do {
      let records = try [
        ("dense/sigmoid", record(.sigmoid, -8, 8, 15)), ("dense/tanh", record(.tanh, -4, 4, 13)),
        ("conv 1/softplus", record(.softplus, -8, 8, 12)),
        ("conv 1/relu", record(.relu, -5, 5, 14)),
        ("we\"ird\\na\nme\u{2028}/gelu#2", record(.gelu, -3, 5.25, 9)),
      ]
      return try sample(records)
    } catch {
      preconditionFailure("\(error)")
    }
  }()

  /// A composite and a quotient.
  static let composed: ExportContents = {
    do {
      let unit = Interval(-4...4)
      return try sample([
        ("relu", PolynomialRecord(Fit(composing: [7, 7], for: .relu, on: unit))),
        ("abs", PolynomialRecord(Fit(composing: [3, 5], for: .abs, on: unit))),
        ("softplus", record(.softplus, -6, 6, 6, method: .rational)),
      ])
    } catch {
      preconditionFailure("\(error)")
    }
  }()

  static func record(
    _ function: TargetFunction, _ lower: Double, _ upper: Double, _ degree: Int,
    method: FitMethod = .minimax
  ) throws -> PolynomialRecord {
    PolynomialRecord(
      try Fit(
        of: function, on: Interval(lower: lower, upper: upper), degree: degree, method: method))
  }

  static func sample(_ records: [(String, PolynomialRecord)]) throws -> ExportContents {
    try ExportContents(
      model: "sample", records: records,
      ranges: records.map { .init(name: $0, lower: $1.lower, upper: $1.upper) },
      json: Array("{}\n".utf8))
  }

  /// Equally spaced places on an interval, both ends included.
  static func points(_ entry: ExportContents.Entry, count: Int) -> [Double] {
    let (lower, upper) = (entry.record.lower, entry.record.upper)
    return (0..<count).map { lower + (upper - lower) * Double($0) / Double(count - 1) }
  }

  /// Writes the points of every site as JSON.
  static func pointsFile(
    _ contents: ExportContents, count: Int, in scratch: Scratch
  ) throws -> String {
    let points = contents.entries.map { Self.points($0, count: count) }
    return try scratch.file("points.json", JSONEncoder().encode(points))
  }

  /// Compares lists of values, one a site, with the polynomials: the largest difference of each.
  static func differences(
    _ values: [[Double]], from contents: ExportContents, count: Int
  ) throws -> [Double] {
    try #require(values.count == contents.entries.count)
    return try zip(contents.entries, values).map { entry, values in
      let points = Self.points(entry, count: count)
      try #require(values.count == points.count)
      return zip(points, values).map { abs(entry.approximant($0) - $1) }.max()!
    }
  }

  /// Writes the module of an export, lets Python run a script beside it that prints the values of
  /// all sites as JSON, and returns the largest difference of each site.
  ///
  /// - Parameters:
  ///   - file: What the export is called.
  ///   - script: It finds the export as `module`, the points, a list a site, as `points`,
  ///     and the names of the sites as `names`; it leaves a list of values a site in
  ///     `values`.
  static func pythonDifferences(
    _ export: some FitterExport, as file: String = "module.py",
    _ contents: ExportContents = contents, count: Int = 101, script: String
  ) throws -> [Double] {
    let scratch = try Scratch()
    _ = try scratch.file(file, try export.file(contents).bytes)
    _ = try pointsFile(contents, count: count, in: scratch)
    _ = try scratch.file("names.json", JSONEncoder().encode(contents.entries.map(\.name)))
    let whole = """
      import json
      \(file == "module.py" ? "import module" : "")
      points = json.load(open("points.json"))
      names = json.load(open("names.json"))
      \(script)
      print("values", json.dumps([[float(y) for y in ys] for ys in values]))
      """
    let program = try scratch.file("script.py", Array(whole.utf8))
    let outcome = try Tool.run(Tool.python, [program], in: scratch.path(""))
    try #require(outcome.status == 0, "\(outcome.errors)")
    let line = try #require(outcome.output.split(separator: "\n").last { $0.hasPrefix("values ") })
    let values = try JSONDecoder().decode([[Double]].self, from: Data(line.dropFirst(7).utf8))
    return try differences(values, from: contents, count: count)
  }

  static func text(_ export: some FitterExport, _ contents: ExportContents = contents) throws
    -> String
  {
    String(decoding: try export.file(contents).bytes, as: UTF8.self)
  }
}

extension ExportContents: CustomTestStringConvertible {
  public var testDescription: String { entries.map(\.name).joined(separator: ", ") }
}
