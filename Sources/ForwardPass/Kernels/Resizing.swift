import NetworkGraph

/// The spatial axes at other extents, each place filled from the place that holds its middle.
///
/// Positions are rounded as TensorFlow does, in Float: an exact half way would tell the difference.
func nearestResizingKernel(_ context: KernelContext) -> Kernel {
  let input = context.inputs[0]
  let places = zip(input.spatial, context.output.spatial).map { extent, target in
    let scale = Float(extent) / Float(target)
    return (0..<target).map { min(Int((Float($0) + 0.5) * scale), extent - 1) }
  }
  return gatherKernel(context) { coordinates in
    let spatial = zip(places, zip(coordinates, input.extents))
      .reduce(0) { $0 * $1.1.1 + $1.0[$1.1.0] }
    return spatial * input.channels + coordinates.last!
  }
}

/// The spatial axes at other extents, by linear interpolation along each of them.
func linearResizingKernel(_ context: KernelContext) -> Kernel {
  let (input, output) = (context.inputs[0], context.output)
  let (size, count, batch) = (input.count, output.count, context.batch)
  let channels = input.channels
  // All corners of the cell around each place, with their weights.
  let cells = zip(input.spatial, output.spatial).reduce([[Corner(place: 0, weight: 1)]]) {
    cells, axis in
    let (extent, target) = axis
    let ends = (0..<target).map { linearEnds(of: $0, from: extent, to: target) }
    return cells.flatMap { corners in
      ends.map { ends in
        corners.flatMap { corner in
          ends.map {
            Corner(place: corner.place * extent + $0.place, weight: corner.weight * $0.weight)
          }
        }
      }
    }
  }
  return .loop { inputs, output in
    for sample in 0..<batch {
      let source = inputs[0] + sample * size
      var target = output + sample * count
      for corners in cells {
        target.update(repeating: 0, count: channels)
        for corner in corners {
          let values = source + corner.place * channels
          for channel in 0..<channels { target[channel] += corner.weight * values[channel] }
        }
        target += channels
      }
    }
  }
}

/// A place that a value is taken from, and its part in the result.
private struct Corner {
  let place: Int
  let weight: Float
}

/// The two places between whose middles a place of the output has its own; one place at the edge,
/// and where the middles agree.
private func linearEnds(of place: Int, from extent: Int, to target: Int) -> [Corner] {
  let position = (Float(place) + 0.5) * (Float(extent) / Float(target)) - 0.5
  let lower = position.rounded(.down)
  let share = position - lower
  let (first, second) = (max(Int(lower), 0), min(Int(lower) + 1, extent - 1))
  if first == second || share == 0 { return [Corner(place: first, weight: 1)] }
  return [Corner(place: first, weight: 1 - share), Corner(place: second, weight: share)]
}
