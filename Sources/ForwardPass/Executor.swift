import NetworkGraph

/// One worker: runs a plan over samples on the thread that calls it.
///
/// It owns its activations and shares the plan's weights. Not for use by two threads at once.
public final class Executor: @unchecked Sendable {
  public let plan: ExecutionPlan
  private let arena: AlignedBuffer
  private let steps: [BoundStep]
  private let stream: Stream

  /// Nanoseconds since some moment, or `nil` if no one wants to know where time goes.
  private let clock: (@Sendable () -> UInt64)?
  /// What was spent on each of the plan's `stages`, if there is a clock.
  public private(set) var nanosecondsOfStages: [UInt64]
  /// What was spent on reading samples, if there is a clock.
  public private(set) var nanosecondsOfData: UInt64 = 0

  private enum BoundStep {
    case run(BoundKernel)
    case observe(site: Int, values: UnsafeMutablePointer<Float>, perSample: Int, Rectifier?)
  }

  /// Allocates a worker's memory and binds the plan's kernels to it.
  ///
  /// - Parameter clock: Nanoseconds since some moment, to measure where time goes.
  /// - Throws: `ForwardPassError.kernel` if oneDNN cannot bind a kernel.
  public init(_ plan: ExecutionPlan, clock: (@Sendable () -> UInt64)? = nil) throws {
    Engine.useOneThread()
    self.plan = plan
    self.clock = clock
    nanosecondsOfStages = Array(repeating: 0, count: plan.steps.count)
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
      var moment = clock?() ?? 0
      for (input, shape) in plan.inputShapes.enumerated() {
        try fill(batch, input, values(plan.inputBuffers[input], batch.count * shape.count))
      }
      nanosecondsOfData += elapsed(since: &moment)
      for (stage, step) in steps.enumerated() {
        switch step {
        case .run(let kernel): try kernel.run(samples: batch, on: stream, observer: observer)
        case .observe(let site, let pointer, let perSample, let rectifier):
          observer.observe(
            site: site,
            values: UnsafeMutableBufferPointer(start: pointer, count: batch.count * perSample),
            samples: batch, offset: 0, rectifier: rectifier)
        }
        nanosecondsOfStages[stage] += elapsed(since: &moment)
      }
      for (index, shape) in plan.outputShapes.enumerated() {
        let values = values(plan.outputBuffers[index], batch.count * shape.count)
        try output(batch, index, UnsafeBufferPointer(values))
      }
    }
  }

  private func elapsed(since moment: inout UInt64) -> UInt64 {
    guard let clock else { return 0 }
    let now = clock()
    defer { moment = now }
    return now - moment
  }

  private func values(_ buffer: Int, _ count: Int) -> UnsafeMutableBufferPointer<Float> {
    let start = arena.pointer.assumingMemoryBound(to: Float.self) + plan.buffers.offsets[buffer]
    return UnsafeMutableBufferPointer(start: start, count: count)
  }
}

extension ExecutionPlan {
  /// Bytes that each worker holds: its activations, and what kernels take while they run.
  public var workerBytes: Int { workingBytes + scratchpadBytes }

  /// The largest scratchpad of all kernels, which one worker's kernels share in turn.
  fileprivate var scratchpadBytes: Int {
    steps.reduce(0) { largest, step in
      guard case .run(let kernel, _, _) = step else { return largest }
      return max(largest, kernel.scratchpadBytes)
    }
  }
}
