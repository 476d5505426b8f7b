import Testing

@testable import RangeRecommendation

@Suite("Why no recommendation can be made")
struct RecommendationErrorTests {
  private static let all: [(RecommendationError, isPromise: Bool, String)] = [
    (
      .tooFewInputs(policy: "p", found: 10, needed: 20, possible: nil), true,
      """
      p cannot be promised from 10 inputs: it needs at least 20.
        Profile more inputs.
      """
    ),
    (
      .tooFewInputs(policy: "p", found: 10, needed: 20, possible: "--coverage 0.5"), true,
      """
      p cannot be promised from 10 inputs: it needs at least 20.
        Profile more inputs, or ask for less: --coverage 0.5.
      """
    ),
    (
      .tooFewValues(policy: "p", site: "s", found: 3, needed: 4), true,
      """
      p cannot be read from the 3 values of 's': it needs at least 4.
        Profile more inputs, or ask for a smaller share.
      """
    ),
    (
      .noScale(policy: "p", site: "s"), true,
      """
      p cannot be promised: half of the inputs gave 's' one value only, the others more.
        Profile more inputs.
      """
    ),
    (
      .noSiteSupported(policy: "p", site: "s", reason: "because", others: 2), true,
      """
      p supports no site. 's': because (and 2 others).
        Profile more inputs, or use another policy.
      """
    ),
    (
      .sitesRefused(policy: "p", refusals: ["'s': because", "'t': so"]), true,
      """
      p cannot be promised for 2 of the sites:
        's': because
        't': so
        Profile more inputs, or use another policy.
      """
    ),
    (
      .differentNetworks(["m", "n"], digests: ["01", "02"]), false,
      """
      the profiles are of different networks: m, digest 01; n, digest 02.
        Compare profiles of one network over different data.
      """
    ),
    (
      .noValues(site: "s"), false,
      """
      's' saw no finite value, so it has no range.
        Look at the network's input: rangefinder report shows where the first NaN or Inf appeared.
      """
    ),
    (
      .unreadable(file: "f", expected: "a thing", reason: "it is another"), false,
      "'f' is not a thing: it is another."
    ),
  ]

  @Test("A message names the fault and what to do.")
  func messages() {
    for (error, _, text) in Self.all { #expect("\(error)" == text) }
  }

  @Test("Promises that data cannot keep are told apart from bad data.")
  func promises() {
    for (error, isPromise, _) in Self.all { #expect(error.isUnkeepablePromise == isPromise) }
  }
}
