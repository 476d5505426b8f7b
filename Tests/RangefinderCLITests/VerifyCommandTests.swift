import Foundation
import TestSupport
import Testing

@Suite("rangefinder verify")
struct VerifyCommandTests {
  private let sample = SamplePaths("digits-mlp")
  private let scratch: Scratch
  private let (ranges, polynomials): (String, String)

  init() throws {
    scratch = try Scratch()
    let profile = scratch.path("p.h5")
    (ranges, polynomials) = (scratch.path("ranges.json"), scratch.path("polynomials.json"))
    _ = try Program.succeed([
      "profile", sample.model, "--data", "\(sample.data):/x", "-o", profile, "--quiet",
    ])
    _ = try Program.succeed(["recommend", profile, "-o", ranges])
    _ = try Program.succeed(["fit", ranges, "-o", polynomials])
  }

  private func verify(_ polynomials: String, _ more: [String] = []) throws -> Program.Outcome {
    try Program.run(
      ["verify", sample.model, "--data", "\(sample.data):/x_heldout", "--polynomials", polynomials]
        + more)
  }

  @Test("The recommended polynomials keep the class of 99 % of new inputs; Taylor series do not.")
  func classes() throws {
    let file = scratch.path("verification.json")
    let outcome = try verify(polynomials, ["-o", file, "--quiet", "--threads", "1"])
    #expect(outcome.code == 0 && outcome.errors.isEmpty)
    #expect(outcome.output.contains("same class"))
    let printed = try verify(polynomials, ["--json", "--quiet", "--threads", "2"])
    #expect(
      printed.output == String(decoding: try scratch.bytes("verification.json"), as: UTF8.self))
    func share(_ text: String) throws -> Double {
      let agreement = try #require(try Program.object(text)["agreement"] as? [String: Any])
      return try #require(agreement["share"] as? Double)
    }
    #expect(try share(printed.output) >= 0.99)

    let (profile, folder) = (scratch.path("p.h5"), scratch.path("report"))
    let report = try Program.succeed(["report", profile, ranges, polynomials, file, "-o", folder])
    #expect(report.output.contains("of 400 inputs keep their class; 0 blew up."))
    let page = String(decoding: try scratch.bytes("report/index.html"), as: UTF8.self)
    #expect(page.contains("<h2>With polynomials in place</h2>"))
    #expect(page.contains("data.h5:/x_heldout"))
    #expect(page.contains("verification.json"))
    #expect(try scratch.bytes("report/verification.json") == scratch.bytes("verification.json"))

    let taylor = scratch.path("taylor.json")
    _ = try Program.succeed(["fit", ranges, "--method", "taylor", "-o", taylor])
    #expect(try share(try verify(taylor, ["--json", "--quiet"]).output) < 0.5)
  }

  @Test("--reprofile gives polynomials that nothing leaves, or fails and names the site.")
  func reprofile() throws {
    let folder = scratch.path("refitted")
    let options = ["--ranges", ranges, "--quiet", "--calibration", "\(sample.data):/x"]
    _ = try Program.succeed(
      [
        "verify", sample.model, "--data", "\(sample.data):/x", "--polynomials", polynomials,
        "--reprofile", "4", "--refitted", folder, "-o", scratch.path("v.json"),
      ] + options)
    let again = try verify("\(folder)/polynomials.json", ["--json", "--quiet"])
    #expect(try Program.object(again.output)["agreement"] != nil)
    let found = try Program.object(String(decoding: try scratch.bytes("v.json"), as: UTF8.self))
    #expect((found["escapes"] as? [String: Any])?["escaped"] as? Int == 0)

    let poor = scratch.path("poor.json")
    _ = try Program.succeed(["fit", ranges, "--method", "taylor", "-o", poor])
    let failed = try verify(poor, ["--reprofile", "1"] + options)
    #expect(failed.code == 1)
    #expect(failed.errors.contains("after 1 round the polynomial network still leaves"))
    #expect(try verify(poor, ["--reprofile"]).code == 2)
    #expect(try verify(poor, ["--refitted", folder]).code == 2)
  }

  @Test("What does not belong together is refused.")
  func refusals() throws {
    let missing = try verify(polynomials, ["--max-pooling", "composite"])
    #expect(missing.code == 2 && missing.errors.contains("--ranges"))
    let stranger = try verify(polynomials, ["--only", "dense9/tanh"])
    #expect(stranger.code == 1)
    #expect(stranger.errors.contains("'dense9/tanh' is no site with a polynomial"))
    let other = try verify(ranges)
    #expect(other.code == 1)
    #expect(other.errors.contains("is not a polynomials file"))
    let text = String(decoding: try scratch.bytes("polynomials.json"), as: UTF8.self)
    let edited = try scratch.file(
      "other.json", text.replacing("\"model_digest\" : \"", with: "\"model_digest\" : \"0").utf8)
    #expect(try verify(edited).errors.contains("the polynomials are for the network with digest 0"))
  }
}
