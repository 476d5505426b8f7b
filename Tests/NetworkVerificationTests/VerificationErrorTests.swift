import NetworkVerification
import Testing

@Suite struct VerificationErrorTests {
  @Test(
    "A message names the fault and what to do.",
    arguments: [
      (
        VerificationError.otherNetwork(polynomials: "01", network: "ab"),
        """
        the polynomials are for the network with digest 01, and this is ab.
          Give the network that was profiled, or profile, recommend and fit for this one.
        """
      ),
      (
        .unknownSite("a/relu", function: "relu"),
        """
        the network has no site 'a/relu' with the function relu.
          Profile, recommend and fit again: the files were made for another architecture.
        """
      ),
      (
        .notReplaceable(site: "b", known: ["a", "c"]),
        """
        'b' is no site with a polynomial.
          There are: a, c.
        """
      ),
      (
        .noRanges,
        """
        composites for max poolings need the intervals of the poolings.
          Give the ranges file too: --ranges ranges.json
        """
      ),
    ])
  func messages(error: VerificationError, message: String) {
    #expect(error.description == message)
  }
}
