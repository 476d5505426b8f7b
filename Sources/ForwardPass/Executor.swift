import NetworkGraph

/// One worker: runs a plan over samples on the thread that calls it.
///
/// It owns its activations and shares the plan's weights. Not for use by two threads at once.
public final class Executor: @unchecked Sendable {
  public let plan: ExecutionPlan
  private let arena: AlignedBuffer
  private let steps: [BoundStep]
  private let stream: Stream

  private enum BoundStep {
    case run(BoundKernel)
    case observe(site: Int, values: UnsafeMutablePointer<Float>, perSample: Int, Rectifier?)
  }

  /// Allocates a worker's memory and binds the plan's kernels to it.
  ///
  /// - Throws: `ForwardPassError.kernel` if oneDNN cannot bind a kernel.
  public init(_ plan: ExecutionPlan) throws {
    Engine.useOneThread()
    self.plan = plan
    let arena = AlignedBuffer(byteCount: plan.workingBytes)
    self.arena = arena
    func pointer(_ buffer: Int) -> UnsafeMutablePointer<Float> {
      arena.pointer.assumingMemoryBound(to: Float.self) + plan.buffers.offsets[buffer]
    }
    let scratchpad = AlignedBuffer(byteCount: plan.scratchpadBytes)
    steps = try plan.steps.map { step in
      switch step {
      case .observe(let site, let buffer, let rectifier):
        return .observe(
          site: site, values: pointer(buffer), perSample: plan.sites[site].shape.count, rectifier)
      case .run(let kernel, let inputs, let output):
        return .run(
          try BoundKernel(
            kernel, inputs: inputs.map(pointer), output: pointer(output), scratchpad: scratchpad))
      }
    }
    stream = try Stream()
  }

  /// Runs the network over samples, in batches.
  ///
  /// - Parameters:
  ///   - samples: Places in the dataset.
  ///   - fill: Writes the values of some samples for one input, sample-major, into the buffer.
  ///   - observer: Sees every site of every batch, and rectifies where asked.
  ///   - output: Is given each output of each batch, sample-major.
  /// - Throws: What `fill` throws, or `ForwardPassError`.
  public func run(
    samples: Range<Int>,
    fill: (_ samples: Range<Int>, _ input: Int, UnsafeMutableBufferPointer<Float>) throws -> Void,
    observer: some PreactivationObserver,
    output: (_ samples: Range<Int>, _ output: Int, UnsafeBufferPointer<Float>) throws -> Void = {
      _, _, _ in
    }
  ) throws {
    Engine.useOneThread()
    for start in stride(from: samples.lowerBound, to: samples.upperBound, by: plan.samplesPerBatch)
    {
      let batch = start..<min(start + plan.samplesPerBatch, samples.upperBound)
      for (input, shape) in plan.inputShapes.enumerated() {
        try fill(batch, input, values(plan.inputBuffers[input], batch.count * shape.count))
      }
      for step in steps {
        switch step {
        case .run(let kernel): try kernel.run(samples: batch, on: stream, observer: observer)
        case .observe(let site, let pointer, let perSample, let rectifier):
          observer.observe(
            site: site,
            values: UnsafeMutableBufferPointer(start: pointer, count: batch.count * perSample),
            samples: batch, offset: 0, rectifier: rectifier)
        }
      }
      for (index, shape) in plan.outputShapes.enumerated() {
        let values = values(plan.outputBuffers[index], batch.count * shape.count)
        try output(batch, index, UnsafeBufferPointer(values))
      }
    }
  }

  private func values(_ buffer: Int, _ count: Int) -> UnsafeMutableBufferPointer<Float> {
    let start = arena.pointer.assumingMemoryBound(to: Float.self) + plan.buffers.offsets[buffer]
    return UnsafeMutableBufferPointer(start: start, count: count)
  }
}

extension ExecutionPlan {
  /// The largest scratchpad of all kernels, which one worker's kernels share in turn.
  fileprivate var scratchpadBytes: Int {
    steps.reduce(0) { largest, step in
      guard case .run(let kernel, _, _) = step else { return largest }
      return max(largest, kernel.scratchpadBytes)
    }
  }
}
