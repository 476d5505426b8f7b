import HDF5Support
import TestSupport
import Testing

@Suite("Options that say how a network is read")
struct ImportOptionsTests {
  private let network: CustomNetwork

  init() throws { network = try CustomNetwork() }

  @Test("recommend takes those that profile took, and certifies the same network.")
  func recommend() throws {
    let profile = try network.profile()
    func certify(_ options: [String]) throws -> Program.Outcome {
      try Program.run(
        ["recommend", profile, "--policy", "certified", "--json", "--quiet"] + options)
    }
    let box = ["--model", network.model, "--input-box", "0:4"]
    let outcome = try certify(box + network.options())
    try #require(outcome.code == 0, "\(outcome.errors)")
    let sites = try #require(try Program.object(outcome.output)["sites"] as? [[String: Any]])
    let options = try #require(sites[0]["options"] as? [[String: Any]])
    let proved = try #require(options.first { $0["policy"] as? String == "certified(0:4)" })
    let (lower, upper) = try (
      #require(proved["lower"] as? Double), #require(proved["upper"] as? Double)
    )
    // y/2 - 2 is least at 0, x/4 - 0.5 greatest at 4; bounds are rounded outward.
    #expect(-2.0001...(-2) ~= lower && 0.5...0.5001 ~= upper)

    let otherwise = ["--replace-layer", "code=Identity"] + network.options().dropFirst(2)
    let alias = network.options().map { $0 == "Mine=Identity" ? "Mine=Dropout" : $0 }
    for options in [[], otherwise, alias] {
      let other = try certify(box + options)
      #expect(other.code == 1)
      #expect(other.errors.contains("with the same --architecture,\n"), "\(other.errors)")
    }
    #expect(try certify(network.options()).code == 2)
  }

  @Test("recommend reads an architecture in a file of its own.")
  func architecture() throws {
    let text = try #require(
      try HDF5File(reading: network.model).root.attributes.string("model_config"))
    let path = try network.scratch.file("m.json", text.utf8)
    let profile = try network.profile()
    let outcome = try Program.run(
      [
        "recommend", profile, "--policy", "certified", "--model", network.model, "--input-box",
        "0:4", "--architecture", path,
      ] + network.options())
    #expect(outcome.code == 0, "\(outcome.errors)")
  }
}
