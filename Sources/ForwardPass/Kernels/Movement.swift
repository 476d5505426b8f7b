import NetworkGraph

/// The inputs side by side along an axis of the sample.
func concatenationKernel(axis: Int, _ context: KernelContext) -> Kernel {
  let outer = context.batch * context.output.extents.prefix(axis).reduce(1, *)
  let runs = context.inputs.map { $0.extents.dropFirst(axis).reduce(1, *) }
  return .loop { inputs, output in
    var target = output
    for place in 0..<outer {
      for (input, run) in zip(inputs, runs) {
        target.update(from: input + place * run, count: run)
        target += run
      }
    }
  }
}

/// Output axis `i` is input axis `order[i]`.
func permutationKernel(_ order: [Int], _ context: KernelContext) -> Kernel {
  let input = context.inputs[0]
  var strides = [Int](repeating: 1, count: input.rank)
  for axis in input.extents.indices.dropLast().reversed() {
    strides[axis] = strides[axis + 1] * input.extents[axis + 1]
  }
  return gatherKernel(context) { coordinates in
    zip(order, coordinates).reduce(0) { $0 + strides[$1.0] * $1.1 }
  }
}

/// Zeros around the spatial axes.
func paddingKernel(_ amounts: [(before: Int, after: Int)], _ context: KernelContext) -> Kernel {
  let input = context.inputs[0]
  return gatherKernel(context) { coordinates in
    var source = 0
    for (axis, amount) in amounts.enumerated() {
      let coordinate = coordinates[axis] - amount.before
      guard (0..<input.extents[axis]).contains(coordinate) else { return nil }
      source = source * input.extents[axis] + coordinate
    }
    return source * input.channels + coordinates.last!
  }
}

/// Places taken away from the spatial axes.
func croppingKernel(_ amounts: [(before: Int, after: Int)], _ context: KernelContext) -> Kernel {
  let input = context.inputs[0]
  return gatherKernel(context) { coordinates in
    let spatial = zip(amounts, zip(coordinates, input.extents))
      .reduce(0) { $0 * $1.1.1 + $1.1.0 + $1.0.before }
    return spatial * input.channels + coordinates.last!
  }
}

/// Each place repeated along each spatial axis.
func upsamplingKernel(_ factors: [Int], _ context: KernelContext) -> Kernel {
  let input = context.inputs[0]
  return gatherKernel(context) { coordinates in
    let spatial = zip(factors, zip(coordinates, input.extents))
      .reduce(0) { $0 * $1.1.1 + $1.1.0 / $1.0 }
    return spatial * input.channels + coordinates.last!
  }
}

/// Fills each place of a sample from one place of the input, or with 0 where there is none.
///
/// - Parameter source: The input's place for the coordinates of a place of the output.
func gatherKernel(
  _ context: KernelContext, source: (_ coordinates: [Int]) -> Int?
) -> Kernel {
  let (size, count, batch) = (context.inputs[0].count, context.output.count, context.batch)
  var coordinates = [Int](repeating: 0, count: context.output.rank)
  let places = (0..<count).map { place in
    var rest = place
    for axis in context.output.extents.indices.reversed() {
      coordinates[axis] = rest % context.output.extents[axis]
      rest /= context.output.extents[axis]
    }
    return Int32(source(coordinates) ?? -1)
  }
  return .loop { inputs, output in
    for sample in 0..<batch {
      let (from, to) = (inputs[0] + sample * size, output + sample * count)
      for place in 0..<count {
        to[place] = places[place] < 0 ? 0 : from[Int(places[place])]
      }
    }
  }
}
