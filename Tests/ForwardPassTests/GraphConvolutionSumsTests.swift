import NetworkGraph
import TestSupport
import Testing

@testable import ForwardPass

@Suite struct GraphConvolutionSumsTests {
  private let shape = Shape([14, 14, 16])!

  private func convolution(_ seed: UInt64 = 1, size: Int = 3) -> NetworkGraph.Operation {
    var generator = SeededGenerator(seed)
    return .convolution(
      window: Window(size: [size, size], strides: [1, 1], padding: .same), groups: 1,
      kernel: generator.tensor(size, size, 16, 16), bias: generator.floats(16))
  }

  /// A network over 14 × 14 places of 16 channels.
  private func network(_ add: (inout Graph, Int) throws -> [Int]) throws -> Graph {
    var graph = Graph(name: "residual")
    let input = graph.addInput(layer: "in", shape: shape)
    graph.setOutputs(try add(&graph, input))
    return graph
  }

  /// tanh(x), a convolution of that and another of this, the sum of x and that one, and ReLU.
  private func block(
    _ graph: inout Graph, _ input: Int, sumFirst: Bool = false
  ) throws -> (convolution: Int, sum: Int, relu: Int) {
    var node = try graph.add(.activation(.tanh), layer: "tanh", inputs: [input])
    node = try graph.add(convolution(1), layer: "conv1", inputs: [node])
    node = try graph.add(convolution(2), layer: "conv2", inputs: [node])
    let sum = try graph.add(
      .elementwise(.add), layer: "sum", inputs: sumFirst ? [node, input] : [input, node])
    return (node, sum, try graph.add(.activation(.relu), layer: "relu", inputs: [sum]))
  }

  /// The layers that convolutions are computed for together with a sum.
  private func joined(
    _ graph: Graph, batches: BatchPlan? = nil, allowsWinograd: Bool = true
  ) throws -> [String] {
    let plan = try ExecutionPlan(
      graph, batches: batches ?? BatchPlan(graph, samples: 2), allowsWinograd: allowsWinograd)
    return zip(plan.steps, plan.stages).compactMap { step, stage in
      guard case .run(let kernel, let inputs, let output) = step, kernel.addsSecondInput,
        inputs.count > 1
      else { return nil }
      #expect(output != inputs[0], "what is convolved is overwritten")
      return stage.layer
    }
  }

  private func expectJoined(
    _ layers: [String], _ graph: Graph, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let expected = try hasWinograd() ? layers : []
    #expect(try joined(graph) == expected, sourceLocation: sourceLocation)
    try expectSameBits(graph, sourceLocation: sourceLocation)
  }

  /// Expects the bits that sums of their own give: every node is given out, so none is left out.
  private func expectSameBits(
    _ graph: Graph, batches: BatchPlan? = nil, samples: Int = 3,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    var generator = SeededGenerator(3)
    let data = (0..<samples).map { _ in
      graph.inputs.map { generator.floats(graph.nodes[$0].shape.count) }
    }
    var open = graph
    open.setOutputs(graph.outputs + Array(graph.nodes.indices))
    #expect(try joined(open).isEmpty, sourceLocation: sourceLocation)
    let found = try Run(
      Executor(ExecutionPlan(graph, batches: batches ?? BatchPlan(graph, samples: 2))), data)
    var expected = try Run(Executor(ExecutionPlan(open, samplesPerBatch: 2)), data)
    expected.outputs.removeLast(graph.nodes.count)
    #expect(found.isIdentical(to: expected), sourceLocation: sourceLocation)
  }

  @Test(
    "A sum is computed with the convolution that it reads, with the same bits, for its layer.",
    arguments: [false, true])
  func together(sumFirst: Bool) throws {
    try expectJoined(
      ["conv2"], network { [try block(&$0, $1, sumFirst: sumFirst).relu] })
  }

  @Test("What takes a function's place sees the same sums.")
  func replaced() throws {
    let graph = try network { [try block(&$0, $1).relu] }
    var open = graph
    open.setOutputs(graph.outputs + Array(graph.nodes.indices))
    var generator = SeededGenerator(3)
    let data = (0..<3).map { _ in [generator.floats(shape.count)] }
    let square = SiteReplacement.function { for i in $0.indices { $0[i] *= $0[i] } }
    let runs = try [graph, open].map {
      try Run(Executor(ExecutionPlan($0, samplesPerBatch: 2, replacing: [1: square])), data)
    }
    #expect(runs[0].sites == runs[1].sites)
    #expect(runs[0].outputs[0] == runs[1].outputs[0])
    #expect(runs[0].outputs[0][0] == runs[0].sites[1][0].map { $0 * $0 })
  }

  @Test("An affine step that is folded into the convolution does not stand between.")
  func folded() throws {
    let graph = try network { graph, input in
      let node = try graph.add(convolution(), layer: "conv", inputs: [input])
      let affine = try graph.add(.affine(scale: [2], shift: [0.5]), layer: "bn", inputs: [node])
      let tanh = try graph.add(.activation(.tanh), layer: "tanh", inputs: [input])
      return [try graph.add(.elementwise(.add), layer: "sum", inputs: [affine, tanh])]
    }
    #expect(try joined(graph) == (hasWinograd() ? ["conv"] : []))
    try expectAgreement(graph, tolerance: 3e-5)
  }

