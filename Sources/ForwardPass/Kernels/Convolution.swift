import COneDNN
import NetworkGraph

/// A correlation over one, two or three spatial axes, in groups if there are several.
///
/// Our kernels are `[window…, channels in a group, filters]`, with the filters of a group side by
/// side; oneDNN's logical axes are (groups, filters in a group, channels in a group, window…).
func convolutionKernel(
  _ window: Window, _ groups: Int, _ kernel: Tensor, _ bias: [Float]?, _ context: KernelContext
) throws -> Kernel {
  let rank = window.size.count
  let (channels, filters) = (kernel.extents[rank], kernel.extents[rank + 1])
  let grouped = groups > 1
  let extents =
    (grouped ? [groups, filters / groups, channels] : [filters, channels]) + window.size
  var strides = (grouped ? [filters / groups, 1, filters] : [1, filters])
  var stride = filters * channels
  var windowStrides: [Int] = []
  for size in window.size.reversed() {
    windowStrides.insert(stride, at: 0)
    stride *= size
  }
  strides += windowStrides

  if rank == 2, let kernel = winogradKernel(window, groups, kernel, bias, context) {
    return kernel
  }
  let (source, target) = context.slidingLayouts()
  let primitive = try convolution(
    SlidingGeometry(window, input: context.inputs[0]), from: source, to: target,
    weights: Layout(chosenFor: extents), bias: .flat(filters), layer: context.layer)
  return .primitive(
    PrimitiveKernel(
      primitive: primitive, sources: [(DNNL_ARG_SRC, source)], target: (DNNL_ARG_DST, target),
      weights: try linearWeights(
        kernel, layout: Layout(extents, strides: strides), bias: bias, count: filters,
        of: primitive)))
}

private func convolution(
  _ geometry: SlidingGeometry, from source: Layout, to target: Layout, weights: Layout,
  bias: Layout, layer: String
) throws -> Primitive {
  var (source, target, weights, bias) = (source, target, weights, bias)
  var descriptor = dnnl_convolution_desc_t()
  try oneDNN.dilated_convolution_forward_desc_init(
    &descriptor, dnnl_forward_inference, dnnl_convolution_direct, &source, &weights, &bias, &target,
    geometry.strides, geometry.dilations, geometry.before, geometry.after
  ).check(layer: layer, "convolution")
  return try Primitive(descriptor, layer: layer, operation: "convolution")
}

/// A window's numbers as oneDNN takes them: one a spatial axis.
struct SlidingGeometry {
  let size: [Int64]
  let strides: [Int64]
  /// oneDNN counts the places skipped: 0 where neighbours touch.
  let dilations: [Int64]
  let before: [Int64]
  let after: [Int64]

  init(_ window: Window, input: Shape) {
    size = window.size.map(Int64.init)
    strides = window.strides.map(Int64.init)
    dilations = window.dilations.map { Int64($0 - 1) }
    let amounts = zip(window.size.indices, input.spatial).map {
      window.paddingAmounts(axis: $0, extent: $1)
    }
    before = amounts.map { Int64($0.before) }
    after = amounts.map { Int64($0.after) }
  }
}

extension KernelContext {
  /// The channels-last layouts of the first input and the output.
  func slidingLayouts() -> (source: Layout, target: Layout) {
    (
      .channelsLast(
        batch: batch, spatial: Array(inputs[0].spatial), channels: inputs[0].channels),
      .channelsLast(batch: batch, spatial: Array(output.spatial), channels: output.channels)
    )
  }
}
