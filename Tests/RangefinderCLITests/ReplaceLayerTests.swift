import TestSupport
import Testing

@Suite("--replace-layer")
struct ReplaceLayerTests {
  private let network: CustomNetwork

  init() throws { network = try CustomNetwork() }

  /// Profiles the network with a replacement for its `Lambda`, or without any.
  private func profile(_ replacements: String...) throws -> Program.Outcome {
    try Program.run(
      [
        "profile", network.model, "--data", network.data, "-o", network.scratch.path("p.h5"),
        "--alias", "Mine=Identity", "--json", "--quiet",
      ] + replacements.flatMap { ["--replace-layer", $0] })
  }

  @Test("A Lambda is refused without one, and the error says how to give it.")
  func refused() throws {
    let outcome = try profile()
    #expect(outcome.code == 1)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.contains(#"--replace-layer "code=Rescaling(1/127.5, -1)""#))
  }

  @Test(
    "The network computes what it says.",
    arguments: [
      // What enters relu are the samples, replaced, times (1, 2) plus (0.5, 0).
      (CustomNetwork.replacement, -2.0, 0.5), ("code=Identity", 0.0, 8.0),
      ("code=Rescaling(-1)", -8.0, 0.5), ("code=ReLU(max_value=1)", 0.0, 2.0),
      ("code=tanh", 0.0, 2 * 0.99932930),
    ])
  func activations(replacement: String, least: Double, greatest: Double) throws {
    let outcome = try profile(replacement)
    try #require(outcome.code == 0, "\(outcome.errors)")
    let sites = try #require(try Program.object(outcome.output)["sites"] as? [[String: Any]])
    let site = try #require(sites.last)
    #expect(site["site"] as? String == "d/relu")
    // Kernels compute functions to 2e-6, and one of them is doubled.
    #expect(abs(try #require(site["min"] as? Double) - least) < 4e-6)
    #expect(abs(try #require(site["max"] as? Double) - greatest) < 4e-6)
  }

  @Test(
    "A wrong text is wrong usage, and the error says what is wrong with it.",
    arguments: [
      ("code", "--replace-layer takes LAYER=WHAT, not 'code'."),
      ("=Identity", "--replace-layer takes LAYER=WHAT, not '=Identity'."),
      (
        "code=Rescalling(2)",
        "--replace-layer code=Rescalling(2): 'Rescalling(2)' is no replacement"
      ),
      ("code=Rescaling(x)", "'x' is not a number such as 2, -0.5, 1e-4 or 1/255."),
      ("code=Rescaling(2", "'Rescaling(2' has a parenthesis that is not closed."),
    ])
  func wrong(text: String, words: String) throws {
    let outcome = try profile(text)
    #expect(outcome.code == 2)
    #expect(outcome.errors.contains(words), "\(outcome.errors)")
  }
}
