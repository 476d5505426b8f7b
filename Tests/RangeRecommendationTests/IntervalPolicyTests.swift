import Testing

@testable import RangeRecommendation

@Suite("Names and promises of policies")
struct IntervalPolicyTests {
  @Test("A label shows the policy's numbers as they were given, without the seed.")
  func labels() {
    #expect(IntervalPolicy.minmax(margin: 1).label == "minmax(1)")
    #expect(IntervalPolicy.minmax(margin: 1.25).label == "minmax(1.25)")
    #expect(IntervalPolicy.quantile(share: 0.9999).label == "quantile(0.9999)")
    #expect(
      IntervalPolicy.inference(coverage: 0.999, confidence: 0.95, seed: 7).label
        == "inference(0.999,0.95)")
  }

  @Test("A promise is a sentence with percentages that are not rounded badly.")
  func promises() {
    #expect(
      IntervalPolicy.minmax(margin: 1).promise == "the observed range; it promises nothing")
    #expect(
      IntervalPolicy.minmax(margin: 2).promise
        == "the observed range × 2 about its centre; it promises nothing")
    #expect(
      IntervalPolicy.quantile(share: 0.999).promise
        == "the middle 99.9 % of a site's values; an input holds many values")
    #expect(
      IntervalPolicy.inference(coverage: 0.57, confidence: 0.95, seed: 1).promise
        == "at least 57 % of inputs stay inside every interval at once, with 95 % confidence, "
        + "if new inputs are drawn like these")
  }

  @Test("Short text has no fraction for whole numbers, and reads back for all others.")
  func shortText() {
    #expect(2.0.shortText == "2")
    #expect((100 * 0.95).shortText == "95")
    #expect((100 * 0.29).shortText == "29")
    #expect(0.1.shortText == "0.1")
    #expect((-1e22).shortText == "-1e+22")
  }
}
