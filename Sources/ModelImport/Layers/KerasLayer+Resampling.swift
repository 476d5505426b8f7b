import NetworkGraph

extension KerasLayer {
  static let resamplings: [KerasLayer] =
    [1, 2, 3].flatMap { axes in
      [
        KerasLayer("ZeroPadding\(axes)D", "zeros around the spatial axes") { layer, graph in
          let amounts = try layer.settings.amounts("padding", axes: axes)
          return try layer.add(.zeroPadding(amounts), after: try layer.input(), to: &graph)
        },
        KerasLayer("Cropping\(axes)D", "the edges of the spatial axes taken away") {
          layer, graph in
          let amounts = try layer.settings.amounts("cropping", axes: axes)
          return try layer.add(.cropping(amounts), after: try layer.input(), to: &graph)
        },
        KerasLayer("UpSampling\(axes)D", "places repeated, or linear interpolation") {
          layer, graph in
          let input = try layer.input()
          let factors = try layer.settings.positives("size", "length", count: axes)
          guard try layer.settings.interpolation(default: "nearest") == .linear else {
            return try layer.add(.nearestUpsampling(factors), after: input, to: &graph)
          }
          let extents = zip(graph.nodes[input].shape.spatial, factors).map(*)
          return try layer.add(.resizing(to: extents, .linear), after: input, to: &graph)
        },
      ]
    }
    + [
      KerasLayer("Resizing", "pictures at another size, nearest or bilinear") { layer, graph in
        let settings = layer.settings
        for name in ["pad_to_aspect_ratio", "antialias"]
        where try settings.bool(name, default: false) {
          throw settings.unsupported(name, "true", supported: "false")
        }
        let extents = [try settings.positive("height"), try settings.positive("width")]
        let interpolation = try settings.interpolation(default: "bilinear")
        var node = try layer.input()
        if try settings.bool("crop_to_aspect_ratio", default: false) {
          let amounts = graph.nodes[node].shape.cropping(toRatioOf: extents)
          node = try layer.add(.cropping(amounts), after: node, to: &graph)
        }
        return try layer.add(.resizing(to: extents, interpolation), after: node, to: &graph)
      }
    ]
}

extension LayerSettings {
  fileprivate func interpolation(default fallback: String) throws -> Interpolation {
    let name = try string("interpolation", default: fallback)
    switch name {
    case "nearest": return .nearest
    case "bilinear": return .linear
    default:
      throw unsupported("interpolation", "\"\(name)\"", supported: "nearest, bilinear")
    }
  }

  /// Amounts before and after each spatial axis: one number for all, one for each axis, or a pair
  /// for each axis. With a single axis, a list of two is its pair.
  fileprivate func amounts(_ name: String, axes: Int) throws -> [(before: Int, after: Int)] {
    try read([name], default: nil, expected: "an integer, or pairs of integers for \(axes) axes") {
      value in
      if let both = Self.pair(value), axes == 1 || value.array == nil {
        return [(before: Int, after: Int)](repeating: both, count: axes)
      }
      guard let list = value.array, list.count == axes else { return nil }
      let pairs = list.compactMap(Self.pair)
      return pairs.count == axes ? pairs : nil
    }
  }

  /// A number for both sides, or a list of two.
  private static func pair(_ value: JSONValue) -> (before: Int, after: Int)? {
    let sides = (value.array ?? [value, value]).map { $0.integer ?? -1 }
    guard sides.count == 2, sides.allSatisfy({ $0 >= 0 }) else { return nil }
    return (sides[0], sides[1])
  }
}

extension Shape {
  /// What Keras cuts from both spatial axes of a picture so that its sides are in the same ratio as
  /// others, in its own roundings.
  fileprivate func cropping(toRatioOf target: [Int]) -> [(before: Int, after: Int)] {
    guard rank == 3 else { return [] }
    return (0..<2).map { axis in
      let (length, other) = (extents[axis], extents[1 - axis])
      let fitting = Int(Float(other * target[axis]) / Float(target[1 - axis]))
      let excess = length - min(length, max(fitting, 1))
      return (before: excess / 2, after: excess - excess / 2)
    }
  }
}
