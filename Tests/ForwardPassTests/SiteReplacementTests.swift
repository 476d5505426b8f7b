import NetworkGraph
import TestSupport
import Testing

@testable import ForwardPass

@Suite("What stands in for a site's function")
struct SiteReplacementTests {
  private static func function(_ body: @escaping @Sendable (Float) -> Float) -> SiteReplacement {
    .function { for index in $0.indices { $0[index] = body($0[index]) } }
  }

  private func run(
    _ graph: Graph, _ replacements: [Int: SiteReplacement] = [:], in data: [[[Float]]]
  ) throws -> Run {
    try Run(
      Executor(ExecutionPlan(graph, samplesPerBatch: 2, replacing: replacements)), data)
  }

  private func data(_ graph: Graph, samples: Int = 3) -> [[[Float]]] {
    var generator = SeededGenerator(5)
    return (0..<samples).map { _ in
      graph.inputs.map { generator.floats(graph.nodes[$0].shape.count, in: -2...2) }
    }
  }

  @Test("A replaced ReLU gives the function's values, and what follows it is observed.")
  func rectifier() throws {
    var graph = Graph(name: "relu")
    let input = graph.addInput(layer: "in", shape: try #require(Shape([6, 1])))
    let relu = try graph.add(.activation(.relu), layer: "a", inputs: [input])
    let window = Window(size: [2], strides: [2], padding: .valid)
    let pooled = try graph.add(.maxPooling(window), layer: "p", inputs: [relu])
    graph.setOutputs([
      pooled, try graph.add(.elementwise(.add), layer: "s", inputs: [relu, input]),
    ])
    let plain = try ExecutionPlan(graph)
    #expect(plain.rectifiedSites.map(\.site) == [1])
    #expect(try ExecutionPlan(graph, observesEverySite: true).rectifiedSites.isEmpty)
    let square = Self.function { $0 * $0 - 1 }
    #expect(try ExecutionPlan(graph, replacing: [0: square]).rectifiedSites.isEmpty)

    let data = data(graph)
    let found = try run(graph, [0: square], in: data)
    for (sample, inputs) in data.enumerated() {
      let squares = inputs[0].map { $0 * $0 - 1 }
      #expect(found.sites[0][sample] == inputs[0])
      #expect(found.sites[1][sample] == squares)
      #expect(
        found.outputs[0][sample] == (0..<3).map { max(squares[2 * $0], squares[2 * $0 + 1]) })
      #expect(found.outputs[1][sample] == zip(squares, inputs[0]).map { $0 + $1 })
    }
  }

  @Test("Every part of a cell can be replaced.")
  func cell() throws {
    var generator = SeededGenerator(9)
    let recurrence = Recurrence(
      cell: .lstm(activation: .softsign, gates: .hardTanh), kernel: generator.tensor(3, 8),
      recurrentKernel: generator.tensor(2, 8))
    let graph = try graph(.recurrence(recurrence), [4, 3])
    let data = data(graph)
    let same = Dictionary(
      uniqueKeysWithValues: [0, 1, 2, 3, 4].map { site in
        let function: ActivationFunction = site == 2 || site == 4 ? .softsign : .hardTanh
        return (site, Self.function { function($0) })
      })
    let exact = try run(graph, in: data)
    #expect(try run(graph, same, in: data).isIdentical(to: exact))
    #expect(try !run(graph, [4: Self.function { $0 }], in: data).isIdentical(to: exact))
  }

  @Test("A tournament with |x| finds the greatest value of windows of any size.")
  func tournament() throws {
    let absolute = SiteReplacement.pairwiseMaximum { for i in $0.indices { $0[i] = abs($0[i]) } }
    for (size, padding) in [(2, Padding.valid), (3, .same), (3, .valid)] {
      let window = Window(size: [size, size], strides: [2, 2], padding: padding)
      try expectMaximum(try graph(.maxPooling(window), [5, 7, 3]), absolute)
    }
    try expectMaximum(try graph(.globalMaxPooling(keepsAxes: false), [3, 3, 2]), absolute)
    let rounds = [1, 2, 3, 4, 5, 9].map {
      Window(size: [$0], strides: [1], padding: .valid).tournamentRounds
    }
    #expect(rounds == [0, 1, 2, 2, 3, 4])
  }

  /// Each round rounds a sum and a difference of numbers below 4: three rounds err by 1e-6 at most.
  private func expectMaximum(_ graph: Graph, _ replacement: SiteReplacement) throws {
    let data = data(graph)
    let (exact, found) = (try run(graph, in: data), try run(graph, [0: replacement], in: data))
    for (x, y) in zip(exact.outputs[0].joined(), found.outputs[0].joined()) {
      #expect(abs(x - y) <= 1e-6)
    }
  }

  @Test("A max pooling can become the mean of its windows.")
  func average() throws {
    let window = Window(size: [3, 2], strides: [2, 1], padding: .same)
    let pairs: [(Operation, Operation)] = [
      (.maxPooling(window), .averagePooling(window)),
      (.globalMaxPooling(keepsAxes: false), .globalAveragePooling(keepsAxes: false)),
    ]
    for (maximum, mean) in pairs {
      let (replaced, expected) = (try graph(maximum, [5, 6, 2]), try graph(mean, [5, 6, 2]))
      let data = data(replaced)
      #expect(
        try run(replaced, [0: .averagePooling], in: data).outputs == run(expected, in: data).outputs
      )
    }
  }
}
