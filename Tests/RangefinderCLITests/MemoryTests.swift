import Foundation
import TestSupport
import Testing

@Suite("The memory of a run")
struct MemoryTests {
  @Test(
    "A run takes no more than inspect says before it.", arguments: ["mnist-cnn", "mnist-resnet"])
  func bound(name: String) throws {
    let (sample, scratch) = (SamplePaths(name), try Scratch())
    let inspected = try Program.succeed([
      "inspect", sample.model, "--memory", "--threads", "2", "--samples", "600", "--json",
    ])
    let memory = try #require(try Program.object(inspected.output)["memory"] as? [String: Any])
    let total = try #require(memory["total"] as? Int)
    let parts = ["program_and_network", "activations", "recorders", "profile", "file"]
    #expect(parts.reduce(0) { $0 + (memory[$1] as? Int ?? .max) } == total)

    // GNU time prints the largest resident set in KiB.
    guard Tool.has("/usr/bin/time") else {
      print("There is no /usr/bin/time here: what a run takes is not compared.")
      return
    }
    let run = try Tool.run(
      "/usr/bin/time",
      [
        "-f", "%M", Program.path, "profile", sample.model, "--data", sample.data, "--samples",
        "600",
        "--threads", "2", "--quiet", "-o", scratch.path("p.h5"),
      ])
    let peak = try #require(Int(run.errors.split(separator: "\n").last ?? ""))
    #expect(peak * 1024 <= total)
  }

  @Test("The bound is a table, and holds for any number of samples unless told.")
  func table() throws {
    let model = SamplePaths("digits-mlp").model
    let any = try Program.succeed(["inspect", model, "--memory", "--threads", "1"])
    #expect(any.output.contains("memory of a run over any number of samples, at most"))
    #expect(any.output.contains("1 worker: activations"))
    let few = try Program.succeed(["inspect", model, "--memory", "--samples", "10", "--json"])
    #expect((try Program.object(few.output)["memory"] as? [String: Any])?["samples"] as? Int == 10)
    #expect(try Program.run(["inspect", model, "--memory", "--threads", "0"]).code == 2)
    #expect(try Program.run(["inspect", model, "--memory", "--samples", "0"]).code == 2)
  }
}
