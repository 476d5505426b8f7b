import NetworkGraph

/// One worker: runs a plan over samples on the thread that calls it.
///
/// It owns its activations and shares the plan's weights. Not for use by two threads at once.
public final class Executor: @unchecked Sendable {
  public let plan: ExecutionPlan
  private let arena: AlignedBuffer
  /// For each part, its steps once for each place in the next part's batch.
  private let steps: [[[BoundStep]]]
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
    let scratchpad = AlignedBuffer(byteCount: plan.scratchpadBytes)
    steps = try plan.parts.indices.map { part in
      try (0..<plan.turns(ofPart: part)).map { turn in
        func pointer(_ buffer: Int) -> UnsafeMutablePointer<Float> {
          arena.floats
            + plan.offset(ofBuffer: buffer, part: part, turn: turn)
        }
        return try plan.steps[plan.parts[part].steps].map { step in
          switch step {
          case .observe(let site, let buffer, let rectifier):
            return .observe(
              site: site, values: pointer(buffer), perSample: plan.sites[site].shape.count,
              rectifier)
          case .run(let kernel, let inputs, let output):
            return .run(
              try BoundKernel(
                kernel, inputs: inputs.map(pointer), output: pointer(output),
                scratchpad: scratchpad))
          }
        }
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
      try run(part: steps.count - 1, turn: 0, samples: batch, fill: fill, observer: observer)
      for (index, shape) in plan.outputShapes.enumerated() {
        let values = values(
          at: plan.buffers.offsets[plan.outputBuffers[index]], batch.count * shape.count)
        try output(batch, index, UnsafeBufferPointer(values))
      }
    }
  }

  /// Runs the parts before this one until its batch is full, and then its steps.
  private func run(
    part: Int, turn: Int, samples: Range<Int>,
    fill: (_ samples: Range<Int>, _ input: Int, UnsafeMutableBufferPointer<Float>) throws -> Void,
    observer: some PreactivationObserver
  ) throws {
    if part > 0 {
      let each = plan.parts[part - 1].samples
      for (turn, start) in stride(from: samples.lowerBound, to: samples.upperBound, by: each)
        .enumerated()
      {
        let some = start..<min(start + each, samples.upperBound)
        try run(part: part - 1, turn: turn, samples: some, fill: fill, observer: observer)
      }
    }
    var moment = clock?() ?? 0
    if part == 0 {
      for (input, shape) in plan.inputShapes.enumerated() {
        let offset = plan.offset(ofBuffer: plan.inputBuffers[input], part: part, turn: turn)
        try fill(samples, input, values(at: offset, samples.count * shape.count))
      }
      nanosecondsOfData += elapsed(since: &moment)
    }
    for (stage, step) in zip(plan.parts[part].steps, steps[part][turn]) {
      switch step {
      case .run(let kernel): try kernel.run(samples: samples, on: stream, observer: observer)
      case .observe(let site, let pointer, let perSample, let rectifier):
        observer.observe(
          site: site,
          values: UnsafeMutableBufferPointer(start: pointer, count: samples.count * perSample),
          samples: samples, offset: 0, rectifier: rectifier)
      }
      nanosecondsOfStages[stage] += elapsed(since: &moment)
    }
  }

  private func elapsed(since moment: inout UInt64) -> UInt64 {
    guard let clock else { return 0 }
    let now = clock()
    defer { moment = now }
    return now - moment
  }

  private func values(at offset: Int, _ count: Int) -> UnsafeMutableBufferPointer<Float> {
    let start = arena.floats + offset
    return UnsafeMutableBufferPointer(start: start, count: count)
  }
}

extension ExecutionPlan {
  /// How often a part runs for one batch of the next one.
  fileprivate func turns(ofPart part: Int) -> Int {
    part + 1 < parts.count ? parts[part + 1].samples / parts[part].samples : 1
  }

  /// Where a part finds a buffer in its turn: of the one that it fills for the next part, a piece.
  fileprivate func offset(ofBuffer buffer: Int, part: Int, turn: Int) -> Int {
    guard let boundary = parts[part].boundary, boundary.buffer == buffer else {
      return buffers.offsets[buffer]
    }
    return buffers.offsets[buffer] + turn * boundary.stride
  }

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
