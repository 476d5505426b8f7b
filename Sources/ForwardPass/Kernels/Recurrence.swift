import NetworkGraph

/// A compiled recurrent cell: its matrix products, its functions, and its weights.
///
/// The products of all steps with the input are one dense kernel; those with the state are one a
/// step, over the whole batch.
struct RecurrenceKernel: Sendable {
  let recurrence: Recurrence
  let batch: Int
  let steps: Int
  let isMasked: Bool
  /// The products with the input, `[steps, gates · units]` for each sample.
  let projection: Kernel
  /// The products with the state, `[gates · units]` for each sample.
  let products: [Kernel]
  /// The part's function, applied in place, and its site; `nil` for the identity.
  let parts: [(function: Kernel, site: Int)?]

  init(_ recurrence: Recurrence, _ context: KernelContext) throws {
    self.recurrence = recurrence
    (batch, steps) = (context.batch, context.inputs[0].extents[0])
    isMasked = context.inputs.count > recurrence.stateInputs.upperBound
    let units = recurrence.units
    func dense(_ kernel: Tensor, _ bias: [Float]?, over places: [Int]) throws -> Kernel {
      try denseKernel(
        kernel, bias,
        KernelContext(
          layer: context.layer, batch: context.batch, inputs: [],
          output: Shape(places + [kernel.extents[1]])!))
    }
    projection = try dense(recurrence.kernel, recurrence.bias, over: [steps])
    if case .gru(_, _, resetsProduct: false) = recurrence.cell {
      // The candidate's product waits for the reset gate.
      products = [
        try dense(recurrence.recurrentKernel.columns(0..<2 * units), nil, over: []),
        try dense(recurrence.recurrentKernel.columns(2 * units..<3 * units), nil, over: []),
      ]
    } else {
      products = [try dense(recurrence.recurrentKernel, recurrence.recurrentBias, over: [])]
    }
    let state = Shape([units])!
    let stateContext = KernelContext(
      layer: context.layer, batch: context.batch, inputs: [state], output: state)
    var site = context.sites.lowerBound
    parts = try recurrence.cell.parts.map { _, function in
      guard let function else { return nil }
      defer { site += 1 }
      let replacement = context.replacements[site]?.partKernel(stateContext)
      return (try replacement ?? activationKernel(function, stateContext), site)
    }
  }

  /// The buffers of a run: the products with the input, those with the state, the state, the cell
  /// state of an LSTM or the state that a GRU has reset, and the numbers at each part.
  var workspaceCounts: [Int] {
    let (gates, state) = (recurrence.cell.gateCount, batch * recurrence.units)
    return [steps * gates * state, gates * state, state, state] + parts.map { _ in state }
  }

  var scratchpadBytes: Int {
    ([projection] + products + parts.compactMap { $0?.function }).map(\.scratchpadBytes).max() ?? 0
  }
}

extension Tensor {
  /// Some columns of a matrix.
  fileprivate func columns(_ range: Range<Int>) -> Tensor {
    let rows = stride(from: 0, to: values.count, by: extents[1])
    return Tensor(
      rows.flatMap { values[$0 + range.lowerBound..<$0 + range.upperBound] },
      extents: [extents[0], range.count])
  }
}
