import COneDNN

/// A kernel with its buffers, ready to run again and again on one thread.
enum BoundKernel {
  case primitive(BoundPrimitive)
  case loop(Kernel.Loop, inputs: [UnsafePointer<Float>], output: UnsafeMutablePointer<Float>)
  case checkedLoop(
    Kernel.CheckedLoop, inputs: [UnsafePointer<Float>], output: UnsafeMutablePointer<Float>)
  case showingLoop(
    Kernel.ShowingLoop, site: Int, inputs: [UnsafePointer<Float>],
    output: UnsafeMutablePointer<Float>)
  case scratchLoop(
    Kernel.ScratchLoop, inputs: [UnsafePointer<Float>], output: UnsafeMutablePointer<Float>,
    AlignedBuffer)
  case recurrence(BoundRecurrence)

  /// Binds a kernel.
  ///
  /// - Parameters:
  ///   - inputs: What it reads, and after that the buffers it asks for.
  ///   - scratchpad: As large as the kernel wants; other kernels of the thread may use it too.
  init(
    _ kernel: Kernel, inputs: [UnsafeMutablePointer<Float>], output: UnsafeMutablePointer<Float>,
    scratchpad: AlignedBuffer
  ) throws {
    switch kernel {
    case .loop(let loop):
      self = .loop(loop, inputs: inputs.map { UnsafePointer($0) }, output: output)
    case .checkedLoop(let loop):
      self = .checkedLoop(loop, inputs: inputs.map { UnsafePointer($0) }, output: output)
    case .showingLoop(let loop, let site):
      self = .showingLoop(
        loop, site: site, inputs: inputs.map { UnsafePointer($0) }, output: output)
    case .recurrence(let kernel):
      self = .recurrence(
        try BoundRecurrence(kernel, operands: inputs, output: output, scratchpad: scratchpad))
    case .scratchLoop(_, _, let loop):
      self = .scratchLoop(
        loop, inputs: inputs.map { UnsafePointer($0) }, output: output, scratchpad)
    case .primitive(let kernel):
      self = .primitive(
        try BoundPrimitive(kernel, inputs: inputs, output: output, scratchpad: scratchpad))
    }
  }

  /// Runs the kernel.
  ///
  /// - Parameter samples: The places in the dataset of the samples in the batch.
  func run(
    samples: Range<Int>, on stream: Stream, observer: some PreactivationObserver
  ) throws {
    switch self {
    case .primitive(let primitive): try primitive.run(on: stream)
    case .scratchLoop(let loop, let inputs, let output, let scratchpad):
      loop(inputs, output, scratchpad.floats)
    case .loop(let loop, let inputs, let output): loop(inputs, output)
    case .checkedLoop(let loop, let inputs, let output): try loop(samples, inputs, output)
    case .showingLoop(let loop, let site, let inputs, let output):
      loop(samples, inputs, output) { values, samples, offset in
        observer.observe(
          site: site, values: values, samples: samples, offset: offset, rectifier: nil)
      }
    case .recurrence(let recurrence):
      try recurrence.run(samples: samples, on: stream, observer: observer)
    }
  }
}

extension BoundPrimitive {
  fileprivate convenience init(
    _ kernel: PrimitiveKernel, inputs: [UnsafeMutablePointer<Float>],
    output: UnsafeMutablePointer<Float>, scratchpad: AlignedBuffer
  ) throws {
    let sources = zip(kernel.sources, inputs).map {
      ($0.argument, $0.layout, UnsafeMutableRawPointer($1))
    }
    let weights = kernel.weights.map { ($0.argument, $0.values.layout, $0.values.pointer) }
    let target = (kernel.target.argument, kernel.target.layout, UnsafeMutableRawPointer(output))
    try self.init(
      kernel.primitive, arguments: sources + weights + [target], scratchpad: scratchpad)
  }
}
