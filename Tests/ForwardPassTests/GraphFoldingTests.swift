import NetworkGraph
import TestSupport
import Testing

@testable import ForwardPass

@Suite struct GraphFoldingTests {
  private let shape = Shape([6, 7, 3])!

  /// A convolution, an affine step with one scale for each channel or one for all, and ReLU.
  private func network(
    scales: Int = 5, bias: Bool = true, _ change: (inout Graph, Int) throws -> Void
  ) throws -> Graph {
    var generator = SeededGenerator(9)
    var graph = Graph(name: "folds")
    let input = graph.addInput(layer: "in", shape: shape)
    let convolution = try graph.add(
      .convolution(
        window: Window(size: [3, 3], strides: [1, 1], padding: .same), groups: 1,
        kernel: generator.tensor(3, 3, 3, 5), bias: bias ? generator.floats(5) : nil),
      layer: "conv", inputs: [input])
    let affine = try graph.add(
      .affine(scale: generator.floats(scales), shift: generator.floats(scales)), layer: "bn",
      inputs: [convolution])
    let relu = try graph.add(.activation(.relu), layer: "relu", inputs: [affine])
    graph.setOutputs([relu])
    try change(&graph, convolution)
    return graph
  }

  /// Whether the affine step, the third node, is left without an operation of its own.
  private func isFolded(_ graph: Graph) -> Bool { graph.foldedOperations()[2] == nil }

  @Test("An affine step after a convolution is folded, and nothing changes but rounding.")
  func folds() throws {
    for (scales, bias) in [(5, true), (5, false), (1, true), (1, false)] {
      let graph = try network(scales: scales, bias: bias) { _, _ in }
      #expect(isFolded(graph))
      try expectAgreement(graph)
    }
  }

  @Test("An affine step after a dense layer is folded.")
  func foldsDense() throws {
    var generator = SeededGenerator(10)
    var graph = Graph(name: "dense")
    let input = graph.addInput(layer: "in", shape: try #require(Shape([4, 3])))
    let dense = try graph.add(
      .dense(kernel: generator.tensor(3, 7), bias: generator.floats(7)), layer: "d",
      inputs: [input])
    let affine = try graph.add(
      .affine(scale: generator.floats(7), shift: generator.floats(7)), layer: "bn", inputs: [dense])
    graph.setOutputs([try graph.add(.activation(.tanh), layer: "t", inputs: [affine])])
    #expect(isFolded(graph))
    try expectAgreement(graph)
  }

  @Test("An affine step after a transposed convolution is folded.")
  func foldsTransposed() throws {
    var generator = SeededGenerator(12)
    var graph = Graph(name: "transposed")
    let input = graph.addInput(layer: "in", shape: try #require(Shape([4, 3])))
    let convolution = try graph.add(
      .transposedConvolution(
        window: Window(size: [3], strides: [2], padding: .same), extents: [8],
        kernel: generator.tensor(3, 5, 3), bias: generator.floats(5)),
      layer: "t", inputs: [input])
    graph.setOutputs([
      try graph.add(
        .affine(scale: generator.floats(5), shift: generator.floats(5)), layer: "bn",
        inputs: [convolution])
    ])
    #expect(isFolded(graph))
    try expectAgreement(graph)
  }

  @Test("An affine step with numbers for each value is run.")
  func keepsPerValue() throws {
    let graph = try network(scales: 6 * 7 * 5) { _, _ in }
    #expect(!isFolded(graph))
    try expectAgreement(graph)
  }

  @Test("It is not folded where another node reads the convolution, before or after it.")
  func keepsForReaders() throws {
    let graph = try network { graph, convolution in
      let tanh = try graph.add(.activation(.tanh), layer: "tanh", inputs: [convolution])
      graph.setOutputs(graph.outputs + [tanh])
    }
    #expect(!isFolded(graph))
    try expectAgreement(graph)
  }

  @Test("It is not folded where the convolution is an output.")
  func keepsForOutput() throws {
    let graph = try network { graph, convolution in
      graph.setOutputs([convolution] + graph.outputs)
    }
    #expect(!isFolded(graph))
    try expectAgreement(graph)
  }

  @Test("It is not folded into a site, nor over one.")
  func keepsForSite() throws {
    var generator = SeededGenerator(11)
    var graph = Graph(name: "site between")
    let input = graph.addInput(layer: "in", shape: shape)
    let relu = try graph.add(.activation(.relu), layer: "relu", inputs: [input])
    let affine = try graph.add(
      .affine(scale: generator.floats(3), shift: generator.floats(3)), layer: "bn", inputs: [relu])
    graph.setOutputs([affine])
    #expect(!isFolded(graph))
    try expectAgreement(graph)
  }

  @Test("Of two affine steps in a row the first is folded and the second is run.")
  func two() throws {
    let graph = try network { graph, _ in
      let affine = try graph.add(
        .affine(scale: [2, 3, 4, 5, 6], shift: [1, 0, -1, 0, 1]), layer: "bn2", inputs: [2])
      graph.setOutputs([affine, graph.outputs[0]])
    }
    #expect(isFolded(graph))
    try expectAgreement(graph)
  }
}
