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
    #expect(IntervalPolicy.shortestQuantile(share: 0.99).label == "quantile(0.99,shortest)")
    #expect(IntervalPolicy.tail(exceedance: 1e-4, confidence: 0.95).label == "tail(0.0001,0.95)")
    #expect(
      IntervalPolicy.certified(CertifiedBounds(box: "-1:1", bounds: [])).label
        == "certified(-1:1)")
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
    #expect(
      IntervalPolicy.shortestQuantile(share: 0.99).promise
        == "the narrowest interval with 99 % of a site's values; an input holds many values")
    #expect(
      IntervalPolicy.tail(exceedance: 1e-4, confidence: 0.95).promise
        == "an input leaves a site's interval with probability 0.0001 at most, with 95 % "
        + "confidence, if the tail follows its model")
    #expect(
      IntervalPolicy.certified(CertifiedBounds(box: "-1:1", bounds: [])).promise
        == "no input in the box (all numbers in -1:1) leaves any interval")
    #expect(
      IntervalPolicy.certified(CertifiedBounds(box: "data", bounds: [])).promise
        == "no input in the box (each number within its own range over the data) leaves any "
        + "interval")
  }

  @Test("What is promised of escapes is a bound for all sites at once, or nothing.")
  func promisedEscapes() {
    let certified = IntervalPolicy.certified(CertifiedBounds(box: "data", bounds: []))
    let inference = IntervalPolicy.inference(coverage: 0.75, confidence: 0.95, seed: 1)
    #expect(IntervalPolicy.minmax(margin: 1).promisedEscape(sites: 3) == nil)
    #expect(IntervalPolicy.quantile(share: 0.9).promisedEscape(sites: 3) == nil)
    #expect(inference.promisedEscape(sites: 3) == 0.25)
    #expect(
      IntervalPolicy.tail(exceedance: 0.125, confidence: 0.9).promisedEscape(sites: 3) == 0.375)
    #expect(
      IntervalPolicy.tail(exceedance: 0.125, confidence: 0.9).promisedEscape(sites: 9) == 1)
    #expect(certified.promisedEscape(sites: 3) == 0)
    #expect(certified.seesHeldOut && !inference.seesHeldOut)
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
