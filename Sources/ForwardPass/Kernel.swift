import NetworkGraph

/// A compiled step: reads some buffers and writes one, a whole batch at a time.
///
/// Kernels hold weights but no activations, and are shared by all workers.
enum Kernel: Sendable {
  /// A oneDNN kernel, what it reads, what it writes, and its weights.
  case primitive(PrimitiveKernel)
  /// A loop of ours, for what moves numbers about and for the rare functions.
  case loop(Loop)

  /// Reads as many buffers as the node has inputs and writes the output.
  typealias Loop =
    @Sendable (_ inputs: [UnsafePointer<Float>], _ output: UnsafeMutablePointer<Float>) -> Void
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
}

extension Operation {
  /// Compiles the operation, or returns `nil` if it leaves every number where it is.
  ///
  /// Activations of rectifier form are applied by whoever observes the site, and are not asked.
  func kernel(_ context: KernelContext) throws -> Kernel? {
    switch self {
    case .input, .reshape: nil
    case .dense(let kernel, let bias): try denseKernel(kernel, bias, context)
    case .convolution(let window, let groups, let kernel, let bias):
      try convolutionKernel(window, groups, kernel, bias, context)
    case .affine(let scale, let shift): affineKernel(scale, shift, context)
    case .activation(let function): try activationKernel(function, context)
    case .maxPooling(let window): maxPoolingKernel(window, context)
    case .averagePooling(let window): try averagePoolingKernel(window, context)
    case .globalAveragePooling:
      try averagePoolingKernel(context.overAllPlaces().window, context.overAllPlaces().context)
    case .globalMaxPooling:
      maxPoolingKernel(context.overAllPlaces().window, context.overAllPlaces().context)
    case .localSquareSum(let radius, let bias, let alpha):
      localSquareSumKernel(radius: radius, bias: bias, alpha: alpha, context)
    case .elementwise(let combination): try elementwiseKernel(combination, context)
    case .concatenation(let axis): concatenationKernel(axis: axis, context)
    case .permutation(let order): permutationKernel(order, context)
    case .zeroPadding(let amounts): paddingKernel(amounts, context)
    case .cropping(let amounts): croppingKernel(amounts, context)
    case .nearestUpsampling(let factors): upsamplingKernel(factors, context)
    }
  }
}
