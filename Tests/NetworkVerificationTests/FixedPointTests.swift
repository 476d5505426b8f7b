import NetworkGraph
import PolynomialApproximation
import RangeRecommendation
import Testing

@testable import NetworkVerification

@Suite("Intervals that hold what the polynomial network itself shows")
struct FixedPointTests {
  private func search(
    _ graph: Graph, _ recommendation: Recommendation, _ samples: [[Float]], rounds: Int = 5
  ) throws -> FixedPoint.Outcome {
    try FixedPoint(
      graph, model: ("small", SmallNetwork.digest),
      inputs: [.init(dataset: ArrayDataset(samples: samples))]
    ).search(from: try PolynomialSet(recommendation), recommendation, rounds: rounds, threads: 1) {
      try PolynomialNetwork(graph, digest: SmallNetwork.digest, polynomials: $1, ranges: $0)
    }
  }

  @Test("Intervals that hold everything are left alone, after one round.")
  func fixed() throws {
    let ranges = Recommendation.stub(
      digest: SmallNetwork.digest, [("a/sigmoid", "sigmoid", -4...4), ("b/relu", "relu", -3...3)], 5
    )
    let found = try search(try SmallNetwork().graph, ranges, SmallNetwork.samples(40))
    #expect(found.rounds == 1 && found.widened.isEmpty && found.divergence == nil)
    #expect(found.recommendation == ranges)
  }

  @Test("Narrow intervals are widened until no value of the polynomial network leaves them.")
  func widened() throws {
    let network = try SmallNetwork()
    let ranges = Recommendation.stub(
      digest: SmallNetwork.digest,
      [("a/sigmoid", "sigmoid", -1.5...1.25), ("b/relu", "relu", -0.75...0.5)], 5)
    let samples = SmallNetwork.samples(40)
    let found = try search(network.graph, ranges, samples)
    #expect(found.divergence == nil)
    #expect(found.rounds > 1)
    #expect(found.widened == ["a/sigmoid", "b/relu"])
    let verification = try network.verifier(found.polynomials, samples).run(threads: 1)
    #expect(verification.escapes.escaped == 0 && verification.escapes.inside == 40)
    // The tolerance of the recommendation is met on the wider intervals.
    for site in found.recommendation.sites {
      #expect(site.option("minmax(1)")?.approximation?.meetsTolerance == true)
    }
    // One round is not enough to see that.
    let short = try search(network.graph, ranges, samples, rounds: 1)
    #expect(short.divergence?.site == "a/sigmoid")
  }

  /// Two equal sigmoids, their difference times a thousand, and a ReLU: exactly nothing but a small
  /// signal arrives there, and from polynomials a thousand times their error.
  private func diverging() throws -> Graph {
    var graph = Graph(name: "diverging")
    let input = graph.addInput(layer: "in", shape: Shape([2])!)
    let wide = try graph.add(
      .affine(scale: [4, 4], shift: [0, 1]), layer: "wide", inputs: [input])
    let sigmoid = try graph.add(.activation(.sigmoid), layer: "a", inputs: [wide])
    let difference = try graph.add(
      .dense(kernel: Tensor([1000, -1000], extents: [2, 1]), bias: nil), layer: "b",
      inputs: [sigmoid])
    graph.setOutputs([try graph.add(.activation(.relu), layer: "b", inputs: [difference])])
    return graph
  }

  @Test("A network that amplifies its polynomials' errors is said to diverge, and where.")
  func divergence() throws {
    // Far to the right both sigmoids are 1, and their difference is nothing.
    let samples = (0..<20).map { [Float(3) + Float($0) / 10, Float(3) + Float($0) / 10] }
    let ranges = Recommendation.stub(
      digest: SmallNetwork.digest,
      [("a/sigmoid", "sigmoid", -25...25), ("b/relu", "relu", -0.01...0.01)], 5)
    let divergence = try #require(try search(try diverging(), ranges, samples).divergence)
    #expect(divergence.site == "b/relu")
    let seen = try #require(divergence.seen)
    #expect(
      seen.upperBound - seen.lowerBound
        > FixedPoint.divergenceFactor * (divergence.exact.upperBound - divergence.exact.lowerBound))
    let message = VerificationError.diverges(divergence, rounds: 1).description
    #expect(message.hasPrefix("after 1 round the polynomial network still leaves the interval of"))
    #expect(message.contains("'b/relu'") && message.contains("--tolerance"))
    let endless = FixedPoint.Divergence(site: "c", seen: nil, interval: -1...1, exact: -0.5...0.5)
    #expect(
      VerificationError.diverges(endless, rounds: 5).description == """
        after 5 rounds the polynomial network still leaves the interval of 'c': it shows values that \
        are not finite, the interval is [-1.0, 1.0], and the exact network shows [-0.5, 0.5].
          The polynomials before that site err too much: ask recommend for a smaller --tolerance, or \
        --reprofile more rounds.
        """)
  }
}
