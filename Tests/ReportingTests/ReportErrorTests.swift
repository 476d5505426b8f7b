import Testing

@testable import Reporting

@Suite struct ReportErrorTests {
  @Test(
    "Every message names the fault and the command that mends it.",
    arguments: [
      (
        ReportError.otherNetwork(.ranges, digest: "b", profileDigest: "a"),
        """
        the ranges were made for another network than the profile: b, not a.
          Make them again from this profile: rangefinder recommend PROFILE -o ranges.json
        """
      ),
      (
        .otherNetwork(.verification, digest: "b", profileDigest: "a"),
        """
        the verification was made for another network than the profile: b, not a.
          Make it again from this profile: rangefinder verify MODEL --data DATA --polynomials \
        polynomials.json -o verification.json
        """
      ),
      (
        .otherSites(.polynomials, site: "conv/relu"),
        """
        the polynomials and the profile do not have the same site 'conv/relu'.
          Make them again from this profile: rangefinder fit ranges.json -o polynomials.json
        """
      ),
      (
        .polynomialsWithoutRanges,
        """
        the polynomials were given without the ranges that they were fitted on.
          Give both: rangefinder report PROFILE ranges.json polynomials.json
        """
      ),
      (
        .otherPolicy(polynomials: "minmax(2)", ranges: ["minmax(1)", "quantile(0.99)"]),
        """
        the polynomials were fitted on the intervals of 'minmax(2)', which the ranges do not have.
          They have minmax(1), quantile(0.99). Fit again: rangefinder fit ranges.json \
        -o polynomials.json
        """
      ),
      (
        .otherInterval(site: "a/tanh", polynomial: [-1, 1], ranges: [-2, 2]),
        """
        the polynomial of 'a/tanh' was fitted on [-1.0, 1.0], but the ranges say [-2.0, 2.0].
          Fit again: rangefinder fit ranges.json -o polynomials.json
        """
      ),
      (
        .damaged(.ranges, site: "a/tanh", reason: "it is empty"),
        """
        the ranges are damaged at 'a/tanh': it is empty.
          Make them again: rangefinder recommend PROFILE -o ranges.json
        """
      ),
    ])
  func message(error: ReportError, text: String) {
    #expect(error.description == text)
  }
}
