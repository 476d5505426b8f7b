import CKernels
import NetworkGraph

/// A 3×3 or 5×5 convolution in steps of one by Winograd's algorithm, or `nil` where a direct one is as
/// good or the processor is not one that it was written for.
///
/// It takes a quarter of the multiplications, of 5×5 ones 36 %, and half the time of a direct one at
/// its best, or less (`CKernels/winograd.c` says how). Its rounding error stays below 2e-5 of the
/// output's standard deviation, as the direct one's stays below 1e-5. A NaN or an infinity reaches up
/// to two places farther than in a direct one, of 3×3.
///
/// If it is given a second input, like its output, it adds that to the results: the same bits as a sum
/// of its own gives.
///
/// - Parameter vectors: How many vectors are worked on at once; results are the same bits.
func winogradKernel(
  _ window: Window, _ groups: Int, _ kernel: Tensor, _ bias: [Float]?, _ context: KernelContext,
  vectors: Int = rf_vectors_at_once()
) -> Kernel? {
  let shape = rf_winograd_shape(window, groups, kernel, context, vectors: vectors)
  guard context.allowsWinograd, vectors > 0,
    [[3, 3], [5, 5]].contains(window.size), window.strides == [1, 1], window.dilations == [1, 1],
    shape.isWorthIt
  else { return nil }
  let weights = withUnsafePointer(to: shape) { shape in
    let weights = AlignedBuffer(
      byteCount: rf_winograd_weight_count(shape) * MemoryLayout<Float>.stride)
    kernel.values.withUnsafeBufferPointer {
      rf_winograd_weights(shape, $0.baseAddress!, weights.floats)
    }
    return weights
  }
  let bias = bias ?? [Float](repeating: 0, count: shape.groups * shape.filters)
  let scratch = withUnsafePointer(to: shape) { rf_winograd_workspace_count($0) }
  return .scratchLoop(
    bytes: scratch * MemoryLayout<Float>.stride, addsSecondInput: true
  ) { inputs, output, scratch in
    withUnsafePointer(to: shape) {
      rf_winograd(
        $0, inputs[0], inputs.count > 1 ? inputs[1] : nil, output, weights.floats, bias, scratch)
    }
  }
}

extension rf_winograd_shape {
  fileprivate init(
    _ window: Window, _ groups: Int, _ kernel: Tensor, _ context: KernelContext, vectors: Int
  ) {
    let (input, output) = (context.inputs[0].spatial, context.output.spatial)
    let before = zip(0..<2, input).map { window.paddingAmounts(axis: $0, extent: $1).before }
    self.init(
      kernel_side: window.size[0], samples: context.batch, height: input.first!, width: input.last!,
      rows_before: before[0], columns_before: before[1], target_height: output.first!,
      target_width: output.last!, groups: groups, channels: kernel.extents[2],
      filters: kernel.extents[3] / groups, vectors_at_once: vectors)
  }

  /// A heuristic, measured: whether there are channels for a vector, and at most half of a direct
  /// convolution's multiplications, those counted that fill the last tiles and the last vector.
  fileprivate var isWorthIt: Bool {
    let results = 7 - kernel_side
    let (rows, columns) = (target_height + results - 1, target_width + results - 1)
    let tiles = samples * (rows / results) * (columns / results)
    let filled = (tiles + 23) / 24 * 24 * ((filters + 15) / 16 * 16)
    let direct = kernel_side * kernel_side * samples * target_height * target_width * filters
    return channels >= 16 && 2 * 36 * filled <= direct
  }
}
