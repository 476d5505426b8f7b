import COneDNN
import NetworkGraph

/// `scale·x + shift`, one scale and shift a channel or one for all.
func affineKernel(_ scale: [Float], _ shift: [Float], _ context: KernelContext) -> Kernel {
  let rows = context.batch * context.output.count / scale.count
  return .loop { inputs, output in
    scale.withUnsafeBufferPointer { scale in
      shift.withUnsafeBufferPointer { shift in
        var (source, target) = (inputs[0], output)
        for _ in 0..<rows {
          for channel in 0..<scale.count {
            target[channel] = scale[channel] * source[channel] + shift[channel]
          }
          source += scale.count
          target += scale.count
        }
      }
    }
  }
}

/// `bias + alpha · Σ x²` over the `2·radius + 1` channels around each one.
func localSquareSumKernel(
  radius: Int, bias: Float, alpha: Float, _ context: KernelContext
) -> Kernel {
  let channels = context.output.channels
  let rows = context.batch * context.output.count / channels
  return .loop { inputs, output in
    for row in 0..<rows {
      let (source, target) = (inputs[0] + row * channels, output + row * channels)
      target.update(repeating: 0, count: channels)
      for distance in -min(radius, channels - 1)...min(radius, channels - 1) {
        for channel in max(0, -distance)..<min(channels, channels - distance) {
          target[channel] += source[channel + distance] * source[channel + distance]
        }
      }
      for channel in 0..<channels { target[channel] = bias + alpha * target[channel] }
    }
  }
}

/// All inputs combined number by number.
func elementwiseKernel(_ combination: Combination, _ context: KernelContext) throws -> Kernel {
  let stretched = context.inputs.contains { $0 != context.output }
  if !stretched, context.inputs.count == 2, let algorithm = combination.oneDNNAlgorithm {
    return try binaryKernel(algorithm, combination.rawValue, context)
  }
  let count = context.output.count
  let places = context.inputs.map { $0 == context.output ? nil : stretching($0, to: context.output) }
  let sizes = context.inputs.map(\.count)
  let factor = 1 / Float(context.inputs.count)
  let batch = context.batch
  return .loop { inputs, output in
    for sample in 0..<batch {
      let target = output + sample * count
      for place in 0..<count {
        var value = inputs[0][sample * sizes[0] + (places[0]?[place] ?? place)]
        for input in inputs.indices.dropFirst() {
          let other = inputs[input][sample * sizes[input] + (places[input]?[place] ?? place)]
          value = combination(value, other)
        }
        target[place] = combination == .average ? value * factor : value
      }
    }
  }
}

/// For each place of the larger shape, the place of the smaller one that is stretched over it.
private func stretching(_ small: Shape, to large: Shape) -> [Int] {
  (0..<large.count).map { place in
    var (rest, source, stride) = (place, 0, 1)
    for axis in large.extents.indices.reversed() {
      let coordinate = rest % large.extents[axis]
      rest /= large.extents[axis]
      source += small.extents[axis] == 1 ? 0 : coordinate * stride
      stride *= small.extents[axis]
    }
    return source
  }
}

private func binaryKernel(
  _ algorithm: dnnl_alg_kind_t, _ name: String, _ context: KernelContext
) throws -> Kernel {
  let layout = Layout.flat(context.batch * context.output.count)
  var (first, second, target) = (layout, layout, layout)
  var descriptor = dnnl_binary_desc_t()
  try dnnl_binary_desc_init(&descriptor, algorithm, &first, &second, &target)
    .check(layer: context.layer, name)
  return .primitive(
    PrimitiveKernel(
      primitive: try Primitive(descriptor, layer: context.layer, operation: name),
      sources: [(DNNL_ARG_SRC_0, layout), (DNNL_ARG_SRC_1, layout)],
      target: (DNNL_ARG_DST, layout), weights: []))
}

extension Combination {
  fileprivate var oneDNNAlgorithm: dnnl_alg_kind_t? {
    switch self {
    case .add: dnnl_binary_add
    case .subtract: dnnl_binary_sub
    case .multiply: dnnl_binary_mul
    // oneDNN's maximum and minimum pass over a NaN in the first input.
    case .maximum, .minimum, .average: nil
    }
  }

  /// Joins two numbers; a mean is a sum here, to be divided at the end.
  fileprivate func callAsFunction(_ a: Float, _ b: Float) -> Float {
    switch self {
    case .add, .average: a + b
    case .subtract: a - b
    case .multiply: a * b
    case .maximum: a.isNaN || a > b ? a : b
    case .minimum: a.isNaN || a < b ? a : b
    }
  }
}
