import COneDNN
import NetworkGraph

/// A matrix product over the last axis, all other axes taken as rows.
func denseKernel(_ kernel: Tensor, _ bias: [Float]?, _ context: KernelContext) throws -> Kernel {
  let (inputs, units) = (kernel.extents[0], kernel.extents[1])
  let rows = context.batch * context.output.count / units
  var source = Layout.rows(rows, inputs)
  var target = Layout.rows(rows, units)
  let given = Layout([units, inputs], strides: [1, units])
  var weights = kernel.isTooLargeForTwo ? given : Layout(chosenFor: [units, inputs])
  var offset = Layout.flat(units)
  var descriptor = dnnl_inner_product_desc_t()
  try dnnl_inner_product_forward_desc_init(
    &descriptor, dnnl_forward_inference, &source, &weights, &offset, &target
  ).check(layer: context.layer, "dense")
  let primitive = try Primitive(descriptor, layer: context.layer, operation: "dense")
  return .primitive(
    PrimitiveKernel(
      primitive: primitive, sources: [(DNNL_ARG_SRC, source)], target: (DNNL_ARG_DST, target),
      weights: try linearWeights(
        kernel, layout: given, bias: bias, count: units, of: primitive)))
}

extension Tensor {
  /// Whether its numbers are used as they lie, because a copy in oneDNN's order would make the
  /// program's largest moment: of VGG16's first dense layer it takes 400 MB and a second, to save a
  /// fortieth of the forward pass.
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
