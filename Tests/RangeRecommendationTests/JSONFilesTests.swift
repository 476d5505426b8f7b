import ActivationProfiling
import Foundation
import PolynomialApproximation
import TestSupport
import Testing

@testable import RangeRecommendation

@Suite("JSON files")
struct JSONFilesTests {
  private static let made = Result {
    let recommendation = try SampleRecommendations.full()
    return (recommendation, try PolynomialSet(recommendation))
  }

  /// A file's bytes with one text in place of another that occurs in it.
  private static func edited(_ json: Data, _ old: String, _ new: String) throws -> Data {
    let text = String(decoding: json, as: UTF8.self)
    let range = try #require(text.range(of: old), "\(old)")
    return Data(text.replacingCharacters(in: range, with: new).utf8)
  }

  @Test("What is written reads back as it was.")
  func roundTrip() throws {
    let (recommendation, polynomials) = try Self.made.get()
    #expect(try Recommendation(json: recommendation.json(), name: "r") == recommendation)
    #expect(try PolynomialSet(json: polynomials.json(), name: "p") == polynomials)
    let seed = recommendation.chosenPolicy?.inference?.seed
    #expect(seed == .max)
  }

  @Test("Equal values have equal bytes, which end in a line break.")
  func determinism() throws {
    let (recommendation, polynomials) = try Self.made.get()
    #expect(try SampleRecommendations.full().json() == recommendation.json())
    #expect(try PolynomialSet(recommendation).json() == polynomials.json())
    for json in [try recommendation.json(), try polynomials.json()] {
      #expect(json.last == UInt8(ascii: "\n"))
    }
  }

  @Test("Keys are in snake case, and sorted.")
  func keys() throws {
    let (recommendation, polynomials) = try Self.made.get()
    for json in [try recommendation.json(), try polynomials.json()] {
      let keys = Schemas.keys(try JSONSerialization.jsonObject(with: json))
      #expect(keys.allSatisfy { $0.wholeMatch(of: /[a-z]+(_[a-z]+)*/) != nil })
      #expect(keys.contains("supremum_error"))
      let top = String(decoding: json, as: UTF8.self).split(separator: "\n")
        .compactMap { $0.firstMatch(of: /^  "([a-z_]+)"/).map { String($0.1) } }
      #expect(top == top.sorted() && top.contains("format"))
    }
    let keys = Schemas.keys(try JSONSerialization.jsonObject(with: recommendation.json()))
    #expect(keys.contains("weighted_rms_error"))
  }

  @Test("What is missing has no key.")
  func missing() throws {
    let (recommendation, polynomials) = try Self.made.get()
    for json in [try recommendation.json(), try polynomials.json()] {
      #expect(!String(decoding: json, as: UTF8.self).contains("null"))
    }
  }