  @Test("A convolution that is read again, or given out, is computed alone.")
  func readers() throws {
    try expectJoined(
      [],
      network { graph, input in
        let nodes = try block(&graph, input)
        return [
          nodes.relu,
          try graph.add(.activation(.tanh), layer: "again", inputs: [nodes.convolution]),
        ]
      })
    try expectJoined(
      [],
      network { graph, input in
        let nodes = try block(&graph, input)
        return [nodes.relu, nodes.convolution]
      })
    try expectJoined(
      [],
      network { graph, input in
        let node = try graph.add(convolution(), layer: "conv", inputs: [input])
        return [try graph.add(.elementwise(.add), layer: "twice", inputs: [node, node])]
      })
  }

  @Test("What is convolved may be what is added, and what is added may be read later.")
  func addendReadElsewhere() throws {
    try expectJoined(
      ["conv"],
      network { graph, input in
        let node = try graph.add(convolution(), layer: "conv", inputs: [input])
        return [try graph.add(.elementwise(.add), layer: "sum", inputs: [input, node])]
      })
    try expectJoined(
      ["conv2"],
      network { graph, input in
        let relu = try block(&graph, input).relu
        return [relu, try graph.add(.activation(.tanh), layer: "late", inputs: [input])]
      })
  }

  @Test("The results take the addend's place in memory, if nothing else reads that.")
  func place() throws {
    func buffers(isRead: Bool) throws -> (addend: Int, output: Int) {
      let graph = try network { graph, input in
        let relu = try block(&graph, input).relu
        return isRead ? [relu, input] : [relu]
      }
      let plan = try ExecutionPlan(graph, samplesPerBatch: 2)
      let found = plan.steps.compactMap { step -> (Int, Int)? in
        guard case .run(let kernel, let inputs, let output) = step, inputs.count > 1,
          kernel.addsSecondInput
        else { return nil }
        return (inputs[1], output)
      }
      return try #require(found.first)
    }
    guard try hasWinograd() else { return }
    let free = try buffers(isRead: false)
    #expect(free.addend == free.output)
    let read = try buffers(isRead: true)
    #expect(read.addend != read.output)
  }

  @Test("Of two convolutions the later one is computed with the sum, or the one that can be.")
  func two() throws {
    for (sizes, layers) in [([3, 5], ["second"]), ([3, 1], ["first"]), ([1, 1], [])] {
      try expectJoined(
        layers,
        network { graph, input in
          let summands = try zip(["first", "second"], sizes).map { layer, size in
            try graph.add(convolution(size: size), layer: layer, inputs: [input])
          }
          return [try graph.add(.elementwise(.add), layer: "sum", inputs: summands)]
        })
    }
  }

  @Test("Other combinations, sums of three and stretched ones are computed alone.")
  func others() throws {
    for combination in [Combination.subtract, .average, .maximum] {
      try expectJoined(
        [],
        network { graph, input in
          let node = try graph.add(convolution(), layer: "conv", inputs: [input])
          return [try graph.add(.elementwise(combination), layer: "it", inputs: [node, input])]
        })
    }
    try expectJoined(
      [],
      network { graph, input in
        let node = try graph.add(convolution(), layer: "conv", inputs: [input])
        let tanh = try graph.add(.activation(.tanh), layer: "tanh", inputs: [input])
        let mean = try graph.add(.mean(axes: [0, 1]), layer: "mean", inputs: [tanh])
        let other = try graph.add(convolution(2), layer: "conv", inputs: [input])
        return [
          try graph.add(.elementwise(.add), layer: "three", inputs: [node, tanh, input]),
          try graph.add(.elementwise(.add), layer: "stretched", inputs: [other, mean]),
        ]
      })
  }

  @Test("Direct convolutions are computed alone.")
  func direct() throws {
    let graph = try network { [try block(&$0, $1).relu] }
    #expect(try joined(graph, allowsWinograd: false).isEmpty)
  }

  @Test("Blocks in parts with batches of their own give the same bits.")
  func parts() throws {
    let graph = try network { graph, input in
      var node = input
      for _ in 0..<3 { node = try block(&graph, node).relu }
      return [node]
    }
    // Behind the input, and behind the first two sums.
    let cuts = [1, 5, 10]
    try #require(BatchPlan.cuts(of: graph) == cuts + [15])
    for samples in [[1, 2, 2, 4], [1, 1, 3, 6]] {
      try expectSameBits(graph, batches: BatchPlan(graph, cuts: cuts, samples: samples), samples: 7)
    }
  }

  @Test("Random networks with shared nodes give the same bits.", arguments: 0..<40 as Range<UInt64>)
  func random(seed: UInt64) throws {
    var generator = SeededGenerator(seed)
    try expectSameBits(
      network { graph, input in
        var nodes = [input, graph.addInput(layer: "other", shape: shape)]
        for step in 0..<16 {
          let recent = nodes.suffix(4)
          let inputs = (0..<2).map { _ in recent.randomElement(using: &generator)! }
          let (operation, count): (NetworkGraph.Operation, Int) =
            switch Int.random(in: 0..<7, using: &generator) {
            case 0...1: (convolution(generator.next()), 1)
            case 2...4: (.elementwise(.add), 2)
            case 5: (.activation(.relu), 1)
            default: (.activation(.tanh), 1)
            }
          nodes.append(
            try graph.add(operation, layer: "\(step)", inputs: Array(inputs[..<count])))
        }
        return [nodes.last!, nodes.randomElement(using: &generator)!]
      })
  }
}
