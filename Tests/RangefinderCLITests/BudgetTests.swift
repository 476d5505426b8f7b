import TestSupport
import Testing

@Suite("rangefinder recommend --budget")
struct BudgetTests {
  @Test("Degrees keep the budget, and what they lose is printed beside uniform ones.")
  func depth() throws {
    let (sample, scratch) = (SamplePaths("digits-mlp"), try Scratch())
    let profile = scratch.path("p.h5")
    _ = try Program.succeed([
      "profile", sample.model, "--data", sample.data, "-o", profile, "--quiet",
    ])
    func recommend(_ budget: String, _ more: [String] = []) throws -> Program.Outcome {
      try Program.run(
        ["recommend", profile, "--budget", budget, "--max-degree", "15", "--quiet"] + more)
    }
    let network = ["--model", sample.model, "--data", sample.data, "--samples", "128"]
    let ranges = scratch.path("ranges.json")
    let found = try recommend("depth=12", network + ["-o", ranges])
    #expect(found.code == 0)
    #expect(found.output.contains("\nallocated ") && found.output.contains("\nuniform "))
    let polynomials = try Program.succeed(["fit", ranges, "--json"]).output
    let sites = try #require(try Program.object(polynomials)["sites"] as? [[String: Any]])
    let depths = sites.compactMap { ($0["polynomial"] as? [String: Any])?["depth"] as? Int }
    #expect(depths.count == 4 && depths.reduce(0, +) <= 12)

    #expect(try recommend("depth=3", network).errors.contains("the budget of 3."))
    #expect(try recommend("depth=12").code == 2)
    #expect(try recommend("width=12", network).code == 2)
  }
}
