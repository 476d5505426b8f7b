import ForwardPass
import NetworkGraph
import TestSupport
import Testing

@Suite struct RecurrenceTests {
  static let cells: [Recurrence.Cell] = [
    .simple(.tanh), .simple(.relu), .simple(nil),
    .lstm(activation: .tanh, gates: .sigmoid),
    .lstm(activation: .softsign, gates: .hardSigmoid(slope: 0.2)),
    .lstm(activation: nil, gates: .hardSigmoid(slope: 1 / 6)),
    .gru(activation: .tanh, gates: .sigmoid, resetsProduct: true),
    .gru(activation: .tanh, gates: .sigmoid, resetsProduct: false),
    .gru(activation: .relu, gates: nil, resetsProduct: true),
    .gru(activation: .elu(alpha: 0.5), gates: .hardSigmoid(slope: 0.2), resetsProduct: false),
  ]

  /// A cell over 6 steps of 3 channels, with or without a mask as a second input.
  private func network(
    _ cell: Recurrence.Cell, units: Int = 5, isMasked: Bool, flags: Int, seed: UInt64 = 3,
    reads: Bool = false, gives: Bool = false
  ) throws -> Graph {
    var generator = SeededGenerator(seed)
    let width = cell.gateCount * units
    var hasRecurrentBias = false
    if case .gru(_, _, true) = cell { hasRecurrentBias = true }
    let recurrence = Recurrence(
      cell: cell, kernel: generator.tensor(3, width),
      recurrentKernel: generator.tensor(units, width),
      bias: flags & 16 == 0 ? generator.floats(width) : nil,
      recurrentBias: hasRecurrentBias ? generator.floats(width) : nil,
      goesBackwards: flags & 1 != 0, flipsOutput: flags & 2 != 0, returnsSequence: flags & 4 != 0,
      zeroesMaskedSteps: flags & 8 != 0, readsStates: reads, givesStates: gives)
    var graph = Graph(name: "cell")
    var inputs = [graph.addInput(layer: "x", shape: try #require(Shape([6, 3])))]
    for _ in recurrence.stateInputs {
      inputs.append(graph.addInput(layer: "state", shape: try #require(Shape([units]))))
    }
    if isMasked { inputs.append(graph.addInput(layer: "mask", shape: try #require(Shape([6])))) }
    graph.setOutputs([try graph.add(.recurrence(recurrence), layer: "cell", inputs: inputs)])
    return graph
  }

  /// Masks of 6 steps: whole, at the end, at the start, with gaps, and empty.
  private let masks: [[Float]] = [
    [1, 1, 1, 1, 1, 1], [1, 1, 1, 0, 0, 0], [0, 0, 1, 1, 1, 1], [1, 0, 1, 0, 0, 1],
    [0, 0, 0, 0, 0, 0], [0, 1, 1, 1, 1, 0],
  ]

  @Test("Every cell agrees with the interpreter, with all options.", arguments: cells)
  func agreement(cell: Recurrence.Cell) throws {
    for flags in 0..<32 {
      // A state that ReLU does not bound grows, and sums of it cancel: up to 1.5e-5 was seen.
      try expectAgreement(
        network(cell, isMasked: false, flags: flags), samplesPerBatch: 2, samples: 3,
        tolerance: 2e-5)
    }
  }

  @Test(
    "Masked steps leave the state, are not shown, and repeat the output or zero it.",
    arguments: cells)
  func masks(cell: Recurrence.Cell) throws {
    var generator = SeededGenerator(11)
    let data = masks.map { [generator.floats(18), $0] }
    for flags in 0..<16 {
      let graph = try network(cell, isMasked: true, flags: flags)
      let run = try Run(Executor(ExecutionPlan(graph, samplesPerBatch: 4)), data)
      for (sample, inputs) in data.enumerated() {
        let reference = Reference(graph, inputs: inputs)
        #expect(isClose(run.outputs[0][sample], reference.values[graph.outputs[0]]))
        for site in graph.sites.indices {
          #expect(isClose(run.sites[site][sample], reference.preactivations(of: site, in: graph)))
        }
      }
    }
  }

  @Test(
    "States are read before the first step, and given after the last.",
    // Without a bound on gates and state, one that starts near 1 grows beyond any tolerance.
    arguments: cells.filter { $0 != .gru(activation: .relu, gates: nil, resetsProduct: true) })
  func states(cell: Recurrence.Cell) throws {
    for flags in 0..<16 {
      for (reads, gives) in [(true, false), (false, true), (true, true)] {
        try expectAgreement(
          network(cell, isMasked: false, flags: flags, reads: reads, gives: gives),
          samplesPerBatch: 2, samples: 3)
      }
    }
    var generator = SeededGenerator(13)
    let graph = try network(cell, isMasked: true, flags: 12, reads: true, gives: true)
    let data = masks.map { mask in
      [generator.floats(18)] + (0..<cell.stateCount).map { _ in generator.floats(5) } + [mask]
    }
    let run = try Run(Executor(ExecutionPlan(graph, samplesPerBatch: 4)), data)
    for (sample, inputs) in data.enumerated() {
      let reference = Reference(graph, inputs: inputs)
      #expect(isClose(run.outputs[0][sample], reference.values[graph.outputs[0]]))
    }
    // The fifth sample has every step masked.
    let states = data[4][1...cell.stateCount].flatMap { $0 }
    #expect(run.outputs[0][4].suffix(states.count) == states[...])
  }

  /// Equal within 1e-5, as sums of 9 numbers below 3 are; NaN equals NaN.
  private func isClose(_ found: [Float], _ expected: [Double]) -> Bool {
    found.count == expected.count
      && zip(found, expected).allSatisfy {
        $0.isNaN && $1.isNaN || abs(Double($0) - $1) <= 1e-5 * max(1, abs($1))
      }
  }

  @Test("Each step is shown once: its samples in order, at its own place, gate after gate.")
  func observations() throws {
    let graph = try network(
      .gru(activation: .tanh, gates: .sigmoid, resetsProduct: true), units: 2, isMasked: true,
      flags: 1)
    let recorder = Recorder()
    let masks: [[Float]] = [[1, 1, 1, 1, 1, 1], [1, 1, 1, 1, 1, 0], [1, 1, 1, 1, 1, 1]]
    try Executor(ExecutionPlan(graph, samplesPerBatch: 4)).run(
      samples: 0..<3,
      fill: { samples, input, buffer in
        _ = buffer.update(
          fromContentsOf: samples.flatMap {
            input == 0 ? [Float](repeating: 0.5, count: 18) : masks[$0]
          })
      }, observer: recorder)
    let seen = recorder.observations.map { "\($0.site) \($0.samples) at \($0.offset)" }
    #expect(
      seen.prefix(9) == [
        "0 0..<1 at 10", "0 2..<3 at 10", "1 0..<1 at 10", "1 2..<3 at 10", "2 0..<1 at 10",
        "2 2..<3 at 10", "0 0..<3 at 8", "1 0..<3 at 8", "2 0..<3 at 8",
      ])
    #expect(seen.count == 6 + 5 * 3)
  }

  @Test("A sample's numbers have the same bits whatever batch it ran in.", arguments: cells)
  func batches(cell: Recurrence.Cell) throws {
    var generator = SeededGenerator(17)
    let data = masks.map { [generator.floats(18), $0] }
    let plan = try ExecutionPlan(
      network(cell, isMasked: true, flags: 4), samplesPerBatch: 4)
    let executor = try Executor(plan)
    let whole = try Run(executor, data)
    for start in data.indices {
      let part = try Run(executor, data, samples: start..<min(start + 3, data.count))
      for (offset, output) in part.outputs[0].enumerated() {
        #expect(output.map(\.bitPattern) == whole.outputs[0][start + offset].map(\.bitPattern))
      }
    }
    #expect(try Run(Executor(plan), data).isIdentical(to: whole))
  }

  @Test("A NaN at one step reaches the later ones of its sample, and no other sample.")
  func notANumber() throws {
    var generator = SeededGenerator(5)
    var data = (0..<3).map { _ in [generator.floats(18)] }
    data[1][0][7] = .nan
    let graph = try network(
      .lstm(activation: .tanh, gates: .sigmoid), isMasked: false, flags: 4)
    let run = try Run(Executor(ExecutionPlan(graph, samplesPerBatch: 4)), data)
    #expect(run.outputs[0].map { $0.filter(\.isNaN).count } == [0, 20, 0])
    #expect(run.outputs[0][1].prefix(10).allSatisfy { !$0.isNaN })
  }

  @Test("A wide cell over several batches agrees as well.")
  func wide() throws {
    for cell in [Self.cells[3], Self.cells[6], Self.cells[7]] {
      let graph = try network(cell, units: 37, isMasked: false, flags: 4)
      try expectAgreement(graph, samplesPerBatch: 8, samples: 11)
    }
  }
}
