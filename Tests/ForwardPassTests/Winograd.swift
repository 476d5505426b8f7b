import NetworkGraph

@testable import ForwardPass

/// Whether the processor is one that has Winograd's algorithm.
func hasWinograd() throws -> Bool {
  let ones = Tensor([Float](repeating: 1, count: 9 << 12), extents: [3, 3, 64, 64])
  let window = Window(size: [3, 3], strides: [1, 1], padding: .same)
  return try usesWinograd(
    graph(.convolution(window: window, groups: 1, kernel: ones, bias: nil), [64, 64, 64]),
    samplesPerBatch: 1)
}

/// Whether a network's first kernel is a convolution by Winograd's algorithm.
func usesWinograd(_ graph: Graph, samplesPerBatch: Int, allowed: Bool = true) throws -> Bool {
  let plan = try ExecutionPlan(graph, samplesPerBatch: samplesPerBatch, allowsWinograd: allowed)
  guard case .run(.scratchLoop, _, _) = plan.steps[0] else { return false }
  return true
}
