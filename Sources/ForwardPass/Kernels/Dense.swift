import CKernels
import COneDNN
import NetworkGraph

/// A matrix product over the last axis, all other axes taken as rows.
func denseKernel(_ kernel: Tensor, _ bias: [Float]?, _ context: KernelContext) throws -> Kernel {
  let (inputs, units) = (kernel.extents[0], kernel.extents[1])
  let rows = context.batch * context.output.count / units
  if let kernel = ownDenseKernel(kernel, bias, rows: rows) { return kernel }
  var source = Layout.rows(rows, inputs)
  var target = Layout.rows(rows, units)
  let given = Layout([units, inputs], strides: [1, units])
  var weights = kernel.isTooLargeForTwo ? given : Layout(chosenFor: [units, inputs])
  var offset = Layout.flat(units)
  var descriptor = dnnl_inner_product_desc_t()
  try oneDNN.inner_product_forward_desc_init(
    &descriptor, dnnl_forward_inference, &source, &weights, &offset, &target
  ).check(layer: context.layer, "dense")
  let primitive = try Primitive(descriptor, layer: context.layer, operation: "dense")
  return .primitive(
    PrimitiveKernel(
      primitive: primitive, sources: [(DNNL_ARG_SRC, source)], target: (DNNL_ARG_DST, target),
      weights: try linearWeights(
        kernel, layout: given, bias: bias, count: units, of: primitive)))
}

/// A matrix product by a loop of ours (`CKernels/dense.c`), or `nil` where oneDNN's is as good.
///
/// With weights that stay in a cache it comes near what the processor can do: 3 % less time than
/// oneDNN takes with AVX-512, and 30 % less with AVX2, where oneDNN also takes 8 to 24 ms in each
/// worker when it first multiplies. Weights too large to be copied it reads as they lie, each once.
///
/// - Parameter vectors: How many vectors are worked on at once; results are the same bits.
func ownDenseKernel(
  _ kernel: Tensor, _ bias: [Float]?, rows: Int, vectors: Int = rf_vectors_at_once()
) -> Kernel? {
  let (inputs, units) = (kernel.extents[0], kernel.extents[1])
  guard vectors > 0 else { return nil }
  let filled = (units + 15) / 16 * 16
  let bias =
    (bias ?? [Float](repeating: 0, count: units)) + [Float](repeating: 0, count: filled - units)
  if kernel.isTooLargeForTwo {
    // More rows' sums would not stay in the cache.
    guard rows <= 64, filled == units else { return nil }
    let weights = kernel.values
    return .loop { sources, target in
      weights.withUnsafeBufferPointer {
        rf_dense_streamed(
          vectors, sources[0], rows, inputs, $0.baseAddress!, bias, target, units)
      }
    }
  }
  guard kernel.values.count <= 1 << 20 || vectors == 1 else { return nil }
  let weights = AlignedBuffer(byteCount: inputs * filled * MemoryLayout<Float>.stride)
  kernel.values.withUnsafeBufferPointer {
    rf_dense_weights(vectors, $0.baseAddress!, inputs, units, weights.floats)
  }
  return .loop { sources, target in
    rf_dense(vectors, sources[0], rows, inputs, weights.floats, bias, target, units)
  }
}

extension Tensor {
  /// Whether its numbers are used as they lie, because a copy in oneDNN's order would make the
  /// program's largest moment: of VGG16's first dense layer it takes 400 MB and up to a second.
  fileprivate var isTooLargeForTwo: Bool { values.count >= 64 << 20 }
}

/// The weights and the bias (zeros if there is none) of a linear kernel, as it wants them.
func linearWeights(
  _ kernel: Tensor, layout: Layout, bias: [Float]?, count: Int, of primitive: Primitive
) throws -> [(argument: Int32, values: Weights)] {
  let layer = primitive.layer
  return [
    (
      DNNL_ARG_WEIGHTS,
      try Weights(
        kernel.values, in: layout, as: primitive.layout(of: DNNL_ARG_WEIGHTS), layer: layer)
    ),
    (
      DNNL_ARG_BIAS,
      try Weights(
        bias ?? [Float](repeating: 0, count: count), in: .flat(count), as: .flat(count),
        layer: layer)
    ),
  ]
}
