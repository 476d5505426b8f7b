import Foundation
import PolynomialApproximation
import RangeRecommendation
import TestSupport
import Testing

@Suite(
  "The schemas in docs/schemas",
  .enabled(if: Schemas.canValidate, "python3 cannot import jsonschema (pip install jsonschema)"))
struct SchemaTests {
  @Test("What is written is valid.")
  func written() throws {
    for recommendation in try [SampleRecommendations.plain(), SampleRecommendations.full()] {
      #expect(try Schemas.faults(recommendation.json(), "ranges") == "")
    }
    for set in try SampleRecommendations.polynomials() {
      #expect(try Schemas.faults(set.json(), "polynomials") == "")
    }
    #expect(try Schemas.faults(SampleRecommendations.comparison().json(), "comparison") == "")
  }

  @Test("Every key that can be written is in the schema, and no other key is.")
  func keys() throws {
    let samples = try [SampleRecommendations.plain(), SampleRecommendations.full()]
    for (files, schema) in [
      (try samples.map { try $0.json() }, "ranges"),
      (
        try SampleRecommendations.polynomials().map { try $0.json() }
          + [try SampleRecommendations.gapped().json()], "polynomials"
      ),
      ([try SampleRecommendations.comparison().json()], "comparison"),
    ] {
      let written = try files.reduce(into: Set<String>()) {
        $0.formUnion(Schemas.keys(try JSONSerialization.jsonObject(with: $1)))
      }
      let allowed = try Schemas.properties(schema)
      #expect(allowed.symmetricDifference(written) == [])
    }
  }

  @Test("A key too many, one too few, and a value of another kind are not valid.")
  func faults() throws {
    let recommendation = try SampleRecommendations.full()
    let ranges = String(decoding: try recommendation.json(), as: UTF8.self)
    let polynomials = String(
      decoding: try PolynomialSet(recommendation).json(), as: UTF8.self)
    for (text, schema, old, new) in [
      (ranges, "ranges", "\"degree_limit\"", "\"limit\""),
      (ranges, "ranges", "\"version\" : 1", "\"version\" : 2"),
      (ranges, "ranges", "\"tolerance\" : ", "\"tolerance\" : -"),
      (ranges, "ranges", "\"minimax\"", "\"spline\""),
      (ranges, "ranges", "\"refusal\"", "\"refused\""),
      (polynomials, "polynomials", "\"chebyshev\"", "\"monomial\""),
      (polynomials, "polynomials", "\"coefficients\" : [", "\"coefficients\" : [\"x\","),
      (polynomials, "polynomials", "\"reason\"", "\"because\""),
      (polynomials, "polynomials", "\"coefficients\"", "\"values\""),
    ] {
      let range = try #require(text.range(of: old))
      let edited = Data(text.replacingCharacters(in: range, with: new).utf8)
      #expect(try Schemas.faults(edited, schema) != "", "\(old) → \(new)")
    }
  }
}

/// Validation by Python's jsonschema.
enum Schemas {
  static let canValidate = (try? python(["-c", "import jsonschema"]))?.status == 0

  private static func path(_ schema: String) -> String {
    Folders.package.appending(path: "docs/schemas/\(schema).schema.json").path
  }

  /// The faults that the validator finds, a line each.
  static func faults(_ json: Data, _ schema: String) throws -> String {
    let script = """
      import json, sys
      from jsonschema import Draft202012Validator as Validator
      schema = json.load(open(sys.argv[1]))
      Validator.check_schema(schema)
      for fault in Validator(schema).iter_errors(json.load(open(sys.argv[2]))):
        print(fault.json_path, fault.message)
      """
    let scratch = try Scratch()
    let outcome = try python(["-c", script, path(schema), try scratch.file("f.json", json)])
    try #require(outcome.status == 0, "\(outcome.output)")
    return outcome.output
  }

  /// The keys of all objects in a JSON value.
  static func keys(_ value: Any) -> Set<String> {
    switch value {
    case let object as [String: Any]:
      object.values.reduce(Set(object.keys)) { $0.union(keys($1)) }
    case let array as [Any]: array.reduce([]) { $0.union(keys($1)) }
    default: []
    }
  }

  /// The names of all properties that a schema allows.
  static func properties(_ schema: String) throws -> Set<String> {
    func names(_ value: Any) -> Set<String> {
      guard let object = value as? [String: Any] else {
        return (value as? [Any])?.reduce([]) { $0.union(names($1)) } ?? []
      }
      let own = (object["properties"] as? [String: Any]).map { Set($0.keys) } ?? []
      return object.values.reduce(own) { $0.union(names($1)) }
    }
    let data = try Data(contentsOf: URL(filePath: path(schema)))
    return names(try JSONSerialization.jsonObject(with: data))
  }

  private static func python(_ arguments: [String]) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3"] + arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }
}
