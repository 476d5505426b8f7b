import NetworkGraph

/// A recurrent cell with its buffers, ready to run again and again on one thread.
///
/// Nothing is allocated while it runs. All samples of the batch take a step together; the numbers
/// at each part of the cell lie sample after sample, as whoever observes them wants.
final class BoundRecurrence {
  private typealias Numbers = UnsafeMutablePointer<Float>

  private let kernel: RecurrenceKernel
  private let projection: BoundKernel
  private let products: [BoundKernel]
  private let functions: [BoundKernel?]
  private let output: Numbers
  private let mask: Numbers?
  /// The states before the first step, if they are not zero.
  private let firstStates: [Numbers]
  /// The products with the input, `[batch, steps, gates · units]`.
  private let projected: Numbers
  /// The products with the state, `[batch, gates · units]`, or those of a GRU's candidate.
  private let product: Numbers
  private let state: Numbers
  /// The cell state of an LSTM; the state that a GRU has reset.
  private let inner: Numbers
  private let parts: [Numbers]
  /// Whether a sample has come to a step that is not masked.
  private var hasStarted: [Bool]
  private let units: Int
  /// The numbers of a sample's gates.
  private let width: Int

  /// - Parameter operands: The input, the states and the mask if there are any, and the kernel's
  ///   workspace.
  init(
    _ kernel: RecurrenceKernel, operands: [UnsafeMutablePointer<Float>],
    output: UnsafeMutablePointer<Float>, scratchpad: AlignedBuffer
  ) throws {
    self.kernel = kernel
    self.output = output
    let states = kernel.recurrence.stateInputs
    firstStates = Array(operands[states])
    mask = kernel.isMasked ? operands[states.upperBound] : nil
    let workspace = Array(operands[(states.upperBound + (kernel.isMasked ? 1 : 0))...])
    (projected, product, state, inner) = (workspace[0], workspace[1], workspace[2], workspace[3])
    parts = Array(workspace.dropFirst(4))
    hasStarted = Array(repeating: false, count: kernel.batch)
    units = kernel.recurrence.units
    width = kernel.recurrence.cell.gateCount * units
    projection = try BoundKernel(
      kernel.projection, inputs: [operands[0]], output: projected, scratchpad: scratchpad)
    products = try zip(kernel.products, [state, inner]).map {
      [product] in
      try BoundKernel($0, inputs: [$1], output: product, scratchpad: scratchpad)
    }
    functions = try zip(kernel.parts, parts).map { part, numbers in
      try part.map {
        try BoundKernel($0.function, inputs: [numbers], output: numbers, scratchpad: scratchpad)
      }
    }
  }

  /// Runs the cell over all steps.
  ///
  /// - Parameter samples: The places in the dataset of the samples in the batch.
  func run(
    samples: Range<Int>, on stream: Stream, observer: some PreactivationObserver
  ) throws {
    let batch = Batch(samples: samples, stream: stream, observer: observer)
    state.update(repeating: 0, count: kernel.batch * units)
    inner.update(repeating: 0, count: kernel.batch * units)
    for sample in hasStarted.indices { hasStarted[sample] = false }
    for (state, first) in zip([state, inner], firstStates) {
      state.update(from: first, count: kernel.batch * units)
    }
    try projection.run(samples: samples, on: stream, observer: observer)
    let recurrence = kernel.recurrence
    let stride = recurrence.outputRows(steps: kernel.steps) * units
    for turn in 0..<kernel.steps {
      let step = recurrence.goesBackwards ? kernel.steps - 1 - turn : turn
      try products[0].run(samples: samples, on: stream, observer: observer)
      switch recurrence.cell {
      case .simple: try simpleStep(step, batch)
      case .lstm: try longShortTermStep(step, batch)
      case .gru(_, _, let resetsProduct): try gatedStep(step, resetsProduct: resetsProduct, batch)
      }
      for sample in hasStarted.indices where isKept(sample, step) { hasStarted[sample] = true }
      if recurrence.returnsSequence {
        let place = recurrence.flipsOutput ? kernel.steps - 1 - turn : turn
        give(step, to: output + place * units, stride: stride)
      } else if turn == kernel.steps - 1 {
        give(step, to: output, stride: stride)
      }
    }
    guard recurrence.givesStates else { return }
    let states = [state, inner].prefix(recurrence.cell.stateCount)
    for (row, state) in zip((stride / units - states.count)..., states) {
      for sample in 0..<kernel.batch {
        (output + sample * stride + row * units).update(from: state + sample * units, count: units)
      }
    }
  }

  /// What the steps of a batch are run with.
  private struct Batch<Observer: PreactivationObserver> {
    let samples: Range<Int>
    let stream: Stream
    let observer: Observer
  }

