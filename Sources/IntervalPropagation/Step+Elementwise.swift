import NetworkGraph

extension Step {
  func elementwise(_ combination: Combination) -> Bounds {
    let shapes = node.inputs.map { graph.nodes[$0].shape }
    let stretched = zip(inputs, shapes).map { bounds, small in
      small == shape ? bounds : bounds.gathered(shape.places(stretching: small))
    }
    if combination == .multiply, node.inputs.count == 2, node.inputs[0] == node.inputs[1] {
      return squares(stretched[0])
    }
    var bounds = stretched[0]
    bounds.update { index, _ in
      let ranges = stretched.map { $0[index] }
      let rest = ranges.dropFirst()
      let magnitude = ranges.reduce(0) { $0 + $1.magnitude }
      switch combination {
      case .add: return rest.reduce(ranges[0], +).rounded(ranges.count, magnitude)
      case .average:
        let share = 1 / Double(ranges.count)
        return (rest.reduce(ranges[0], +) * (share...share))
          .rounded(ranges.count, magnitude * share)
      case .subtract: return (ranges[0] + -ranges[1]).rounded(2, magnitude)
      case .multiply:
        let product = rest.reduce(ranges[0], *)
        return product.rounded(ranges.count, product.magnitude)
      case .maximum:
        return ranges.map(\.lowerBound).max()!...ranges.map(\.upperBound).max()!
      case .minimum:
        return ranges.map(\.lowerBound).min()!...ranges.map(\.upperBound).min()!
      }
    }
    guard combination == .multiply, let limit = normalizationLimit else { return bounds }
    bounds.update { _, range in range.narrowed(to: -limit...limit) }
    return bounds
  }

  /// The squares of numbers, which are not negative, in Float as well.
  private func squares(_ numbers: Bounds) -> Bounds {
    var bounds = numbers
    bounds.update { _, range in
      let square = range.squared
      let result = square.rounded(1, square.upperBound)
      return max(result.lowerBound, 0)...result.upperBound
    }
    return bounds
  }

  /// What |x/√(factor · mean(x²) + ε)| cannot exceed if this product is that: √(n/factor), for n
  /// numbers in the mean, as x² is at most their sum. `nil` if it is something else.
  private var normalizationLimit: Double? {
    guard node.inputs.count == 2 else { return nil }
    let root = graph.nodes[node.inputs[1]]
    guard case .activation(.power(-0.5)) = root.operation else { return nil }
    let sum = graph.nodes[root.inputs[0]]
    guard case .affine(let scale, let shift) = sum.operation, scale.count == 1, scale[0] > 0,
      shift[0] > 0
    else { return nil }
    let mean = graph.nodes[sum.inputs[0]]
    guard case .mean(let axes) = mean.operation else { return nil }
    let squares = graph.nodes[mean.inputs[0]]
    guard case .elementwise(.multiply) = squares.operation,
      squares.inputs == [node.inputs[0], node.inputs[0]]
    else { return nil }
    let count = axes.reduce(1) { $0 * squares.shape.extents[$1] }
    // The roundings of a mean, a root and two products.
    return (Double(count) / Double(scale[0])).squareRoot() * (1 + 1e-5)
  }
}

extension ClosedRange<Double> {
  /// The range with room for the rounding of a result of `terms` terms.
  func rounded(_ terms: Int, _ magnitude: Double) -> ClosedRange<Double> {
    guard magnitude.isFinite else { return .unknown }
    return widened(by: Rounding.error(terms: terms, magnitude: magnitude))
  }
}
