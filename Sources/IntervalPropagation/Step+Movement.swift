import NetworkGraph

extension Step {
  /// Fills each place of the output from a place of the input, or with 0 where there is none.
  private func gather(_ source: (_ coordinates: [Int]) -> [Int]?) -> Bounds {
    let places = (0..<shape.count).map { place in
      source(shape.coordinates(of: place)).map { coordinates in
        zip(coordinates, inputShape.extents).reduce(0) { $0 * $1.1 + $1.0 }
      }
    }
    return first.gathered(places)
  }

  func permutation(_ order: [Int]) -> Bounds {
    gather { coordinates in
      var source = coordinates
      for (axis, input) in order.enumerated() { source[input] = coordinates[axis] }
      return source
    }
  }

  func zeroPadding(_ amounts: [(before: Int, after: Int)]) -> Bounds {
    gather { coordinates in
      var source = coordinates
      for (axis, amount) in amounts.enumerated() {
        source[axis] -= amount.before
        guard (0..<inputShape.extents[axis]).contains(source[axis]) else { return nil }
      }
      return source
    }
  }

  func cropping(_ amounts: [(before: Int, after: Int)]) -> Bounds {
    gather { coordinates in
      var source = coordinates
      for (axis, amount) in amounts.enumerated() { source[axis] += amount.before }
      return source
    }
  }

  func nearestUpsampling(_ factors: [Int]) -> Bounds {
    gather { coordinates in
      zip(coordinates, factors).map { $0 / $1 } + [coordinates.last!]
    }
  }

  /// The values between which a place of the output lies hold its own, whatever their weights are.
  func resizing(to extents: [Int], _ interpolation: Interpolation) -> Bounds {
    let axes = zip(inputShape.spatial, extents).map { from, to in
      (0..<to).map { place in
        // One place more on either side where rounding decides.
        let position = (Double(place) + 0.5) * Double(from) / Double(to)
        let shift = interpolation == .linear ? 0.5 : 0
        let low = (position - shift - 1e-3).rounded(.down)
        let high = (position + shift + 1e-3).rounded(.down)
        return min(max(Int(low), 0), from - 1)...min(max(Int(high), 0), from - 1)
      }
    }
    var bounds = Bounds(zeros: shape.count)
    bounds.update { index, _ in
      let coordinates = shape.coordinates(of: index)
      let places = zip(axes, zip(coordinates, inputShape.extents)).reduce([0]) { places, axis in
        places.flatMap { place in axis.0[axis.1.0].map { place * axis.1.1 + $0 } }
      }
      let channels = inputShape.channels
      let ranges = places.map { first[$0 * channels + coordinates.last!] }
      let hull = ranges.dropFirst().reduce(ranges[0]) { $0.hull($1) }
      guard interpolation == .linear else { return hull }
      return hull.widened(by: Rounding.error(terms: 8, magnitude: hull.magnitude))
    }
    return bounds
  }

  func concatenation(axis: Int) -> Bounds {
    let shapes = node.inputs.map { graph.nodes[$0].shape }
    var bounds = Bounds(zeros: 0)
    let runs = shapes.map { $0.extents.dropFirst(axis).reduce(1, *) }
    for outer in 0..<shape.extents.prefix(axis).reduce(1, *) {
      for (input, run) in zip(inputs, runs) {
        bounds.lower += input.lower[outer * run..<(outer + 1) * run]
        bounds.upper += input.upper[outer * run..<(outer + 1) * run]
      }
    }
    return bounds
  }

  /// The rows that an id may choose; a run with another id ends with an error.
  func embedding(_ table: Tensor) -> Bounds {
    let (rows, channels) = (table.extents[0], table.extents[1])
    var bounds = Bounds(zeros: first.count * channels)
    for index in 0..<first.count {
      let ids = first[index]
      let last = Double(rows - 1)
      let low = Int(min(max(ids.lowerBound.rounded(.towardZero), 0), last))
      let high = Int(min(max(ids.upperBound.rounded(.towardZero), 0), last))
      for channel in 0..<channels {
        let values = (low...high).map { Double(table.values[$0 * channels + channel]) }
        bounds[index * channels + channel] = values.min()!...values.max()!
      }
    }
    return bounds
  }

  func mask(unless value: Double) -> Bounds {
    let channels = inputShape.channels
    var bounds = Bounds(zeros: shape.count)
    bounds.update { place, _ in
      let ranges = (0..<channels).map { first[place * channels + $0] }
      if ranges.contains(where: { !$0.contains(value) }) { return 1...1 }
      return ranges.allSatisfy { $0 == value...value } ? 0...0 : 0...1
    }
    return bounds
  }
}
