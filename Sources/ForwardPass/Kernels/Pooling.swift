import CKernels
import COneDNN
import NetworkGraph

/// The mean of each window; padding counts neither as a value nor in the divisor.
func averagePoolingKernel(_ window: Window, _ context: KernelContext) throws -> Kernel {
  let (source, target) = context.slidingLayouts()
  var (sourceLayout, targetLayout) = (source, target)
  let geometry = SlidingGeometry(window, input: context.inputs[0])
  var descriptor = dnnl_pooling_desc_t()
  try oneDNN.pooling_forward_desc_init(
    &descriptor, dnnl_forward_inference, dnnl_pooling_avg_exclude_padding, &sourceLayout,
    &targetLayout,
    geometry.strides, geometry.size, geometry.before, geometry.after
  ).check(layer: context.layer, "pooling")
  return .primitive(
    PrimitiveKernel(
      primitive: try Primitive(descriptor, layer: context.layer, operation: "pooling"),
      sources: [(DNNL_ARG_SRC, source)], target: (DNNL_ARG_DST, target), weights: []))
}

/// The greatest value of each window, NaN if there is one; padding does not count.
///
/// Not by oneDNN, which passes over a NaN, and makes -∞ a finite number.
func maxPoolingKernel(_ window: Window, _ context: KernelContext) -> Kernel {
  let channels = context.inputs[0].channels
  let (size, count, batch) = (context.inputs[0].count, context.output.count, context.batch)
  let windows = sourcePlaces(window, context)
  let places = windows.joined().map(Int32.init)
  var ends: [Int32] = []
  for window in windows { ends.append((ends.last ?? 0) + Int32(window.count)) }
  return .loop { [ends] inputs, output in
    for sample in 0..<batch {
      rf_max_pool(
        inputs[0] + sample * size, output + sample * count, places, ends, ends.count, channels)
    }
  }
}

/// The mean over the places that a mask keeps; NaN if it keeps none.
func maskedAverageKernel(_ context: KernelContext) -> Kernel {
  let (places, channels) = (context.inputs[1].count, context.inputs[0].channels)
  let batch = context.batch
  return .loop { inputs, output in
    for sample in 0..<batch {
      let (mask, target) = (inputs[1] + sample * places, output + sample * channels)
      target.update(repeating: 0, count: channels)
      var kept: Float = 0
      for place in 0..<places where mask[place] != 0 {
        let source = inputs[0] + (sample * places + place) * channels
        for channel in 0..<channels { target[channel] += source[channel] }
        kept += 1
      }
      for channel in 0..<channels { target[channel] /= kept }
    }
  }
}

/// For each place of a window, in order, the places of the input that it covers.
///
/// No window lies in the padding altogether, which is narrower than a window on either side.
func sourcePlaces(_ window: Window, _ context: KernelContext) -> [[Int]] {
  var windows = [[0]]
  for (axis, extent) in zip(window.size.indices, context.inputs[0].spatial) {
    let (before, _) = window.paddingAmounts(axis: axis, extent: extent)
    let positions = window.outputExtents(for: context.inputs[0].spatial)![axis]
    let covered = (0..<positions).map { position in
      (0..<window.size[axis])
        .map { position * window.strides[axis] - before + $0 }
        .filter((0..<extent).contains)
    }
    windows = windows.flatMap { outer in
      covered.map { inner in outer.flatMap { place in inner.map { place * extent + $0 } } }
    }
  }
  return windows
}

extension KernelContext {
  /// One window over all spatial axes, and the context in which it slides over nothing.
  func overAllPlaces() -> (window: Window, context: KernelContext) {
    let spatial = Array(inputs[0].spatial)
    let ones = spatial.map { _ in 1 }
    return (
      Window(size: spatial, strides: ones, padding: .valid),
      KernelContext(
        layer: layer, batch: batch, inputs: inputs, output: Shape(ones + [inputs[0].channels])!)
    )
  }
}
