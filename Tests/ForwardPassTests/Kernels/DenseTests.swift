import CKernels
import NetworkGraph
import TestSupport
import Testing

@testable import ForwardPass

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

  @Test(
    "Our own loop gives what sums in double precision give, with all vectors the same bits.",
    .enabled(if: rf_vectors_at_once() > 0, "needs AVX2"),
    arguments: [1, 2, 5, 6, 7, 11, 16, 64],
    [
      (1, 16), (15, 64), (33, 80), (500, 144), (1_030, 32), (2_100, 112), (3, 1), (64, 10),
      (33, 79), (1_030, 33), (2_100, 30), (7, 143),
    ])
  func ownLoop(rows: Int, extents: (inputs: Int, units: Int)) throws {
    var generator = SeededGenerator(4)
    let (inputs, units) = extents
    let (kernel, bias) = (generator.tensor(inputs, units), generator.floats(units))
    let source = generator.floats(rows * inputs)
    let expected = (0..<rows * units).map { place in
      let (row, unit) = place.quotientAndRemainder(dividingBy: units)
      return (0..<inputs).reduce(Double(bias[unit])) {
        $0 + Double(source[row * inputs + $1]) * Double(kernel.values[$1 * units + unit])
      }
    }
    var targets: [[Float]] = []
    for vectors in [1, 4] where vectors <= rf_vectors_at_once() {
      let found = ownDenseKernel(kernel, bias, rows: rows, vectors: vectors)
      guard case .loop(let loop) = try #require(found) else {
        Issue.record("another kernel")
        return
      }
      targets.append(run(loop, source, count: rows * units))
      // As they lie, the weights give the same bits: every sum has one order.
      guard units.isMultiple(of: 16) else { continue }
      targets.append(
        run(
          { sources, target in
            kernel.values.withUnsafeBufferPointer {
              rf_dense_streamed(
                vectors, sources[0], rows, inputs, $0.baseAddress!, bias, target, units)
            }
          }, source, count: rows * units))
    }
    for target in targets { #expect(target == targets[0]) }
    #expect(
      zip(targets[0], expected).allSatisfy { abs(Double($0) - $1) < 2e-7 * Double(inputs + 20) })
  }

  /// Runs a loop; a number that nobody may write follows the target.
  private func run(_ loop: Kernel.Loop, _ source: [Float], count: Int) -> [Float] {
    var target = [Float](repeating: .nan, count: count) + [7]
    source.withUnsafeBufferPointer { source in
      target.withUnsafeMutableBufferPointer { loop([source.baseAddress!], $0.baseAddress!) }
    }
    #expect(target.removeLast() == 7)
    return target
  }

  @Test("Large weights beside AVX-512 are left to oneDNN.")
  func notOwn() {
    func isOwn(_ inputs: Int, _ units: Int, vectors: Int = 4) -> Bool {
      let kernel = Tensor([Float](repeating: 1, count: inputs * units), extents: [inputs, units])
      return ownDenseKernel(kernel, nil, rows: 4, vectors: vectors) != nil
    }
    #expect(isOwn(4, 16) && isOwn(1 << 10, 1 << 10))
    #expect(isOwn(4, 20) && !isOwn(4, 16, vectors: 0))
    #expect(!isOwn(1 << 10, 1_040) && isOwn(1 << 10, 1_040, vectors: 1))
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
