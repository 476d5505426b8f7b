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

  let values = Layout(extents, strides: strides)
  let geometry = SlidingGeometry(window, input: context.inputs[0])
  func linearKernel(
    _ algorithm: dnnl_alg_kind_t, from source: Layout, to target: Layout
  ) throws -> PrimitiveKernel {
    let primitive = try convolution(
      algorithm, geometry, from: source, to: target, weights: Layout(chosenFor: extents),
      bias: .flat(filters), layer: context.layer)
    return PrimitiveKernel(
      primitive: primitive, sources: [(DNNL_ARG_SRC, source)], target: (DNNL_ARG_DST, target),
      weights: try linearWeights(kernel, layout: values, bias: bias, count: filters, of: primitive))
  }
  if !grouped, let samples = winogradSamples(window, kernel, context) {
    let (source, target) = context.slidingLayouts(samples: samples)
    let (blockedSource, blockedTarget) = (source.blocked, target.blocked)
    // Not every processor has it.
    if let linear = try? linearKernel(
      dnnl_convolution_winograd, from: blockedSource, to: blockedTarget)
    {
      return .blocked(
        BlockedKernel(
          enter: try Primitive(from: source, to: blockedSource, layer: context.layer),
          kernel: linear,
          leave: try Primitive(from: blockedTarget, to: target, layer: context.layer),
          source: source, target: target, runs: context.batch / samples))
    }
  }
  let (source, target) = context.slidingLayouts(samples: context.batch)
  return .primitive(try linearKernel(dnnl_convolution_direct, from: source, to: target))
}

private func convolution(
  _ algorithm: dnnl_alg_kind_t, _ geometry: SlidingGeometry, from source: Layout,
  to target: Layout, weights: Layout, bias: Layout, layer: String
) throws -> Primitive {
  var (source, target, weights, bias) = (source, target, weights, bias)
  var descriptor = dnnl_convolution_desc_t()
  try dnnl_dilated_convolution_forward_desc_init(
    &descriptor, dnnl_forward_inference, algorithm, &source, &weights, &bias, &target,
    geometry.strides, geometry.dilations, geometry.before, geometry.after
  ).check(layer: layer, "convolution")
  return try Primitive(descriptor, layer: layer, operation: "convolution")
}

/// The samples that a Winograd convolution should work on at once, or `nil` if a direct one is as
/// good.
///
/// Winograd's F(4×4, 3×3) takes a quarter of the multiplications of a 3×3 convolution, on tiles of
/// 4×4 places (Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks", 2015). oneDNN
/// has it for blocked channels alone; with both copies it still halves the time of VGG16. Its
/// rounding error stays below 2e-5 of the output's standard deviation, as the direct one's stays
/// below 1e-5. It pays from some 64 tiles on, and is best with 128 (a heuristic, measured).
private func winogradSamples(
  _ window: Window, _ kernel: Tensor, _ context: KernelContext
) -> Int? {
  guard context.allowsWinograd, window.size == [3, 3], window.strides == [1, 1],
    window.dilations == [1, 1], kernel.extents[2] >= 16, kernel.extents[3] >= 32
  else { return nil }
  let tiles = context.output.spatial.reduce(1) { $0 * (($1 + 3) / 4) }
  let divisors = (1...context.batch).filter { context.batch.isMultiple(of: $0) }
  let samples = divisors.first { $0 * tiles >= 128 } ?? context.batch
  return samples * tiles >= 64 ? samples : nil
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
  func slidingLayouts(samples: Int) -> (source: Layout, target: Layout) {
    (
      .channelsLast(
        batch: samples, spatial: Array(inputs[0].spatial), channels: inputs[0].channels),
      .channelsLast(batch: samples, spatial: Array(output.spatial), channels: output.channels)
    )
  }
}
