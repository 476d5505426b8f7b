import CKernels
import NetworkGraph
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
    "Weights that are read as they lie give what sums in double precision give.",
    .enabled(if: rf_vectors_at_once() > 0, "needs AVX2"),
    arguments: [1, 2, 5, 6, 11, 16, 64], [(1, 16), (15, 64), (33, 80), (500, 144)])
  func streamed(rows: Int, extents: (inputs: Int, units: Int)) throws {
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
    let targets = try [1, 4].filter { $0 <= rf_vectors_at_once() }.map { vectors in
      let found = streamedDenseKernel(kernel, bias, rows: rows, vectors: vectors)
      guard case .loop(let loop) = try #require(found) else { return [Float]() }
      // A number that nobody may write follows the target.
      var target = [Float](repeating: .nan, count: rows * units) + [7]
      source.withUnsafeBufferPointer { source in
        target.withUnsafeMutableBufferPointer { loop([source.baseAddress!], $0.baseAddress!) }
      }
      #expect(target.removeLast() == 7)
      return target
    }
    for target in targets {
      #expect(target == targets[0])
      #expect(
        zip(target, expected).allSatisfy { abs(Double($0) - $1) < 1e-6 * Double(inputs + 4) })
    }
  }

  @Test(
    "Rows that would not stay in the cache, and units that do not fill vectors, are left to others."
  )
  func notStreamed() throws {
    let kernel = Tensor([Float](repeating: 1, count: 4 * 20), extents: [4, 20])
    #expect(streamedDenseKernel(kernel, nil, rows: 4) == nil)
    let filled = Tensor([Float](repeating: 1, count: 4 * 16), extents: [4, 16])
    #expect(streamedDenseKernel(filled, nil, rows: 65) == nil)
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
