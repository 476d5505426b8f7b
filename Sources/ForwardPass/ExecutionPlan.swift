import NetworkGraph

/// A network compiled once: kernels with their weights, and where every activation lives.
///
/// It is constant and shared by all workers. Each worker runs it in an `Executor` of its own.
public struct ExecutionPlan: Sendable {
  /// The sites, in network order.
  public let sites: [Graph.Site]
  /// The sites that are not observed, because what they see follows from other sites.
  public let rectifiedSites: [RectifiedSite]
  /// The shape of one sample at each input, in the order in which data is given.
  public let inputShapes: [Shape]
  /// The shape of one sample at each output.
  public let outputShapes: [Shape]
  /// The samples that every kernel works on at once.
  ///
  /// It depends on the network only. A dense kernel may round differently for another batch size,
  /// so a last batch with fewer samples is run at full size all the same.
  public let samplesPerBatch: Int

  /// The samples that a worker takes on at once: whole batches, enough of them that taking on is
  /// cheap beside the arithmetic. It depends on the network only.
  public let samplesPerPortion: Int

  /// What every batch takes, in order.
  public let stages: [Stage]

  let steps: [Step]
  let buffers: BufferPlan
  let inputBuffers: [Int]
  let outputBuffers: [Int]

  /// Something that is done for each batch.
  public struct Stage: Hashable, Sendable {
    public enum Kind: String, Sendable { case kernel, recording }

    /// The layer of the file that it is done for.
    public let layer: String
    /// Arithmetic, or an observer's look at a site.
    public let kind: Kind
  }

  /// A stage, ready to be bound to memory.
  enum Step: Sendable {
    case run(Kernel, inputs: [Int], output: Int)
    case observe(site: Int, buffer: Int, rectifier: Rectifier?)

    var kind: Stage.Kind { if case .observe = self { .recording } else { .kernel } }
  }

  /// Compiles a graph.
  ///
  /// - Parameters:
  ///   - graph: The network. Whoever does not need it any more should give it away, with whatever
  ///     else holds its weights: then no more than one layer's weights are there twice.
  ///   - samplesPerBatch: The samples that kernels work on at once; by default what the caches
  ///     suggest.
  ///   - allowsWinograd: Whether 3×3 convolutions may be computed by Winograd's algorithm, which
  ///     takes half the time and rounds otherwise than a direct one.
  ///   - replacements: What is computed in place of sites' functions, by the site's index.
  ///   - observesEverySite: Whether sites that follow from others are observed as well.
  /// - Throws: `ForwardPassError.kernel` if oneDNN cannot make a kernel.
  /// - Precondition: `samplesPerBatch` is positive; a replacement is one for its site's operation.
  public init(
    _ graph: consuming Graph, samplesPerBatch: Int? = nil, allowsWinograd: Bool = true,
    replacing replacements: [Int: SiteReplacement] = [:], observesEverySite: Bool = false
  ) throws {
    precondition(samplesPerBatch ?? 1 > 0, "a batch holds at least one sample")
    let batch = samplesPerBatch ?? Self.batchSize(for: graph)
    self.samplesPerBatch = batch
    samplesPerPortion = batch * (1 + Self.portionArithmetic / (batch * graph.multiplications))
    let wiring = graph.withoutLinearWeights
    var compiler = PlanCompiler(
      consume graph, batch: batch, allowsWinograd: allowsWinograd, replacements: replacements,
      observesEverySite: observesEverySite)
    try compiler.compile()
    sites = wiring.sites
    rectifiedSites = compiler.rectifiedSites
    inputShapes = wiring.inputs.map { wiring.nodes[$0].shape }
    outputShapes = wiring.outputs.map { wiring.nodes[$0].shape }
    steps = compiler.steps
    stages = zip(compiler.layers, steps).map { Stage(layer: $0, kind: $1.kind) }
    buffers = BufferPlan(compiler.requests)
    inputBuffers = wiring.inputs.map { compiler.bufferOfNode[$0] }
    outputBuffers = wiring.outputs.map { compiler.bufferOfNode[$0] }
  }

  /// Bytes of activations that each worker holds.
  public var workingBytes: Int { buffers.count * MemoryLayout<Float>.stride }

  /// A heuristic: the multiplications of a portion take some milliseconds.
  private static let portionArithmetic = 200_000_000

  /// A heuristic: the largest activation of a batch takes about 2 MiB, so that it stays near the
  /// core between the kernel that writes it and the pass that records it; at least 4 samples, or 2
  /// if 4 would take more than 32 MiB, and at most 64. Where much of the work is dense layers, whose
  /// weights are read once a batch, as many samples as make that reading cheap, if the activation
  /// stays below 32 MiB: a core multiplies some 50 numbers in the time in which it reads one weight
  /// from memory.
  private static func batchSize(for graph: Graph) -> Int {
    let largest = (graph.nodes.map { $0.shape.count }.max() ?? 1) * MemoryLayout<Float>.stride
    let needed = 100 * graph.weightsReadOnce / graph.multiplications
    var batch = 64
    while batch > 2 && batch * largest > (batch > max(needed, 4) ? 2 << 20 : 32 << 20) {
      batch /= 2
    }
    return batch
  }
}
