import NetworkGraph

extension Window {
  /// Calls `body` for every place of the input that every position of the window covers.
  ///
  /// - Parameter body: Is given the position, the place inside the window, and the place of the
  ///   input, all counted in row-major order. Padding is left out.
  func slide(
    over extents: ArraySlice<Int>, _ body: (_ position: Int, _ tap: Int, _ place: Int) -> Void
  ) {
    let extents = Array(extents)
    let positions = outputExtents(for: extents[...])!
    // Along each axis, for each position the taps with the place that they fall on.
    let axes = extents.indices.map { axis -> [[(tap: Int, place: Int)]] in
      let before = paddingAmounts(axis: axis, extent: extents[axis]).before
      return (0..<positions[axis]).map { position in
        (0..<size[axis]).compactMap { tap in
          let place = position * strides[axis] - before + tap * dilations[axis]
          return (0..<extents[axis]).contains(place) ? (tap, place) : nil
        }
      }
    }
    func visit(_ axis: Int, _ position: Int, _ tap: Int, _ place: Int) {
      guard axis < extents.count else { return body(position, tap, place) }
      for (index, covered) in axes[axis].enumerated() {
        for (nextTap, nextPlace) in covered {
          visit(
            axis + 1, position * positions[axis] + index, tap * size[axis] + nextTap,
            place * extents[axis] + nextPlace)
        }
      }
    }
    visit(0, 0, 0, 0)
  }
}

extension Shape {
  /// For each place of this shape, the place of one that is stretched over it, whose extents are
  /// the same or 1.
  func places(stretching small: Shape) -> [Int] {
    (0..<count).map { place in
      var (rest, source, stride) = (place, 0, 1)
      for axis in extents.indices.reversed() {
        source += small.extents[axis] == 1 ? 0 : rest % extents[axis] * stride
        rest /= extents[axis]
        stride *= small.extents[axis]
      }
      return source
    }
  }

  /// The coordinates of a place, last axis fastest.
  func coordinates(of place: Int) -> [Int] {
    var rest = place
    return Array(
      extents.reversed().map { extent in
        defer { rest /= extent }
        return rest % extent
      }.reversed())
  }
}