  private func simpleStep(_ step: Int, _ batch: Batch<some PreactivationObserver>) throws {
    let pre = parts[0]
    gather(step, gate: 0, into: pre)
    try pass(part: 0, step, batch)
    update(step) { state[$0] = pre[$0] }
  }

  private func longShortTermStep(_ step: Int, _ batch: Batch<some PreactivationObserver>) throws {
    for gate in 0..<4 {
      gather(step, gate: gate, into: parts[gate])
      try pass(part: gate, step, batch)
    }
    let (enter, forget, candidate, leave, cell) = (parts[0], parts[1], parts[2], parts[3], parts[4])
    update(step) { inner[$0] = forget[$0] * inner[$0] + enter[$0] * candidate[$0] }
    cell.update(from: inner, count: kernel.batch * units)
    try pass(part: 4, step, batch)
    update(step) { state[$0] = leave[$0] * cell[$0] }
  }

  private func gatedStep(
    _ step: Int, resetsProduct: Bool, _ batch: Batch<some PreactivationObserver>
  ) throws {
    let (update, reset, candidate) = (parts[0], parts[1], parts[2])
    for gate in 0..<2 {
      gather(step, gate: gate, into: parts[gate], stride: resetsProduct ? width : 2 * units)
      try pass(part: gate, step, batch)
    }
    if resetsProduct {
      gather(step, gate: 2, into: candidate, scaledBy: reset)
    } else {
      for index in 0..<kernel.batch * units { inner[index] = reset[index] * state[index] }
      try products[1].run(samples: batch.samples, on: batch.stream, observer: batch.observer)
      gather(step, gate: 2, into: candidate, from: 0, stride: units)
    }
    try pass(part: 2, step, batch)
    self.update(step) {
      state[$0] = update[$0] * state[$0] + (1 - update[$0]) * candidate[$0]
    }
  }
}

extension BoundRecurrence {
  /// Adds up both products of a gate.
  ///
  /// - Parameters:
  ///   - column: Where the gate's numbers start among a sample's products with the state.
  ///   - stride: The number of a sample's products with the state.
  ///   - factors: What the product with the state is multiplied by.
  private func gather(
    _ step: Int, gate: Int, into target: UnsafeMutablePointer<Float>, from column: Int? = nil,
    stride: Int? = nil, scaledBy factors: UnsafeMutablePointer<Float>? = nil
  ) {
    for sample in 0..<kernel.batch {
      let outer = projected + (sample * kernel.steps + step) * width + gate * units
      let inner = product + sample * (stride ?? width) + (column ?? gate * units)
      let sum = target + sample * units
      if let factors {
        let factor = factors + sample * units
        for unit in 0..<units { sum[unit] = outer[unit] + factor[unit] * inner[unit] }
      } else {
        for unit in 0..<units { sum[unit] = outer[unit] + inner[unit] }
      }
    }
  }

  /// Shows the numbers at a part of the cell, and applies the part's function to them.
  private func pass(part: Int, _ step: Int, _ batch: Batch<some PreactivationObserver>) throws {
    guard let site = kernel.parts[part]?.site, let function = functions[part] else { return }
    var start = 0
    while start < batch.samples.count {
      var end = start
      while end < batch.samples.count && isKept(end, step) { end += 1 }
      if end > start {
        let first = batch.samples.lowerBound
        batch.observer.observe(
          site: site,
          values: UnsafeMutableBufferPointer(
            start: parts[part] + start * units, count: (end - start) * units),
          samples: first + start..<first + end, offset: step * units, rectifier: nil)
      }
      start = end + 1
    }
    try function.run(samples: batch.samples, on: batch.stream, observer: batch.observer)
  }

  /// Calls `change` for each number of the state of each sample whose step is not masked.
  @inline(__always)
  private func update(_ step: Int, _ change: (Int) -> Void) {
    for sample in 0..<kernel.batch where isKept(sample, step) {
      for index in sample * units..<(sample + 1) * units { change(index) }
    }
  }

  /// Writes the output of a step.
  private func give(_ step: Int, to target: UnsafeMutablePointer<Float>, stride: Int) {
    for sample in 0..<kernel.batch {
      let place = target + sample * stride
      let isZero = kernel.recurrence.zeroesMaskedSteps || !hasStarted[sample]
      if isZero && !isKept(sample, step) {
        place.update(repeating: 0, count: units)
      } else {
        place.update(from: state + sample * units, count: units)
      }
    }
  }

  /// Whether a sample's step is not masked.
  @inline(__always)
  private func isKept(_ sample: Int, _ step: Int) -> Bool {
    mask.map { $0[sample * kernel.steps + step] != 0 } ?? true
  }
}
