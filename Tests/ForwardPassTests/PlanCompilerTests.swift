import NetworkGraph
import TestSupport
import Testing

@testable import ForwardPass

@Suite struct PlanCompilerTests {
  private func steps(_ graph: Graph) throws -> [String] {
    var compiler = PlanCompiler(
      graph, batches: BatchPlan(graph, samples: 2), allowsWinograd: true)
    try compiler.compile()
    return compiler.steps.map { step in
      switch step {
      case .observe(_, let buffer, let rectifier):
        "\(rectifier == nil ? "observe" : "rectify") \(buffer)"
      case .run(_, let inputs, let output): "\(inputs) to \(output)"
      }
    }
  }

  /// An input of five numbers, and what `add` makes of it.
  private func network(_ add: (inout Graph, Int) throws -> [Int]) throws -> Graph {
    var graph = Graph(name: "small")
    let input = graph.addInput(layer: "in", shape: try #require(Shape([5])))
    graph.setOutputs(try add(&graph, input))
    return graph
  }

  @Test("A rectifier works in place where no one else reads its input.")
  func inPlace() throws {
    let graph = try network { graph, input in
      [try graph.add(.activation(.relu), layer: "a", inputs: [input])]
    }
    #expect(try steps(graph) == ["rectify 0"])
    try expectAgreement(graph)
  }

  @Test("A pre-activation that is read again is copied before it is rectified.")
  func residual() throws {
    let graph = try network { graph, input in
      let sum = try graph.add(.affine(scale: [2], shift: [0.5]), layer: "x", inputs: [input])
      let relu = try graph.add(.activation(.relu), layer: "a", inputs: [sum])
      return [try graph.add(.elementwise(.add), layer: "r", inputs: [sum, relu])]
    }
    #expect(try steps(graph) == ["[0] to 0", "[0] to 1", "rectify 1", "[0, 1] to 2"])
    try expectAgreement(graph)
  }

  @Test("Of two rectifiers of one node only the last works in place.")
  func twoRectifiers() throws {
    let graph = try network { graph, input in
      let relu = try graph.add(.activation(.relu), layer: "a", inputs: [input])
      let leaky = try graph.add(
        .activation(.rectifier(slope: 0.5, bound: 0.25)), layer: "b", inputs: [input])
      return [relu, leaky]
    }
    #expect(try steps(graph) == ["[0] to 1", "rectify 1", "rectify 0"])
    try expectAgreement(graph)
  }

  @Test(
    "A node that is an output and an activation's input keeps its value.",
    arguments: [ActivationFunction.relu, .tanh, .softsign, .softmax, .prelu(slopes: [0.5])])
  func output(function: ActivationFunction) throws {
    var slopes = function
    if case .prelu = function { slopes = .prelu(slopes: [0.5, 0.25, 2, 1, 0]) }
    let graph = try network { graph, input in
      let sum = try graph.add(.affine(scale: [2], shift: [0.5]), layer: "x", inputs: [input])
      return [sum, try graph.add(.activation(slopes), layer: "a", inputs: [sum])]
    }
    try expectAgreement(graph)
  }

  @Test("A reshape shares its input's numbers, and protects them for other readers.")
  func reshape() throws {
    let graph = try network { graph, input in
      let column = try graph.add(
        .reshape(try #require(Shape([5, 1]))), layer: "s", inputs: [input])
      let relu = try graph.add(.activation(.relu), layer: "a", inputs: [column])
      let tanh = try graph.add(.activation(.tanh), layer: "b", inputs: [input])
      let sum = try graph.add(.activation(.elu(alpha: 1)), layer: "c", inputs: [column])
      return [relu, tanh, sum, column]
    }
    try expectAgreement(graph)
  }

  @Test("An input may be an output, read or not.")
  func inputAsOutput() throws {
    try expectAgreement(network { _, input in [input] })
    try expectAgreement(
      network { graph, input in
        [input, try graph.add(.activation(.relu), layer: "a", inputs: [input]), input]
      })
  }

  @Test("Inputs that come late, or that nothing reads, spoil nothing.")
  func lateInputs() throws {
    var graph = Graph(name: "late")
    let shape = try #require(Shape([5]))
    let first = graph.addInput(layer: "a", shape: shape)
    _ = graph.addInput(layer: "unread", shape: shape)
    var node = try graph.add(.permutation([0]), layer: "p", inputs: [first])
    node = try graph.add(.nearestUpsampling([]), layer: "u", inputs: [node])
    let late = graph.addInput(layer: "late", shape: shape)
    graph.setOutputs([try graph.add(.elementwise(.subtract), layer: "s", inputs: [node, late])])
    try expectAgreement(graph)
  }

  @Test(
    "Random networks with shared nodes agree with the interpreter.",
    arguments: 0..<60 as Range<UInt64>)
  func random(seed: UInt64) throws {
    var generator = SeededGenerator(seed)
    var graph = Graph(name: "random")
    let shape = try #require(Shape([4, 3]))
    var nodes = [
      graph.addInput(layer: "a", shape: shape), graph.addInput(layer: "b", shape: shape),
    ]
    for step in 0..<14 {
      let input = nodes.randomElement(using: &generator)!
      let other = nodes.randomElement(using: &generator)!
      let (operation, inputs): (NetworkGraph.Operation, [Int]) =
        switch Int.random(in: 0..<9, using: &generator) {
        case 0: (.activation(.relu), [input])
        case 1: (.activation(.tanh), [input])
        case 2: (.activation(.rectifier(slope: 0.5, bound: 0.5)), [input])
        case 3: (.elementwise(.average), [input, other])
        case 4: (.elementwise(.maximum), [input, other])
        case 5: (.affine(scale: generator.floats(3), shift: generator.floats(3)), [input])
        case 6: (.dense(kernel: generator.tensor(3, 3), bias: generator.floats(3)), [input])
        case 7: (.reshape(shape), [input])
        default: (.activation(.softsign), [input])
        }
      nodes.append(try graph.add(operation, layer: "\(step)", inputs: inputs))
    }
    graph.setOutputs((0..<3).map { _ in nodes.randomElement(using: &generator)! })
    try expectAgreement(graph, seed: seed)
  }

  @Test("A site that sees what ReLU made of others, alone or side by side, is not observed.")
  func rectifiedSites() throws {
    var graph = Graph(name: "pools")
    let input = graph.addInput(layer: "in", shape: try #require(Shape([4, 4, 3])))
    let window = Window(size: [2, 2], strides: [2, 2], padding: .valid)
    func activation(_ layer: String, _ function: ActivationFunction) throws -> Int {
      let scale = try graph.add(
        .affine(scale: [layer == "a" ? 2 : -3], shift: [0.25]), layer: layer, inputs: [input])
      return try graph.add(.activation(function), layer: layer, inputs: [scale])
    }
    let nodes = [
      try activation("a", .relu), try activation("b", .relu),
      try activation("c", .rectifier(slope: 0.5, bound: .infinity)),
      try activation("d", .rectifier(slope: 0, bound: 0.5)), try activation("e", .tanh),
    ]
    let joined = try graph.add(.concatenation(axis: 2), layer: "ba", inputs: [nodes[1], nodes[0]])
    let mixed = try graph.add(.concatenation(axis: 2), layer: "ac", inputs: [nodes[0], nodes[2]])
    let above = try graph.add(.concatenation(axis: 0), layer: "up", inputs: [nodes[0], nodes[1]])
    graph.setOutputs(
      try (nodes + [joined, mixed, above]).map {
        try graph.add(.maxPooling(window), layer: "p\($0)", inputs: [$0])
      })
    let derived = try ExecutionPlan(graph).rectifiedSites.map { derived in
      [derived.site].map { graph.sites[$0].name } + derived.sources.map { graph.sites[$0].name }
    }
    #expect(
      derived == [
        ["p\(nodes[0])/max", "a/relu"], ["p\(nodes[1])/max", "b/relu"],
        ["p\(joined)/max", "b/relu", "a/relu"],
      ])
    try expectAgreement(graph)
  }
}
