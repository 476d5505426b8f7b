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
