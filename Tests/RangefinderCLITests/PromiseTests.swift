import Foundation
import TestSupport
import Testing

@Suite("Promises held against inputs, boxes and new data")
struct PromiseTests {
  private let scratch: Scratch
  private let sample = SamplePaths("digits-mlp")
  private let profile: String

  init() throws {
    scratch = try Scratch()
    profile = scratch.path("p.h5")
    _ = try Program.succeed(["profile", sample.model, "--data", sample.data, "-o", profile])
  }

  private func recommend(_ arguments: String...) throws -> Program.Outcome {
    try Program.run(["recommend", profile, "--max-degree", "7"] + arguments)
  }

  @Test("Held-out inputs are shown beside what was promised, in the table and in the file.")
  func holdout() throws {
    let table = try recommend("--holdout", "0.2", "--coverage", "0.95")
    #expect(table.code == 0)
    #expect(table.output.contains("held out: 120") && table.output.contains("95 % interval"))
    let object = try Program.object(
      try recommend("--holdout", "0.2", "--coverage", "0.95", "--json").output)
    let holdout = try #require(object["holdout"] as? [String: Any])
    #expect(holdout["held_out"] as? Int == 120 && holdout["calibrated"] as? Int == 480)
    for policy in try #require(object["policies"] as? [[String: Any]])
    where policy["refusal"] == nil {
      let truth = try #require(policy["held_out"] as? [String: Any])
      #expect(truth["inputs"] as? Int == 120)
    }
  }

  @Test("A promise that the inputs left cannot support exits with 3 and the number that would.")
  func refusal() throws {
    let outcome = try recommend("--holdout", "0.2")
    #expect(outcome.code == 3)
    // 299 scores need 598 inputs, which are left of 747.
    #expect(outcome.errors.contains("from 480 inputs: it needs at least 747"))
  }

  @Test("A script is told what it asked for with exit code 4, after the results.")
  func failOn() throws {
    let file = scratch.path("r.json")
    let missed = try recommend(
      "--coverage", "0.9", "--tolerance", "1e-6", "--fail-on", "tolerance", "-o", file)
    #expect(missed.code == 4)
    #expect(missed.errors.contains("--fail-on tolerance: no polynomial will do at "))
    #expect(FileManager.default.fileExists(atPath: file))
    #expect(
      try recommend("--coverage", "0.9", "--fail-on", "tolerance", "--tolerance", "9").code == 0)
    let refused = try recommend("--coverage", "0.9", "--fail-on", "refusal", "--holdout", "0.5")
    #expect(refused.code == 4 && refused.errors.contains("inference(0.99,0.95)"))
    #expect(
      try recommend("--coverage", "0.9", "--holdout", "0.2", "--fail-on", "holdout").code == 0)
    #expect(try recommend("--fail-on", "holdout").code == 2)
  }

  @Test("Certified intervals hold the observed range, and say how much wider they are.")
  func certified() throws {
    let outcome = try recommend(
      "--policy", "certified", "--model", sample.model, "--data", sample.data, "--json")
    try #require(outcome.code == 0, "\(outcome.errors)")
    let object = try Program.object(outcome.output)
    #expect(object["policy"] as? String == "certified(data)")
    for site in try #require(object["sites"] as? [[String: Any]]) {
      let options = try #require(site["options"] as? [[String: Any]])
      func option(_ policy: String) -> [String: Any]? {
        options.first { $0["policy"] as? String == policy }
      }
      let (proved, seen) = try (#require(option("certified(data)")), #require(option("minmax(1)")))
      let ends = try ["lower", "upper"].map {
        (try #require(proved[$0] as? Double), try #require(seen[$0] as? Double))
      }
      #expect(ends[0].0 <= ends[0].1 && ends[1].0 >= ends[1].1)
      let ratio = try #require(proved["observed_ratio"] as? Double)
      #expect(abs(ratio - (ends[1].0 - ends[0].0) / (ends[1].1 - ends[0].1)) < 1e-9 * ratio)
    }
    let boxed = try recommend(
      "--policy", "certified", "--model", sample.model, "--input-box", "-1:1")
    #expect(boxed.code == 0 && boxed.output.contains("certified(-1:1)"))
  }

  @Test("A box without a network, a network without a box, and another network are said.")
  func badBoxes() throws {
    #expect(try recommend("--input-box", "0:1").code == 2)
    #expect(try recommend("--policy", "certified").code == 2)
    #expect(try recommend("--model", sample.model).code == 2)
    #expect(try recommend("--model", sample.model, "--input-box", "1:0").code == 2)
    let other = try recommend("--model", SamplePaths("mnist-cnn").model, "--input-box", "0:1")
    #expect(other.code == 1)
    #expect(other.errors.contains("is not the network that was profiled"))
  }

  @Test("Tails and shortest intervals are policies like the others.")
  func otherPolicies() throws {
    let shortest = try recommend("--policy", "quantile", "--shortest", "--share", "0.99")
    #expect(shortest.code == 0 && shortest.output.contains("quantile(0.99,shortest)  ← used"))
    let tail = try recommend("--policy", "tail", "--exceedance", "1e-3")
    // Every site needs both of its tails; the program says which it lacks.
    #expect([0, 3].contains(tail.code))
    #expect(tail.code == 0 || tail.errors.contains("no extrapolation is supported"))
    #expect(try recommend("--coverage", "0.9").output.contains("tail(0.0001,0.95)"))
  }

  @Test("A profile compared with itself has not drifted; one of other data has, by exit code 4.")
  func compare() throws {
    let same = try Program.run([
      "compare", profile, profile, "--coverage", "0.9", "--fail-on", "drift",
    ])
    #expect(same.code == 0 && same.output.contains("No site moved"))
    let scaled = scratch.path("scaled.h5")
    _ = try Program.succeed([
      "profile", sample.model, "--data", sample.data, "--scale", "2", "-o", scaled,
    ])
    let moved = try Program.run([
      "compare", profile, scaled, "--coverage", "0.9", "--fail-on", "drift", "--json",
      "--report", scratch.path("comparison"),
    ])
    let page = String(decoding: try scratch.bytes("comparison/index.html"), as: UTF8.self)
    #expect(page.hasSuffix("</html>\n"))
    #expect(try scratch.bytes("comparison/comparison.json") == Array(moved.output.utf8))
    #expect(moved.code == 4 && moved.errors.contains("--fail-on drift"))
    let object = try Program.object(moved.output)
    #expect(object["format"] as? String == "rangefinder comparison")
    let sites = try #require(object["sites"] as? [[String: Any]])
    #expect(sites.contains { $0["has_moved"] as? Bool == true })
    let refused = try Program.run(["compare", profile, scaled, "--coverage", "0.999"])
    #expect(refused.code == 3 && refused.errors.contains("5990"))
    let margin = try Program.run(["compare", profile, scaled, "--margin", "10"])
    #expect(margin.code == 0 && margin.output.contains("minmax(10)"))
  }
}
