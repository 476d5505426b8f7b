import NetworkGraph
import NetworkVerification
import PolynomialApproximation
import RangeRecommendation
import Testing

@Suite struct PolynomialNetworkTests {
  @Test("Polynomials of another network, of unknown sites or functions are refused.")
  func refusals() throws {
    let (graph, set) = (try SmallNetwork().graph, try SmallNetwork.polynomials())
    #expect(throws: VerificationError.otherNetwork(polynomials: SmallNetwork.digest, network: "x"))
    {
      try PolynomialNetwork(graph, digest: "x", polynomials: set)
    }
    for (name, function) in [("z/sigmoid", "sigmoid"), ("a/sigmoid", "tanh")] {
      let other = try PolynomialSet(
        Recommendation.stub(digest: SmallNetwork.digest, [(name, function, -1...1)], 3))
      #expect(throws: VerificationError.unknownSite(name, function: function)) {
        try PolynomialNetwork(graph, digest: SmallNetwork.digest, polynomials: other)
      }
    }
    let known = ["a/sigmoid", "b/relu"]
    #expect(throws: VerificationError.notReplaceable(site: "c/softmax", known: ["a/sigmoid"])) {
      try PolynomialNetwork(
        graph, digest: SmallNetwork.digest, polynomials: set, only: ["a/sigmoid", "c/softmax"])
    }
    let network = try PolynomialNetwork(graph, digest: SmallNetwork.digest, polynomials: set)
    #expect(network.replacements.keys.sorted().map { graph.sites[$0].name } == known)
    #expect(network.keptSites == ["c/softmax"])
  }

  /// A ReLU, a max pooling of four numbers of two channels, and a sum of them.
  private func pooled() throws -> Graph {
    var graph = Graph(name: "pooled")
    let input = graph.addInput(layer: "in", shape: Shape([4, 2])!)
    let window = Window(size: [4], strides: [1], padding: .valid)
    let maximum = try graph.add(.maxPooling(window), layer: "pool", inputs: [input])
    let tanh = try graph.add(.activation(.tanh), layer: "t", inputs: [input])
    let mean = try graph.add(.averagePooling(window), layer: "mean", inputs: [tanh])
    graph.setOutputs([try graph.add(.elementwise(.add), layer: "sum", inputs: [maximum, mean])])
    return graph
  }

  @Test("Max poolings stay, become composites with their depth, or means.")
  func maxPooling() throws {
    let digest = SmallNetwork.digest
    let ranges = Recommendation.stub(
      digest: digest, [("pool/max", "max", -1...2), ("t/tanh", "tanh", -1...2)], nil)
    let set = try PolynomialSet(
      Recommendation.stub(digest: digest, [("t/tanh", "tanh", -1...2)], 7))
    func network(_ policy: MaxPoolingPolicy) throws -> PolynomialNetwork {
      try PolynomialNetwork(
        try pooled(), digest: digest, polynomials: set, ranges: ranges, maxPooling: policy)
    }
    #expect(try network(.keep).depths == [1: 3])
    #expect(try network(.average).depths == [0: 0, 1: 3])
    let composite = try network(.composite)
    #expect(composite.intervals[0] == Interval(lower: -1, upper: 2))
    // Two rounds; the fit says what one takes.
    let absolute = try Fit.leastDegree(
      for: .abs, on: Interval(lower: -3, upper: 3), tolerance: 0.03, method: .composite
    ).fit.approximant
    #expect(composite.depths[0] == 2 * absolute.multiplicativeDepth)
    #expect(
      try pooled().criticalPath(ofDepths: composite.depths) == composite.depths.values.max())
    #expect(throws: VerificationError.noRanges) {
      try PolynomialNetwork(
        try pooled(), digest: digest, polynomials: set, maxPooling: .composite)
    }
  }

  @Test("A path's depth is the sum along it, a cell's counts once a step.")
  func criticalPath() throws {
    var graph = Graph(name: "paths")
    let input = graph.addInput(layer: "in", shape: Shape([3, 2])!)
    let tanh = try graph.add(.activation(.tanh), layer: "a", inputs: [input])
    let square = Tensor([1, 0, 0, 1], extents: [2, 2])
    let cell = try graph.add(
      .recurrence(Recurrence(cell: .simple(.tanh), kernel: square, recurrentKernel: square)),
      layer: "r", inputs: [tanh])
    let side = try graph.add(.globalMaxPooling(keepsAxes: false), layer: "p", inputs: [tanh])
    graph.setOutputs([try graph.add(.elementwise(.add), layer: "s", inputs: [cell, side])])
    #expect(graph.criticalPath(ofDepths: [0: 5, 1: 2, 2: 4]) == 5 + 3 * 2)
    #expect(graph.criticalPath(ofDepths: [0: 5, 2: 40]) == 45)
    #expect(graph.criticalPath(ofDepths: [:]) == 0)
  }
}
