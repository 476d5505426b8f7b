import NetworkGraph
import PolynomialApproximation
import RangeRecommendation
import Testing

@testable import NetworkVerification

@Suite("Degrees for the whole network")
struct DegreeAllocationTests {
  /// Numbers that are the same in every run.
  private struct Generator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ state >> 29
    }
  }

  /// Activations named by their layers; each reads the one given, or the input.
  private func graph(_ sites: [(name: String, after: String?)], outputs: [String]) throws -> Graph {
    var graph = Graph(name: "g")
    var nodes: [String: Int] = [:]
    let input = graph.addInput(layer: "in", shape: Shape([2])!)
    for (name, before) in sites {
      nodes[name] = try graph.add(
        .activation(.tanh), layer: name, inputs: [before.map { nodes[$0]! } ?? input])
    }
    graph.setOutputs(outputs.map { nodes[$0]! })
    return graph
  }

  /// Losses that fall with the depth, by site.
  private func candidates(_ names: [String], _ generator: inout Generator) -> [Sensitivity] {
    names.flatMap { name in
      var loss = Double.random(in: 0.1...10, using: &generator)
      return (1...4).map { depth in
        loss *= Double.random(in: 0.05...0.9, using: &generator)
        return Sensitivity(
          site: "\(name)/tanh", degree: 1 << depth - 1, depth: depth, multiplications: 2 * depth,
          loss: loss)
      }
    }
  }

  /// The least loss of all combinations within a budget.
  private func least(
    _ budget: DegreeAllocation.Budget, _ candidates: [Sensitivity], paths: [[String]]
  ) -> Double {
    let sites = Dictionary(grouping: candidates, by: \.site).values.map { $0 }
    var best = Double.infinity
    func visit(_ index: Int, _ chosen: [String: Sensitivity]) {
      guard index < sites.count else {
        let cost =
          switch budget {
          case .depth: paths.map { $0.reduce(0) { $0 + chosen["\($1)/tanh"]!.depth } }.max()!
          case .multiplications: chosen.values.reduce(0) { $0 + $1.multiplications }
          }
        let limit =
          switch budget {
          case .depth(let n), .multiplications(let n): n
          }
        if cost <= limit { best = min(best, chosen.values.reduce(0) { $0 + $1.loss }) }
        return
      }
      for choice in sites[index] {
        var next = chosen
        next[choice.site] = choice
        visit(index + 1, next)
      }
    }
    visit(0, [:])
    return best
  }

  @Test("On a chain no combination within the budget loses less.", arguments: 1...6 as ClosedRange)
  func chain(seed: Int) throws {
    var generator = Generator(state: UInt64(seed))
    let names = ["a", "b", "c", "d"]
    let graph = try graph([("a", nil), ("b", "a"), ("c", "b"), ("d", "c")], outputs: ["d"])
    let candidates = candidates(names, &generator)
    for budget in [DegreeAllocation.Budget.depth(4), .depth(9), .multiplications(17)] {
      let found = try DegreeAllocation(budget, among: candidates, in: graph)
      let expected = least(budget, candidates, paths: [names])
      #expect(abs(found.predictedLoss - expected) <= 1e-12 * expected)
      #expect(found.choices.map(\.site) == names.map { "\($0)/tanh" })
    }
  }

  @Test("Beside the critical path depth is free.", arguments: 1...6 as ClosedRange)
  func branches(seed: Int) throws {
    var generator = Generator(state: UInt64(seed))
    // a, then b and c one after the other, or d alone.
    let graph = try graph([("a", nil), ("b", "a"), ("c", "b"), ("d", "a")], outputs: ["c", "d"])
    let candidates = candidates(["a", "b", "c", "d"], &generator)
    let found = try DegreeAllocation(.depth(7), among: candidates, in: graph)
    #expect(found.cost <= 7)
    let depths = Dictionary(uniqueKeysWithValues: found.choices.map { ($0.site, $0.depth) })
    #expect(depths["d/tanh"]! == min(4, 7 - depths["a/tanh"]!))
    // Sharing levels costs little here: the bound is a heuristic of this test.
    let best = least(.depth(7), candidates, paths: [["a", "b", "c"], ["a", "d"]])
    // Losses are added up in another order, which may round otherwise.
    #expect(found.predictedLoss >= best * (1 - 1e-12) && found.predictedLoss <= 1.5 * best)
  }

  @Test("The uniform choice is the deepest within the budget.")
  func uniform() throws {
    var generator = Generator(state: 3)
    let graph = try graph([("a", nil), ("b", "a")], outputs: ["b"])
    let candidates = candidates(["a", "b"], &generator)
    let uniform = DegreeAllocation(uniform: .depth(7), among: candidates, in: graph)
    #expect(uniform?.choices.map(\.depth) == [3, 3] && uniform?.cost == 6)
    #expect(DegreeAllocation(uniform: .depth(1), among: candidates, in: graph) == nil)
    let error = VerificationError.budget(limit: 1)
    #expect(throws: error) {
      try DegreeAllocation(.depth(1), among: candidates, in: graph)
    }
    #expect(
      error.description == """
        the least degrees of all sites cost more than the budget of 1.
          Give a larger --budget.
        """)
  }

  @Test("Sensitivities are what a verification of one site alone measures.")
  func sensitivities() throws {
    let network = try SmallNetwork()
    let ranges = Recommendation.stub(
      digest: SmallNetwork.digest, [("a/sigmoid", "sigmoid", -4...4), ("b/relu", "relu", -3...3)], 5
    )
    let samples = SmallNetwork.samples(40)
    let found = try Sensitivity.measure(
      ranges, within: .depth(9), in: network.graph, model: ("small", SmallNetwork.digest),
      inputs: [.init(dataset: ArrayDataset(samples: samples))], densities: [:], threads: 1)
    let relus = found.filter { $0.site == "b/relu" }
    #expect(relus.map(\.degree) == [1, 3, 7, 15, 31, 63, 127])
    #expect(relus.map(\.depth) == Array(1...7))
    let set = try PolynomialSet(ranges.withDegrees(["b/relu": 3], densities: [:]))
    let alone = try network.verifier(set, samples, only: ["b/relu"]).run(threads: 1)
    #expect(relus[1].loss == alone.loss && alone.loss == alone.divergence?.mean)
    // The sigmoid is smooth: its loss is nothing before the highest degree.
    #expect(found.count { $0.site == "a/sigmoid" } < 7)
  }
}
