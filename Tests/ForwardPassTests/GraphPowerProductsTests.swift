import NetworkGraph
import Testing

@testable import ForwardPass

@Suite struct GraphPowerProductsTests {
  /// A local response normalisation of what an affine step gives, as node 4.
  private func network(
    exponent: Float = -0.75, powerFirst: Bool = false,
    _ change: (inout Graph, (value: Int, sum: Int, power: Int)) throws -> Void = { _, _ in }
  ) throws -> Graph {
    var graph = Graph(name: "normalisation")
    let input = graph.addInput(layer: "in", shape: try #require(Shape([3, 2, 19])))
    let value = try graph.add(.affine(scale: [3], shift: [0.5]), layer: "x", inputs: [input])
    let sum = try graph.add(
      .localSquareSum(radius: 2, bias: 1, alpha: 0.5), layer: "norm", inputs: [value])
    let power = try graph.add(.activation(.power(exponent)), layer: "norm", inputs: [sum])
    let product = try graph.add(
      .elementwise(.multiply), layer: "norm", inputs: powerFirst ? [power, value] : [value, power])
    graph.setOutputs([product])
    try change(&graph, (value, sum, power))
    return graph
  }

  /// The kernels that are run, apart from what is shown.
  private func runs(_ graph: Graph, replacing sites: [Int] = []) throws -> Int {
    let replacement = SiteReplacement.function { _ in }
    var compiler = PlanCompiler(
      graph, batches: BatchPlan(graph, samples: 2), allowsWinograd: true,
      replacements: Dictionary(uniqueKeysWithValues: sites.map { ($0, replacement) }))
    try compiler.compile()
    return compiler.steps.count { if case .run = $0 { true } else { false } }
  }

  @Test(
    "The power of a local response normalisation is computed with its product, and still shown.",
    arguments: [-0.75, -0.5, 0.5, 0.75] as [Float], [false, true])
  func together(exponent: Float, powerFirst: Bool) throws {
    let graph = try network(exponent: exponent, powerFirst: powerFirst)
    #expect(graph.sites.count == 1)
    #expect(try runs(graph) == 3)
    try expectAgreement(graph)
  }

  @Test("A power with another exponent is computed alone.")
  func otherExponents() throws {
    let graph = try network(exponent: -1)
    #expect(try runs(graph) == 4)
    try expectAgreement(graph)
  }

  @Test("A power that is read again, or given out, is computed alone.")
  func readers() throws {
    let read = try network { graph, nodes in
      let tanh = try graph.add(.activation(.tanh), layer: "tanh", inputs: [nodes.power])
      graph.setOutputs(graph.outputs + [tanh])
    }
    let given = try network { graph, nodes in graph.setOutputs(graph.outputs + [nodes.power]) }
    #expect(try runs(read) == 5)
    #expect(try runs(given) == 4)
    try expectAgreement(read)
    try expectAgreement(given)
  }

  @Test("What is read beside the product, and after it, keeps its value.")
  func operandsReadElsewhere() throws {
    let graph = try network { graph, nodes in
      let relu = try graph.add(.activation(.relu), layer: "relu", inputs: [nodes.sum])
      let tanh = try graph.add(.activation(.tanh), layer: "tanh", inputs: [nodes.value])
      graph.setOutputs(graph.outputs + [relu, tanh, nodes.sum])
    }
    try expectAgreement(graph)
  }

  @Test("A number may be multiplied by a power of itself.")
  func ownPower() throws {
    var graph = Graph(name: "x to the 1.75")
    let input = graph.addInput(layer: "in", shape: try #require(Shape([21])))
    let power = try graph.add(.activation(.power(0.75)), layer: "p", inputs: [input])
    graph.setOutputs([
      try graph.add(.elementwise(.multiply), layer: "m", inputs: [input, power])
    ])
    #expect(try runs(graph) == 1)
    try expectAgreement(graph, in: 0...1)
  }

  @Test("A network is not cut both before and after a product that lies where its input did.")
  func cuts() throws {
    var graph = Graph(name: "x to the 1.75")
    var node = graph.addInput(layer: "in", shape: try #require(Shape([21])))
    let power = try graph.add(.activation(.power(0.75)), layer: "p", inputs: [node])
    node = try graph.add(.elementwise(.multiply), layer: "m", inputs: [node, power])
    graph.setOutputs([try graph.add(.activation(.tanh), layer: "t", inputs: [node])])
    #expect(BatchPlan.cuts(of: graph) == [1])
    let batches = BatchPlan(graph, cuts: [1], samples: [1, 3])
    try expectAgreement(graph, batches: batches, samples: 7, in: 0...1)
  }

  @Test("A power that is stretched over the other factor is computed alone.")
  func stretched() throws {
    var graph = Graph(name: "stretched")
    let shapes = try [[4, 3], [1, 3]].map { try #require(Shape($0)) }
    let inputs = shapes.map { graph.addInput(layer: "in", shape: $0) }
    let power = try graph.add(.activation(.power(-0.5)), layer: "p", inputs: [inputs[1]])
    graph.setOutputs([
      try graph.add(.elementwise(.multiply), layer: "m", inputs: [inputs[0], power])
    ])
    #expect(try runs(graph) == 2)
    try expectAgreement(graph, in: 0.1...1)
  }

  @Test("A power with another function in its place is computed by that.")
  func replaced() throws {
    let graph = try network()
    let site = try #require(graph.nodes.firstIndex { !$0.sites.isEmpty })
    #expect(try runs(graph, replacing: [graph.nodes[site].sites.lowerBound]) == 4)
  }
}
