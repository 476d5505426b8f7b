import IntervalPropagation
import NetworkGraph
import TestSupport
import Testing

@Suite("Bounds of whole networks")
struct BoundPropagationTests {
  /// A dense network with the given widths and ReLUs between.
  private func denseNetwork(_ widths: [Int], seed: UInt64) throws -> Graph {
    var generator = SeededGenerator(seed)
    var graph = Graph(name: "dense")
    var node = graph.addInput(layer: "x", shape: try #require(Shape([widths[0]])))
    for (from, to) in zip(widths, widths.dropFirst()) {
      node = try graph.add(
        .dense(kernel: generator.tensor(from, to), bias: generator.floats(to)), layer: "d\(to)",
        inputs: [node])
      node = try graph.add(.activation(.relu), layer: "r\(to)", inputs: [node])
    }
    graph.setOutputs([node])
    return graph
  }

  private func vertices(of box: [ClosedRange<Float>]) -> [[[Float]]] {
    (0..<1 << box.count).map { corner in
      [box.indices.map { corner >> $0 & 1 == 0 ? box[$0].lowerBound : box[$0].upperBound }]
    }
  }

  @Test("Bounds are never narrower than what a search of all vertices finds.")
  func vertexSearch() throws {
    for seed in 1...10 as ClosedRange<UInt64> {
      let graph = try denseNetwork([6, 5, 4, 3], seed: seed)
      var generator = SeededGenerator(seed + 100)
      let box = generator.box(6)
      let found = try SeenRanges(graph, vertices(of: box)).sites
      let proved = BoundPropagation(graph).siteBounds(of: [Bounds(box)])
      for (found, proved) in zip(found, proved) {
        let found = try #require(found)
        #expect(found.clamped(to: proved) == found)
      }
      // One layer's numbers are linear in the input: the vertices reach the bounds.
      let first = try #require(found[0])
      #expect(first.lowerBound - proved[0].lowerBound < 1e-5)
      #expect(proved[0].upperBound - first.upperBound < 1e-5)
    }
  }

  @Test("A box of one point gives what a run gives, but for rounding.")
  func point() throws {
    let graph = try denseNetwork([8, 16, 16, 4], seed: 5)
    var generator = SeededGenerator(6)
    let point = generator.floats(8)
    let run = try SeenRanges(graph, [[point]])
    let bounds = BoundPropagation(graph).siteBounds(of: [Bounds(point.map { $0...$0 })])
    for (seen, proved) in zip(run.sites, bounds) {
      let seen = try #require(seen)
      #expect(seen.clamped(to: proved) == seen)
      // Some dozens of roundings of numbers below 32.
      #expect(abs(seen.lowerBound - proved.lowerBound) < 1e-3)
      #expect(abs(seen.upperBound - proved.upperBound) < 1e-3)
    }
  }

  @Test("A wider box has bounds that hold those of a narrower one.")
  func monotony() throws {
    let graph = try denseNetwork([6, 8, 8, 3], seed: 9)
    let narrow = BoundPropagation(graph).siteBounds(
      of: [Bounds([ClosedRange<Float>](repeating: -0.5...0.5, count: 6))])
    let wide = BoundPropagation(graph).siteBounds(
      of: [Bounds([ClosedRange<Float>](repeating: -1...0.75, count: 6))])
    for (narrow, wide) in zip(narrow, wide) { #expect(narrow.clamped(to: wide) == narrow) }
  }

  @Test("An affine step that a run folds into the weights before it is enclosed.")
  func folded() throws {
    var generator = SeededGenerator(4)
    var graph = Graph(name: "folded")
    let input = graph.addInput(layer: "x", shape: try #require(Shape([30])))
    let linear = try graph.add(
      .dense(kernel: generator.tensor(30, 6), bias: nil), layer: "d", inputs: [input])
    let scaled = try graph.add(
      .affine(scale: generator.floats(6, in: -50...50), shift: generator.floats(6)), layer: "n",
      inputs: [linear])
    graph.setOutputs([try graph.add(.activation(.tanh), layer: "t", inputs: [scaled])])
    let box = [generator.floats(30).map { $0...$0 }]
    try expectEnclosure(graph, box, points: 2)
    try expectEnclosure(graph, [generator.box(30)])
  }

  @Test("A normalised number is at most the root of how many are normalised.")
  func normalization() throws {
    var graph = Graph(name: "normal")
    let input = graph.addInput(layer: "x", shape: try #require(Shape([3, 16])))
    let mean = try graph.add(.mean(axes: [1]), layer: "m", inputs: [input])
    let centred = try graph.add(.elementwise(.subtract), layer: "c", inputs: [input, mean])
    let squares = try graph.add(.elementwise(.multiply), layer: "s", inputs: [centred, centred])
    let variance = try graph.add(.mean(axes: [1]), layer: "v", inputs: [squares])
    let sum = try graph.add(
      .affine(scale: [1], shift: [1e-6]), layer: "e", inputs: [variance])
    let root = try graph.add(.activation(.power(-0.5)), layer: "r", inputs: [sum])
    graph.setOutputs([
      try graph.add(.elementwise(.multiply), layer: "n", inputs: [centred, root])
    ])
    // One number far from the others comes near the limit.
    let box = (0..<48).map { $0 % 16 == 0 ? 90...100 : -1...1 as ClosedRange<Float> }
    let outputs = try expectEnclosure(graph, [box])[0]
    #expect(outputs.upper.allSatisfy { $0 < 4.001 } && outputs.lower.allSatisfy { $0 > -4.001 })
  }

  @Test("A mean weighted by a softmax stays within what is weighted.")
  func attention() throws {
    var graph = Graph(name: "attention")
    let queries = graph.addInput(layer: "q", shape: try #require(Shape([1, 4, 3])))
    let values = graph.addInput(layer: "v", shape: try #require(Shape([1, 5, 3])))
    let scores = try graph.add(
      .matrixProduct(transposed: true), layer: "s", inputs: [queries, values])
    let shares = try graph.add(.activation(.softmax), layer: "p", inputs: [scores])
    graph.setOutputs([
      try graph.add(.matrixProduct(transposed: false), layer: "o", inputs: [shares, values])
    ])
    let ranges = [
      [ClosedRange<Float>](repeating: -3...3, count: 12),
      [ClosedRange<Float>](repeating: 1...2, count: 15),
    ]
    let outputs = try expectEnclosure(graph, ranges, points: 200)[0]
    #expect(outputs.lower.allSatisfy { $0 > 0.999 } && outputs.upper.allSatisfy { $0 < 2.001 })
  }

  static let cells: [Recurrence.Cell] = [
    .simple(.tanh), .simple(nil), .simple(.relu), .lstm(activation: .tanh, gates: .sigmoid),
    .lstm(activation: .softsign, gates: .hardSigmoid(slope: 0.2)),
    .gru(activation: .tanh, gates: .sigmoid, resetsProduct: true),
    .gru(activation: .elu(alpha: 0.5), gates: nil, resetsProduct: false),
  ]

  @Test("Every gate and state of a cell is enclosed, masked or not.", arguments: cells)
  func recurrence(cell: Recurrence.Cell) throws {
    for flags in 0..<16 {
      var generator = SeededGenerator(UInt64(flags))
      let width = cell.gateCount * 4
      var resets = false
      if case .gru(_, _, true) = cell { resets = true }
      let recurrence = Recurrence(
        cell: cell, kernel: generator.tensor(3, width), recurrentKernel: generator.tensor(4, width),
        bias: generator.floats(width), recurrentBias: resets ? generator.floats(width) : nil,
        goesBackwards: flags & 1 != 0, flipsOutput: flags & 2 != 0,
        returnsSequence: flags & 4 != 0, zeroesMaskedSteps: flags & 8 != 0)
      try expectEnclosure(
        single(.recurrence(recurrence), [[5, 3]]), [generator.box(15)], seed: UInt64(flags))
      // Steps that are kept, masked, and either.
      let mask: [ClosedRange<Float>] = [1...1, 0...0, 0...1, 0...1, 1...1]
      try expectEnclosure(
        single(.recurrence(recurrence), [[5, 3], [5]]), [generator.box(15), mask],
        seed: UInt64(flags))
      let stateful = Recurrence(
        cell: cell, kernel: recurrence.kernel, recurrentKernel: recurrence.recurrentKernel,
        bias: recurrence.bias, recurrentBias: recurrence.recurrentBias,
        returnsSequence: flags & 4 != 0, readsStates: true, givesStates: true)
      let states = (0..<cell.stateCount).map { _ in generator.box(4) }
      try expectEnclosure(
        single(.recurrence(stateful), [[5, 3]] + states.map { _ in [4] } + [[5]]),
        [generator.box(15)] + states + [mask], seed: UInt64(flags))
    }
  }

  @Test("Where a run may overflow, no end is claimed.")
  func overflow() throws {
    var graph = Graph(name: "overflow")
    let input = graph.addInput(layer: "x", shape: try #require(Shape([1])))
    let large = try graph.add(.activation(.exponential), layer: "e", inputs: [input])
    graph.setOutputs([try graph.add(.activation(.tanh), layer: "t", inputs: [large])])
    let sites = BoundPropagation(graph).siteBounds(of: [Bounds([0...200])])
    #expect(sites[1].upperBound == .infinity)
    let calm = BoundPropagation(graph).siteBounds(of: [Bounds([0...2])])
    #expect(calm[1].upperBound < 7.4)
  }
}
