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
