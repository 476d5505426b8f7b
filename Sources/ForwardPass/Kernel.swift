import NetworkGraph

/// A compiled step: reads some buffers and writes one, a whole batch at a time.
///
/// Kernels hold weights but no activations, and are shared by all workers.
enum Kernel: Sendable {
  /// A oneDNN kernel, what it reads, what it writes, and its weights.
  case primitive(PrimitiveKernel)
  /// A loop of ours, for what moves numbers about and for the rare functions.
  case loop(Loop)
  /// A loop that finds faults in the data, and so has to know which samples it is given.
  case checkedLoop(CheckedLoop)
  /// A loop that shows some of its pre-activations as it goes, at a site.
  case showingLoop(ShowingLoop, site: Int)
  /// A loop that works in some memory, of which nothing is kept from run to run. Some add a second
  /// input, if they are given one, to what they make of the first.
  case scratchLoop(bytes: Int, addsSecondInput: Bool = false, ScratchLoop)
  /// A cell's steps, which show their pre-activations as they go.
  indirect case recurrence(RecurrenceKernel)

  /// Reads as many buffers as the node has inputs and writes the output.
  typealias Loop =
    @Sendable (_ inputs: [UnsafePointer<Float>], _ output: UnsafeMutablePointer<Float>) -> Void

  /// As a loop, for the samples at these places in the dataset: no more than a batch.
  typealias CheckedLoop =
    @Sendable (
      _ samples: Range<Int>, _ inputs: [UnsafePointer<Float>], _ output: UnsafeMutablePointer<Float>
    ) throws -> Void

  /// As a loop; `show` is given numbers of some of the samples, and where in a sample they start.
  typealias ShowingLoop =
    @Sendable (
      _ samples: Range<Int>, _ inputs: [UnsafePointer<Float>],
      _ output: UnsafeMutablePointer<Float>,
      _ show: (UnsafeMutableBufferPointer<Float>, _ samples: Range<Int>, _ offset: Int) -> Void
    ) -> Void

  /// As a loop; the scratchpad is another kernel's when the loop is over.
  typealias ScratchLoop =
    @Sendable (
      _ inputs: [UnsafePointer<Float>], _ output: UnsafeMutablePointer<Float>,
      _ scratchpad: UnsafeMutablePointer<Float>
    ) -> Void

  /// Bytes that the kernel works in while it runs.
  var scratchpadBytes: Int {
    switch self {
    case .primitive(let kernel): kernel.primitive.scratchpad.byteCount
    case .scratchLoop(let bytes, _, _): bytes
    case .loop, .checkedLoop, .showingLoop: 0
    case .recurrence(let kernel): kernel.scratchpadBytes
    }
  }

  /// Whether a second input, like the output, is added to what the kernel computes.
  var addsSecondInput: Bool {
    if case .scratchLoop(_, let adds, _) = self { adds } else { false }
  }

  /// The sizes of the buffers that the kernel reads after its inputs: it keeps numbers there while
  /// it runs.
  var workspaceCounts: [Int] {
    switch self {
    case .recurrence(let kernel): kernel.workspaceCounts
    default: []
    }
  }
}

/// A oneDNN kernel with its weights.
struct PrimitiveKernel: Sendable {
  let primitive: Primitive
  /// oneDNN's argument number and the layout for each input.
  let sources: [(argument: Int32, layout: Layout)]
  let target: (argument: Int32, layout: Layout)
  let weights: [(argument: Int32, values: Weights)]
}

/// Makes the kernels of one node.
struct KernelContext {
  let layer: String
  /// Samples in a batch.
  let batch: Int
  let inputs: [Shape]
  let output: Shape
  /// The sites of the node.
  var sites = 0..<0
  /// Whether convolutions may be computed by Winograd's algorithm.
  var allowsWinograd = false
  /// What takes the place of functions, by site.
  var replacements: [Int: SiteReplacement] = [:]
}

extension Operation {
  /// Compiles the operation into kernels that run one after the other over the same buffers; into
  /// none if it leaves every number where it is.
  ///
  /// Activations of rectifier form are applied by whoever observes the site, and are not asked.
  func kernels(_ context: KernelContext) throws -> [Kernel] {
    switch self {
    case .input, .reshape: return []
    case .dense(let kernel, let bias): return [try denseKernel(kernel, bias, context)]
    case .convolution(let window, let groups, let kernel, let bias):
      return [try convolutionKernel(window, groups, kernel, bias, context)]
    case .transposedConvolution(let window, let extents, let kernel, let bias):
      return [try transposedConvolutionKernel(window, extents, kernel, bias, context)]
    case .matrixProduct(let transposed):
      return [try matrixProductKernel(transposed: transposed, context)]
    case .mean(let axes): return [meanKernel(axes: axes, context)]
    case .affine(let scale, let shift): return [affineKernel(scale, shift, context)]
    case .activation(let function): return [try activationKernel(function, context)]
    case .maskedSoftmax(let isCausal): return [maskedSoftmaxKernel(isCausal: isCausal, context)]
    case .maxPooling(let window): return [maxPoolingKernel(window, context)]
    case .averagePooling(let window): return [try averagePoolingKernel(window, context)]
    case .globalAveragePooling where context.inputs.count == 2:
      return [maskedAverageKernel(context)]
    case .globalAveragePooling:
      let (window, context) = context.overAllPlaces()
      return [try averagePoolingKernel(window, context)]
    case .globalMaxPooling:
      let (window, context) = context.overAllPlaces()
      return [maxPoolingKernel(window, context)]
    case .localSquareSum(let radius, let bias, let alpha):
      return [localSquareSumKernel(radius: radius, bias: bias, alpha: alpha, context)]
    case .elementwise(let combination): return [try elementwiseKernel(combination, context)]
    case .concatenation(let axis): return [concatenationKernel(axis: axis, context)]
    case .permutation(let order): return [permutationKernel(order, context)]
    case .zeroPadding(let amounts): return [paddingKernel(amounts, context)]
    case .cropping(let amounts): return [croppingKernel(amounts, context)]
    case .nearestUpsampling(let factors): return [upsamplingKernel(factors, context)]
    case .resizing(_, .nearest): return [nearestResizingKernel(context)]
    case .resizing(_, .linear): return [linearResizingKernel(context)]
    case .embedding(let table): return [embeddingKernel(table, context)]
    case .mask(let value): return [maskKernel(unless: value, context)]
    case .recurrence(let recurrence):
      return [.recurrence(try RecurrenceKernel(recurrence, context))]
    }
  }
}
