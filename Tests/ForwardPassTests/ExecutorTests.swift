import ForwardPass
import NetworkGraph
import TestSupport
import Testing

@Suite struct ExecutorTests {
  private let data: [[[Float]]] = {
    var generator = SeededGenerator(13)
    return (0..<11).map { _ in [generator.floats(8 * 8 * 3), generator.floats(4)] }
  }()

  @Test("A network with several inputs, outputs, and branches agrees with the interpreter.")
  func agreement() throws {
    for batch in [1, 2, 5, 8] {
      try expectAgreement(convolutionalNetwork(), samplesPerBatch: batch, samples: 5)
    }
  }

  @Test("Every site is seen once a batch, in network order, with its samples' range.")
  func observations() throws {
    let graph = try convolutionalNetwork()
    let executor = try Executor(ExecutionPlan(graph, samplesPerBatch: 4))
    let recorder = Recorder()
    var outputs: [String] = []
    try executor.run(
      samples: 1..<11,
      fill: { samples, input, buffer in
        #expect(buffer.count == samples.count * executor.plan.inputShapes[input].count)
        _ = buffer.update(fromContentsOf: samples.flatMap { data[$0][input] })
      },
      observer: recorder,
      output: { samples, output, _ in outputs.append("\(output) of \(samples)") })
    let seen = recorder.observations.map { "\($0.site) of \($0.samples)" }
    let batches = [1..<5, 5..<9, 9..<11]
    #expect(seen == batches.flatMap { batch in graph.sites.indices.map { "\($0) of \(batch)" } })
    #expect(outputs == batches.flatMap { batch in (0..<2).map { "\($0) of \(batch)" } })
    for observation in recorder.observations {
      let size = graph.sites[observation.site].shape.count
      #expect(observation.values.count == observation.samples.count * size)
    }
  }

  @Test("A site whose function is no rectifier is shown without one.")
  func rectifiers() throws {
    final class Kinds: PreactivationObserver {
      var rectifiers: [Rectifier?] = []
      func observe(
        site: Int, values: UnsafeMutableBufferPointer<Float>, samples: Range<Int>,
        offset: Int, rectifier: Rectifier?
      ) { rectifiers.append(rectifier) }
    }
    let kinds = Kinds()
    let executor = try Executor(ExecutionPlan(convolutionalNetwork()))
    try executor.run(samples: 0..<1, fill: { $2.initialize(repeating: 0) }, observer: kinds)
    #expect(kinds.rectifiers.map { $0?.slope } == [0, 0.1, nil, nil, nil, nil])
    #expect(kinds.rectifiers.map { $0?.bound } == [.infinity, 6, nil, nil, nil, nil])
  }

  @Test("A sample's numbers have the same bits whatever batch it ran in, full or not.")
  func independenceOfBatch() throws {
    let plan = try ExecutionPlan(convolutionalNetwork(), samplesPerBatch: 4)
    let executor = try Executor(plan)
    let whole = try Run(executor, data)
    for start in data.indices {
      for end in [start + 1, start + 3] where end <= data.count {
        let part = try Run(executor, data, samples: start..<end)
        var expected = whole
        expected.sites = whole.sites.map { Array($0[start..<end]) }
        expected.outputs = whole.outputs.map { Array($0[start..<end]) }
        #expect(part.isIdentical(to: expected))
      }
    }
  }

  @Test("A NaN in one sample changes no bit of the others.")
  func independenceOfNeighbours() throws {
    let executor = try Executor(ExecutionPlan(convolutionalNetwork(), samplesPerBatch: 4))
    let clean = try Run(executor, data)
    var spoilt = data
    spoilt[2][0][50] = .nan
    let run = try Run(executor, spoilt)
    for (found, expected) in zip(run.sites + run.outputs, clean.sites + clean.outputs) {
      for sample in data.indices where sample != 2 { #expect(found[sample] == expected[sample]) }
      let hasNaN = found[2].contains(where: \.isNaN)
      #expect(hasNaN)
    }
    // What a batch leaves behind does not reach the next run either.
    #expect(try Run(executor, data, samples: 0..<3).outputs[0] == Array(clean.outputs[0][..<3]))
  }

  @Test("Two executors on two threads give the same bits as one alone.")
  func threads() async throws {
    let plan = try ExecutionPlan(convolutionalNetwork(), samplesPerBatch: 4)
    let alone = try Run(Executor(plan), data)
    let data = data
    let identical = try await withThrowingTaskGroup(of: Bool.self) { group in
      for _ in 0..<2 {
        group.addTask {
          let executor = try Executor(plan)
          return try (0..<20).allSatisfy { _ in try Run(executor, data).isIdentical(to: alone) }
        }
      }
      return try await group.reduce(true) { $0 && $1 }
    }
    #expect(identical)
  }

  @Test("Two plans of one graph give the same bits.")
  func plans() throws {
    let first = try Run(Executor(ExecutionPlan(convolutionalNetwork())), data)
    let second = try Run(Executor(ExecutionPlan(convolutionalNetwork())), data)
    #expect(first.isIdentical(to: second))
  }

  @Test("No samples, no work.")
  func nothing() throws {
    let recorder = Recorder()
    let executor = try Executor(ExecutionPlan(convolutionalNetwork()))
    try executor.run(samples: 5..<5, fill: { _, _, _ in Issue.record() }, observer: recorder)
    #expect(recorder.observations.isEmpty)
  }

  @Test("What the caller throws ends the run and comes back.")
  func failures() throws {
    struct Failure: Error {}
    let executor = try Executor(ExecutionPlan(convolutionalNetwork()))
    let recorder = Recorder()
    #expect(throws: Failure.self) {
      try executor.run(samples: 0..<1, fill: { _, _, _ in throw Failure() }, observer: recorder)
    }
    #expect(recorder.observations.isEmpty)
    #expect(throws: Failure.self) {
      try executor.run(
        samples: 0..<1, fill: { $2.initialize(repeating: 0) }, observer: recorder,
        output: { _, _, _ in throw Failure() })
    }
  }
}
