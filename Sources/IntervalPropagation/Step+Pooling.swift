import NetworkGraph

extension Step {
  func maxPooling(_ window: Window) -> Bounds {
    let channels = shape.channels
    var bounds = Bounds(
      lower: [Double](repeating: -.infinity, count: shape.count),
      upper: [Double](repeating: -.infinity, count: shape.count))
    window.slide(over: inputShape.spatial) { position, _, place in
      for channel in 0..<channels {
        let (target, source) = (position * channels + channel, place * channels + channel)
        bounds.lower[target] = max(bounds.lower[target], first.lower[source])
        bounds.upper[target] = max(bounds.upper[target], first.upper[source])
      }
    }
    return bounds
  }

  func averagePooling(_ window: Window) -> Bounds {
    let channels = shape.channels
    var (sources, targets): ([Int], [Int]) = ([], [])
    window.slide(over: inputShape.spatial) { position, _, place in
      for channel in 0..<channels {
        sources.append(place * channels + channel)
        targets.append(position * channels + channel)
      }
    }
    return means(count: shape.count, of: sources, into: targets)
  }

  /// The mean over all places, or over those that a mask keeps: no less than the least and no more
  /// than the greatest of them.
  var globalAveragePooling: Bounds {
    let channels = shape.channels
    guard inputs.count > 1 else {
      return means(
        count: channels, of: Array(0..<first.count),
        into: (0..<first.count).map { $0 % channels })
    }
    let (hull, terms) = (hullOfPlaces, first.count / channels)
    var bounds = hull
    bounds.update { _, range in
      range.widened(by: Rounding.error(terms: terms, magnitude: range.magnitude))
    }
    return bounds
  }

  var globalMaxPooling: Bounds {
    let channels = shape.channels
    var bounds = first.gathered((0..<channels).map { $0 })
    for index in channels..<max(channels, first.count) {
      let channel = index % channels
      bounds.lower[channel] = max(bounds.lower[channel], first.lower[index])
      bounds.upper[channel] = max(bounds.upper[channel], first.upper[index])
    }
    return bounds
  }

  /// For each channel, the least range that holds it at every place.
  private var hullOfPlaces: Bounds {
    let channels = shape.channels
    var bounds = first.gathered((0..<channels).map { $0 })
    for index in channels..<max(channels, first.count) {
      bounds[index % channels] = bounds[index % channels].hull(first[index])
    }
    return bounds
  }
}
