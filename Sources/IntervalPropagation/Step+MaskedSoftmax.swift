import NetworkGraph

/// Whether a softmax sees a logit.
enum Sight { case hidden, uncertain, certain }

extension Step {
  /// Whether each logit is seen, as far as the bounds of the mask tell.
  func sights(isCausal: Bool) -> [Sight] {
    let (rows, columns) = (shape.extents[shape.rank - 2], shape.channels)
    let mask = node.inputs.dropFirst().first.map {
      inputs[1].gathered(shape.places(stretching: graph.nodes[$0].shape))
    }
    return (0..<shape.count).map { index in
      if isCausal && index % columns > index / columns % rows { return .hidden }
      guard let range = mask?[index], range.contains(0) else { return .certain }
      return range == 0...0 ? .hidden : .uncertain
    }
  }

  /// A share is greatest where only those that are seen for certain take theirs, and least where all
  /// that may be seen do.
  func maskedSoftmax(isCausal: Bool) -> Bounds {
    let (columns, sights) = (shape.channels, sights(isCausal: isCausal))
    let (error, equal) = (ActivationFunction.error, 1 / Double(columns))
    var bounds = Bounds(zeros: shape.count)
    for start in stride(from: 0, to: shape.count, by: columns) {
      let row = start..<start + columns
      let seen = row.filter { sights[$0] != .hidden }
      let certain = row.filter { sights[$0] == .certain }
      for (place, range) in zip(seen, softmax(seen.map { first[$0] })) {
        bounds[place] = (sights[place] == .certain ? range.lowerBound : 0)...1 + error
      }
      for (place, range) in zip(certain, softmax(certain.map { first[$0] })) {
        bounds[place] = bounds[place].lowerBound...range.upperBound
      }
      guard certain.isEmpty else { continue }
      // The row may see nothing, and surely does if there is nothing to see.
      let shares = equal - error...equal + error
      for place in row { bounds[place] = seen.isEmpty ? shares : bounds[place].hull(shares) }
    }
    return bounds
  }
}
