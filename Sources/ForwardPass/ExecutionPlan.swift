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
  /// The samples that the last kernels work on at once; earlier ones may do so in several turns.
  ///
  /// It depends on the network only. A dense kernel may round differently for another batch size,
  /// so a last batch with fewer samples is run at full size all the same.
  public var samplesPerBatch: Int { parts.last!.samples }

  /// The samples that are read at once, which the first kernels work on.
  public var samplesPerRead: Int { parts[0].samples }

  /// The samples that a worker takes on at once: whole batches, enough of them that taking on is
  /// cheap beside the arithmetic. It depends on the network only.
  public let samplesPerPortion: Int

  /// What every batch takes, in order.
  public let stages: [Stage]

  let steps: [Step]
  /// In network order.
  let parts: [Part]
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

  /// Steps that work on as many samples at once.
  struct Part: Sendable {
    let steps: Range<Int>
    let samples: Int
    /// Where the next part reads what this one gives: nothing else goes on from it.
    var boundary: Boundary?
  }

  /// A buffer that holds the next part's batch; each run of this part fills `stride` numbers.
  struct Boundary: Sendable {
    let buffer: Int
    let stride: Int
  }

  /// Compiles a graph.
  ///
  /// - Parameters:
  ///   - graph: The network. Whoever does not need it any more should give it away, with whatever
  ///     else holds its weights: then no more than one layer's weights are there twice.
  ///   - samplesPerBatch: The samples that all kernels work on at once; by default what the caches
  ///     suggest, part by part.
  ///   - allowsWinograd: Whether 3×3 and 5×5 convolutions may be computed by Winograd's
  ///     algorithm, which takes half the time and rounds otherwise than a direct one.
  ///   - replacements: What is computed in place of sites' functions, by the site's index.
  ///   - observesEverySite: Whether sites that follow from others are observed as well.
  /// - Throws: `ForwardPassError.kernel` if oneDNN cannot make a kernel, `ForwardPassError.noLibrary` if
  ///   there is no oneDNN.
  /// - Precondition: `samplesPerBatch` is positive; a replacement is one for its site's operation.
  public init(
    _ graph: consuming Graph, samplesPerBatch: Int? = nil, allowsWinograd: Bool = true,
    replacing replacements: [Int: SiteReplacement] = [:], observesEverySite: Bool = false
  ) throws {
    precondition(samplesPerBatch ?? 1 > 0, "a batch holds at least one sample")
    let batches =
      if let samplesPerBatch {
        BatchPlan(copy graph, samples: samplesPerBatch)
      } else {
        BatchPlan(for: copy graph)
      }
    try self.init(
      consume graph, batches: batches, allowsWinograd: allowsWinograd, replacing: replacements,
      observesEverySite: observesEverySite)
  }

  init(
    _ graph: consuming Graph, batches: BatchPlan, allowsWinograd: Bool = true,
    replacing replacements: [Int: SiteReplacement] = [:], observesEverySite: Bool = false
  ) throws {
    try Self.requireLibrary()
    let batch = batches.parts.last!.samples
    samplesPerPortion = batch * (1 + Self.portionArithmetic / (batch * graph.multiplications))
    let wiring = graph.withoutLinearWeights
    var compiler = PlanCompiler(
      consume graph, batches: batches, allowsWinograd: allowsWinograd, replacements: replacements,
      observesEverySite: observesEverySite)
    try compiler.compile()
    sites = wiring.sites
    rectifiedSites = compiler.rectifiedSites
    inputShapes = wiring.inputs.map { wiring.nodes[$0].shape }
    outputShapes = wiring.outputs.map { wiring.nodes[$0].shape }
    steps = compiler.steps
    parts = compiler.parts
    stages = zip(compiler.layers, steps).map { Stage(layer: $0, kind: $1.kind) }
    buffers = BufferPlan(compiler.requests)
    inputBuffers = wiring.inputs.map { compiler.bufferOfNode[$0] }
    outputBuffers = wiring.outputs.map { compiler.bufferOfNode[$0] }
  }

  /// Bytes of activations that each worker holds.
  public var workingBytes: Int { buffers.count * MemoryLayout<Float>.stride }

  /// A heuristic: the multiplications of a portion take some milliseconds.
  private static let portionArithmetic = 200_000_000
}
