import NetworkGraph

/// A network compiled once: kernels with their weights, and where every activation lives.
///
/// It is constant and shared by all workers. Each worker runs it in an `Executor` of its own.
public struct ExecutionPlan: Sendable {
  /// The sites, in network order.
  public let sites: [Graph.Site]
  /// The shape of one sample at each input, in the order in which data is given.
  public let inputShapes: [Shape]
  /// The shape of one sample at each output.
  public let outputShapes: [Shape]
  /// The samples that every kernel works on at once.
  ///
  /// It depends on the network only. A dense kernel may round differently for another batch size,
  /// so a last batch with fewer samples is run at full size all the same.
  public let samplesPerBatch: Int

  let steps: [Step]
  let buffers: BufferPlan
  let inputBuffers: [Int]
  let outputBuffers: [Int]

  /// One thing to do for each batch.
  enum Step: Sendable {
    case run(Kernel, inputs: [Int], output: Int)
    case observe(site: Int, buffer: Int, rectifier: Rectifier?)
  }

  /// Compiles a graph.
  ///
  /// - Parameter samplesPerBatch: The samples that kernels work on at once; by default what the
  ///   caches suggest.
  /// - Throws: `ForwardPassError.kernel` if oneDNN cannot make a kernel.
  /// - Precondition: `samplesPerBatch` is positive.
  public init(_ graph: Graph, samplesPerBatch: Int? = nil) throws {
    precondition(samplesPerBatch ?? 1 > 0, "a batch holds at least one sample")
    let batch = samplesPerBatch ?? Self.batchSize(for: graph)
    var compiler = PlanCompiler(graph, batch: batch)
    try compiler.compile()
    self.samplesPerBatch = batch
    sites = graph.sites
    inputShapes = graph.inputs.map { graph.nodes[$0].shape }
    outputShapes = graph.outputs.map { graph.nodes[$0].shape }
    steps = compiler.steps
    buffers = BufferPlan(compiler.requests)
    inputBuffers = graph.inputs.map { compiler.bufferOfNode[$0] }
    outputBuffers = graph.outputs.map { compiler.bufferOfNode[$0] }
  }

  /// Bytes of activations that each worker holds.
  public var workingBytes: Int { buffers.count * MemoryLayout<Float>.stride }

  /// A heuristic: the largest activation of a batch takes about 2 MiB, so that it stays near the
  /// core between the kernel that writes it and the pass that records it; at least 4 samples, so
  /// that weights are read for more than one, and at most 64.
  private static func batchSize(for graph: Graph) -> Int {
    let largest = graph.nodes.map { $0.shape.count }.max() ?? 1
    var batch = 64
    while batch > 4 && batch * largest * MemoryLayout<Float>.stride > 2 << 20 { batch /= 2 }
    return batch
  }
}
