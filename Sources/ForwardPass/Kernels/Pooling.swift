import COneDNN
import NetworkGraph

/// The mean of each window; padding counts neither as a value nor in the divisor.
func averagePoolingKernel(_ window: Window, _ context: KernelContext) throws -> Kernel {
  try poolingKernel(dnnl_pooling_avg_exclude_padding, window, context)
}

/// The greatest value of each window, NaN if there is one; padding does not count.
///
/// oneDNN passes over a NaN, and makes -∞ a finite number. A sample that has one is pooled again.
func maxPoolingKernels(_ window: Window, _ context: KernelContext) throws -> [Kernel] {
  let channels = context.inputs[0].channels
  let (size, count, batch) = (context.inputs[0].count, context.output.count, context.batch)
  let windows = sourcePlaces(window, context)
  let repair: Kernel.Loop = { inputs, output in
    for sample in 0..<batch {
      let source = inputs[0] + sample * size
      guard hasNaNOrNegativeInfinity(source, count: size) else { continue }
      for (place, places) in windows.enumerated() {
        for channel in 0..<channels {
          output[sample * count + place * channels + channel] =
            places.reduce(-.infinity) { greatest, place in
              let value = source[place * channels + channel]
              return greatest.isNaN || greatest > value ? greatest : value
            }
        }
      }
    }
  }
  return [try poolingKernel(dnnl_pooling_max, window, context), .loop(repair)]
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

private func hasNaNOrNegativeInfinity(_ values: UnsafePointer<Float>, count: Int) -> Bool {
  let whole = count / 16 * 16
  var isOrdinary = SIMDMask<SIMD16<Int32>>(repeating: true)
  for start in stride(from: 0, to: whole, by: 16) {
    let line = UnsafeRawPointer(values + start).loadUnaligned(as: SIMD16<Float>.self)
    isOrdinary .&= line .> -.infinity
  }
  return isOrdinary != SIMDMask(repeating: true)
    || (whole..<count).contains { !(values[$0] > -.infinity) }
}

private func poolingKernel(
  _ algorithm: dnnl_alg_kind_t, _ window: Window, _ context: KernelContext
) throws -> Kernel {
  let (source, target) = context.slidingLayouts
  var (sourceLayout, targetLayout) = (source, target)
  let geometry = SlidingGeometry(window, input: context.inputs[0])
  var descriptor = dnnl_pooling_desc_t()
  try dnnl_pooling_forward_desc_init(
    &descriptor, dnnl_forward_inference, algorithm, &sourceLayout, &targetLayout,
    geometry.strides, geometry.size, geometry.before, geometry.after
  ).check(layer: context.layer, "pooling")
  return .primitive(
    PrimitiveKernel(
      primitive: try Primitive(descriptor, layer: context.layer, operation: "pooling"),
      sources: [(DNNL_ARG_SRC, source)], target: (DNNL_ARG_DST, target), weights: []))
}

/// For each place of a window, in order, the places of the input that it covers.
///
/// No window lies in the padding altogether, which is narrower than a window on either side.
private func sourcePlaces(_ window: Window, _ context: KernelContext) -> [[Int]] {
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
