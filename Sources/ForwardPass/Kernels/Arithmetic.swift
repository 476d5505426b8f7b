import CKernels
import COneDNN
import NetworkGraph

/// `scale·x + shift`, one scale and shift a channel, one a value, or one for all.
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
  let radius = min(radius, channels - 1)
  return .loop { inputs, output in
    withUnsafeTemporaryAllocation(of: Float.self, capacity: channels + 2 * radius + 16) { room in
      rf_local_square_sum(
        inputs[0], output, room.baseAddress!, rows, channels, radius, bias, alpha)
    }
  }
}

/// `s^exponent · x` of two inputs, of which the one at `place` is s.
func powerProductKernel(_ product: PowerProduct, _ context: KernelContext) -> Kernel {
  let count = context.batch * context.output.count
  return .loop { inputs, output in
    rf_root(inputs[product.place], inputs[1 - product.place], output, count, product.quarters)
  }
}

/// All inputs combined number by number.
func elementwiseKernel(_ combination: Combination, _ context: KernelContext) throws -> Kernel {
  let stretched = context.inputs.contains { $0 != context.output }
  if !stretched, context.inputs.count == 2, let algorithm = combination.oneDNNAlgorithm {
    return try binaryKernel(algorithm, combination.rawValue, context)
  }
  let places = context.inputs.map {
    $0 == context.output ? nil : stretching($0, to: context.output)
  }
  let (sizes, count, batch) = (context.inputs.map(\.count), context.output.count, context.batch)
  let factor = 1 / Float(context.inputs.count)
  return .loop { inputs, output in
    for sample in 0..<batch {
      let target = output + sample * count
      for (index, input) in inputs.enumerated() {
        let source = input + sample * sizes[index]
        let places = places[index]
        if index == 0 {
          join(target, source, places, count) { $1 }
          continue
        }
        switch combination {
        case .add, .average: join(target, source, places, count) { $0 + $1 }
        case .subtract: join(target, source, places, count) { $0 - $1 }
        case .multiply: join(target, source, places, count) { $0 * $1 }
        // Either keeps a NaN, whichever side it is on.
        case .maximum: join(target, source, places, count) { $0.isNaN || $0 > $1 ? $0 : $1 }
        case .minimum: join(target, source, places, count) { $0.isNaN || $0 < $1 ? $0 : $1 }
        }
      }
      if combination == .average { join(target, target, nil, count) { $1 * factor } }
    }
  }
}

/// Joins each number of the target with the source's at the same place, or at the place given.
@inline(__always)
private func join(
  _ target: UnsafeMutablePointer<Float>, _ source: UnsafePointer<Float>, _ places: [Int]?,
  _ count: Int, _ combine: (Float, Float) -> Float
) {
  guard let places else {
    for place in 0..<count { target[place] = combine(target[place], source[place]) }
    return
  }
  places.withUnsafeBufferPointer { places in
    for place in 0..<count { target[place] = combine(target[place], source[places[place]]) }
  }
}

/// For each place of the larger shape, the place of the smaller one that is stretched over it.
func stretching(_ small: Shape, to large: Shape) -> [Int] {
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
  try oneDNN.binary_desc_init(&descriptor, algorithm, &first, &second, &target)
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
}
