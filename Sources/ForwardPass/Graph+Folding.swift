import NetworkGraph

extension Graph {
  /// The graph with each affine step that follows a linear layer folded into that layer's weights.
  ///
  /// Only where nothing else reads the linear layer, and so where no site stands between:
  /// a site is a node of its own.
  ///
  /// - Returns: For each node the operation to run; a folded affine step becomes `nil`, and passes
  ///   its input through.
  func foldedOperations() -> [Operation?] {
    var operations: [Operation?] = nodes.map(\.operation)
    let readers = readers()
    for (index, node) in nodes.enumerated() {
      guard case .affine(let scale, let shift) = node.operation, let linear = node.inputs.first,
        readers[linear].count == 1, !outputs.contains(linear),
        [1, node.shape.channels].contains(scale.count),
        let folded = operations[linear]?.scaled(by: scale, shiftedBy: shift)
      else { continue }
      operations[linear] = folded
      operations[index] = nil
    }
    return operations
  }
}

extension Operation {
  /// A linear operation followed by `scale·x + shift` a channel, or `nil` if this is not linear.
  fileprivate func scaled(by scale: [Float], shiftedBy shift: [Float]) -> Operation? {
    switch self {
    case .dense(let kernel, let bias):
      .dense(
        kernel: kernel.scaledChannels(by: scale),
        bias: Self.fold(bias, channels: kernel.extents.last!, scale, shift))
    case .convolution(let window, let groups, let kernel, let bias):
      .convolution(
        window: window, groups: groups, kernel: kernel.scaledChannels(by: scale),
        bias: Self.fold(bias, channels: kernel.extents.last!, scale, shift))
    case .transposedConvolution(let window, let extents, let kernel, let bias):
      .transposedConvolution(
        window: window, extents: extents,
        kernel: kernel.scaledChannels(by: scale, axis: kernel.extents.count - 2),
        bias: Self.fold(bias, channels: kernel.extents.dropLast().last!, scale, shift))
    default: nil
    }
  }

  private static func fold(
    _ bias: [Float]?, channels: Int, _ scale: [Float], _ shift: [Float]
  ) -> [Float] {
    (0..<channels).map { channel in
      let (factor, offset) = (scale[channel % scale.count], shift[channel % shift.count])
      return Float(Double(factor) * Double(bias?[channel] ?? 0) + Double(offset))
    }
  }
}

extension Tensor {
  /// Multiplies each slice of an axis, by default the last, by a factor of its own.
  fileprivate func scaledChannels(by scale: [Float], axis: Int? = nil) -> Tensor {
    let axis = axis ?? extents.count - 1
    let (channels, run) = (extents[axis], extents[(axis + 1)...].reduce(1, *))
    let scaled = [Float](unsafeUninitializedCapacity: values.count) { buffer, count in
      values.withUnsafeBufferPointer { values in
        for start in stride(from: 0, to: values.count, by: channels * run) {
          for channel in 0..<channels {
            for place in start + channel * run..<start + (channel + 1) * run {
              buffer[place] = values[place] * scale[channel % scale.count]
            }
          }
        }
      }
      count = values.count
    }
    return Tensor(scaled, extents: extents)
  }
}
