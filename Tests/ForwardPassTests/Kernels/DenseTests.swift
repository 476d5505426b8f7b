import ForwardPass
import NetworkGraph
import Testing

@Suite struct DenseTests {
  @Test(
    "A dense layer multiplies the last axis of vectors, sequences, and pictures.",
    arguments: [[17], [5, 3], [3, 4, 5], [1]], [1, 3, 17])
  func ranks(extents: [Int], units: Int) throws {
    var generator = SeededGenerator(1)
    let kernel = generator.tensor(extents.last!, units)
    try expectAgreement(graph(.dense(kernel: kernel, bias: generator.floats(units)), extents))
    try expectAgreement(graph(.dense(kernel: kernel, bias: nil), extents))
  }

  @Test("A wide layer agrees as well.")
  func wide() throws {
    var generator = SeededGenerator(2)
    let dense = Operation.dense(kernel: generator.tensor(300, 70), bias: generator.floats(70))
    try expectAgreement(graph(dense, [300]), samplesPerBatch: 4, samples: 6)
  }

  @Test("A kernel so large that it is not copied is read in its own order.")
  func large() throws {
    let side = 1 << 13
    var (values, input) = (
      [Float](repeating: 0, count: side * side), [Float](repeating: 1, count: side)
    )
    (input[3], input[8_000]) = (2, 5)
    values[3 * side + 8_191] = 10
    values[8_000 * side + 8_191] = 100
    values[8_191 * side + 7] = 1_000
    let dense = Operation.dense(
      kernel: Tensor(values, extents: [side, side]), bias: (0..<side).map { $0 == 0 ? 0.5 : 0 })
    let run = try Run(Executor(ExecutionPlan(graph(dense, [side]), samplesPerBatch: 2)), [[input]])
    let expected = (0..<side).map { [0: 0.5, 7: 1_000, 8_191: 520][$0] ?? Float(0) }
    #expect(run.outputs[0][0] == expected)
  }

  @Test("A NaN reaches all units of its sample, and no other sample.")
  func notANumber() throws {
    var generator = SeededGenerator(3)
    let dense = Operation.dense(kernel: generator.tensor(20, 9), bias: nil)
    var data = (0..<4).map { _ in [generator.floats(20)] }
    data[2][0][19] = .nan
    let run = try Run(Executor(ExecutionPlan(graph(dense, [20]), samplesPerBatch: 4)), data)
    #expect(run.outputs[0].map { $0.contains { !$0.isNaN } } == [true, true, false, true])
    #expect(run.outputs[0].map { $0.contains(where: \.isNaN) } == [false, false, true, false])
  }
}
