import ForwardPass
import NetworkGraph
import TestSupport
import Testing

@Suite struct MaskedSoftmaxTests {
  /// Equal within 1e-6, for shares; NaN equals NaN.
  private func isClose(_ found: [Float], _ expected: [Double]) -> Bool {
    found.count == expected.count
      && zip(found, expected).allSatisfy {
        $0.isNaN && $1.isNaN || abs(Double($0) - $1) <= 1e-6 * max(1, abs($1))
      }
  }

  @Test(
    "Shares and what is shown agree with the interpreter, for every stretch of the mask.",
    arguments: [[5, 4], [4, 5], [2, 3, 3], [2, 2, 3, 20]])
  func agreement(extents: [Int]) throws {
    var generator = SeededGenerator(3)
    for isCausal in [false, true] {
      for stretched in 0..<1 << extents.count {
        let mask = extents.enumerated().map { stretched >> $0 & 1 == 1 ? 1 : $1 }
        let graph = try graph(.maskedSoftmax(isCausal: isCausal), extents, mask)
        let data = (0..<5).map { sample in
          // The first sample sees nothing.
          let seen = generator.floats(mask.reduce(1, *)).map { sample > 0 && $0 > -0.3 ? 1 : 0 }
          return [generator.floats(extents.reduce(1, *), in: -9...9), seen.map { Float($0) }]
        }
        let run = try Run(Executor(ExecutionPlan(graph, samplesPerBatch: 2)), data)
        for (sample, inputs) in data.enumerated() {
          let reference = Reference(graph, inputs: inputs)
          #expect(isClose(run.outputs[0][sample], reference.values[graph.outputs[0]]))
          #expect(isClose(run.sites[0][sample], reference.preactivations(of: 0, in: graph)))
        }
      }
    }
  }

  @Test("Each run that a row sees is shown once, at its place, and nothing that is hidden.")
  func observations() throws {
    let plan = try ExecutionPlan(
      graph(.maskedSoftmax(isCausal: true), [3, 4], [1, 4]), samplesPerBatch: 2)
    #expect(plan.sites[0].shape.extents == [3, 4, 1])
    let recorder = Recorder()
    let data: [[Float]] = [[1, 0, 1, 1], [0, 0, 1, 1]]
    try Executor(plan).run(
      samples: 7..<9,
      fill: { samples, input, buffer in
        _ = buffer.update(
          fromContentsOf: samples.flatMap {
            input == 0 ? (0..<12).map { Float($0) } : data[$0 - 7]
          })
      }, observer: recorder)
    let seen = recorder.observations.map { "\($0.samples) at \($0.offset): \($0.values)" }
    #expect(
      seen == [
        "7..<8 at 0: [0.0]", "7..<8 at 4: [4.0]", "7..<8 at 8: [8.0]", "7..<8 at 10: [10.0]",
        "8..<9 at 10: [10.0]",
      ])
  }

  @Test("What a row does not see does not matter to it, NaN and infinity included.")
  func hidden() throws {
    let logits: [Float] = [1, .nan, .infinity, 2, 3, .nan, -1, 0, 1]
    let shares = try output(.maskedSoftmax(isCausal: true), extents: [[3, 3]], [logits])
    #expect(shares[..<3] == [1, 0, 0] && shares[5] == 0)
    #expect(shares.allSatisfy { $0.isFinite })
    let poisoned = try output(
      .maskedSoftmax(isCausal: true), extents: [[2, 2]], [[.nan, 0, 1, 2]])
    #expect(poisoned.map(\.isNaN) == [true, true, false, false])
  }

  @Test("Great logits do not overflow.")
  func greatLogits() throws {
    let shares = try output(
      .maskedSoftmax(isCausal: false), extents: [[1, 3]], [[1e4, 1e4, -1e4]])
    #expect(shares == [0.5, 0.5, 0])
  }
}
