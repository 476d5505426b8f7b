import TestSupport
import Testing

@Suite("Runs that end when intervals are known")
struct UntilStableTests {
  private let sample = SamplePaths("digits-mlp")

  private func run(_ scratch: Scratch, _ name: String, _ more: [String]) throws -> Program.Outcome {
    try Program.succeed(
      ["profile", sample.model, "--data", sample.data, "-o", scratch.path(name)] + more)
  }

  @Test("A run ends at the same block whatever the threads, and says what it saved.")
  func end() throws {
    let scratch = try Scratch()
    let rule = ["--until-stable", "0.5", "--coverage", "0.8"]
    let one = try run(scratch, "1.h5", rule + ["--threads", "1"])
    #expect(one.errors.contains("Stable: after 256 inputs the intervals are known to within 0."))
    #expect(one.errors.hasSuffix(" of their widths; 344 inputs were saved.\n"))
    let two = try run(scratch, "2.h5", rule + ["--threads", "2", "--checkpoint-interval", "0"])
    #expect(two.errors.hasSuffix(one.errors.split(separator: "\n").last! + "\n"))
    #expect(try scratch.bytes("1.h5") == scratch.bytes("2.h5"))
    _ = try run(scratch, "first.h5", ["--shard", "1/3"])
    #expect(try scratch.bytes("1.h5") == scratch.bytes("first.h5"))
  }

  @Test("A run that is never stable runs all inputs, and says how far it came.")
  func never() throws {
    let scratch = try Scratch()
    let close = try run(scratch, "p.h5", ["--until-stable", "0.0001", "--coverage", "0.9"])
    #expect(close.errors.contains("Not stable: after 600 inputs the intervals are known to within"))
    let few = try run(scratch, "p.h5", ["--until-stable", "0.1", "--coverage", "0.999", "--json"])
    let stability = try #require(try Program.object(few.output)["stability"] as? [String: Any])
    #expect(stability["is_stable"] as? Bool == false)
    #expect(stability["inputs_run"] as? Int == 600)
    #expect(stability["inputs_saved"] as? Int == 0)
    #expect(stability["slack"] == nil)
  }

  @Test("A share is between 0 and 1, and a shard does not end early.")
  func usage() throws {
    let common = ["profile", sample.model, "--data", sample.data, "-o", "p.h5"]
    for more in [
      ["--until-stable", "1"], ["--until-stable", "0"], ["--coverage", "1.5"],
      ["--until-stable", "0.1", "--shard", "1/2"],
    ] {
      #expect(try Program.run(common + more).code == 2)
    }
  }
}