  @Test("A file that is something else is refused with what is expected.")
  func otherFiles() throws {
    let (recommendation, polynomials) = try Self.made.get()
    let ranges = "'r.json' is not a ranges file (rangefinder recommend makes one): "
    func refusal(_ json: Data) -> String {
      message { _ = try Recommendation(json: json, name: "r.json") }
    }
    let noHeader = ranges + "it is not JSON with a 'format' and a 'version'."
    #expect(refusal(Data("no json".utf8)) == noHeader)
    #expect(refusal(Data("{}".utf8)) == noHeader)
    #expect(refusal(Data()) == noHeader)
    #expect(refusal(try polynomials.json()) == ranges + "its format is 'rangefinder polynomials'.")
    #expect(
      message { _ = try PolynomialSet(json: try recommendation.json(), name: "p.json") }
        == "'p.json' is not a polynomials file (rangefinder fit makes one): "
        + "its format is 'rangefinder ranges'.")
    #expect(
      refusal(try Self.edited(try recommendation.json(), "\"version\" : 1", "\"version\" : 2"))
        == ranges + "its version 2 is newer than 1, which this program reads.")
  }

  @Test("A missing key and a value of another type are refused with their place.")
  func damagedFiles() throws {
    let json = try Self.made.get().0.json()
    func refusal(_ old: String, _ new: String) throws -> String {
      let edited = try Self.edited(json, old, new)
      return message { _ = try Recommendation(json: edited, name: "r.json") }
    }
    let missing = try refusal("\"degree_limit\"", "\"limit\"")
    #expect(missing.hasSuffix(": 'degreeLimit' is missing."), "\(missing)")
    let deep = try refusal("\"multiplications\"", "\"products\"")
    #expect(
      deep.hasSuffix(": at sites.0.options.0.approximation, 'multiplications' is missing."),
      "\(deep)")
    let type = try refusal("\"degree_limit\" : 15", "\"degree_limit\" : \"x\"")
    #expect(type.contains("at degreeLimit, "), "\(type)")
    let method = try refusal("\"method\" : \"minimax\"", "\"method\" : \"spline\"")
    #expect(method.contains("r.json") && method.contains("spline"), "\(method)")
    let number = try refusal("\"degree_limit\" : 15", "\"degree_limit\" : 1e999")
    #expect(number.contains("r.json"), "\(number)")
  }

  @Test("A ranges file that contradicts itself is refused.")
  func contradictoryRanges() throws {
    func refusal(_ lower: Double, _ upper: Double, bound: Double = 1) throws -> String {
      let text = """
        {"format": "rangefinder ranges", "version": 1, "model": "m", "model_digest": "d",
         "data": [], "inputs": 1, "policy": "p", "tolerance_kind": "supremum", "tolerance": 1,
         "method": "minimax", "degree_limit": 9, "backend": "scalar",
         "policies": [{"label": "p", "promise": ""}],
         "sites": [{"site": "s", "layer": "l", "function": "relu", "refusals": [],
           "options": [
           {"policy": "p", "lower": \(lower), "upper": \(upper), "escape_probability": 0,
            "approximation": {"method": "minimax", "degree": 2, "meets_tolerance": true,
              "supremum_error": 1, "error_bound": \(bound), "depth": 2, "multiplications": 1}}]}]}
        """
      let start = "'r.json' is not a ranges file (rangefinder recommend makes one): "
      let found = message { _ = try Recommendation(json: Data(text.utf8), name: "r.json") }
      return found.hasPrefix(start) ? String(found.dropFirst(start.count)) : found
    }
    #expect(try refusal(-1, 1) == "no error")
    #expect(try refusal(1, -1) == "[1.0, -1.0] of 's' ends before it begins.")
    #expect(try refusal(1, 1) == "[1.0, 1.0] of 's' has no width, but a polynomial.")
    #expect(try refusal(-1, 1, bound: -1) == "the error bound of 's' is negative.")
    let other = try Self.edited(
      Self.made.get().0.json(), "\"policy\" : \"inference(0.8,0.9)\",\n  \"sites",
      "\"policy\" : \"p\",\n  \"sites")
    #expect(message { _ = try Recommendation(json: other, name: "r") }.contains("its policy 'p'"))
  }

  @Test("A polynomials file that contradicts itself is refused.")
  func contradictoryPolynomials() throws {
    let json = try Self.made.get().1.json()
    func refusal(_ old: String, _ new: String) throws -> String {
      let edited = try Self.edited(json, old, new)
      return message { _ = try PolynomialSet(json: edited, name: "p.json") }
    }
    #expect(
      try refusal("\"chebyshev\"", "\"monomial\"")
        == "'p.json' is not a polynomials file (rangefinder fit makes one): "
        + "the basis of 'layer/sigmoid' is 'monomial' instead of 'chebyshev'.")
    let upper = try refusal("\"upper\" : ", "\"upper\" : -1")
    #expect(upper.hasSuffix("of 'layer/sigmoid' is no interval."), "\(upper)")
    let degree = try refusal("\"degree\" : ", "\"degree\" : 1")
    #expect(degree.contains("'layer/sigmoid' has "), "\(degree)")
    let empty = try refusal("\"coefficients\" : [", "\"coefficients\" : [], \"c\" : [")
    #expect(empty.contains("'layer/sigmoid' has 0 coefficients for degree "), "\(empty)")
    let none = try refusal("\"coefficients\" : [", "\"c\" : [")
    #expect(
      none.hasSuffix("'layer/sigmoid' needs either coefficients, or a composite, or a rational."),
      "\(none)")
  }
}
