import RangeStatistics

/// How many values a site saw in each of some stretches of an axis, all of the same length there.
struct Density {
  /// The number of values in each stretch; a histogram bin that spans several is divided among
  /// them by length.
  let counts: [Double]
  let scale: Scale

  init(_ bins: [Report.Bin], on scale: Scale, count: Int) {
    var counts = [Double](repeating: 0, count: count)
    let unit = (scale.extent.end - scale.extent.start) / Double(count)
    for bin in bins {
      let first = min(max((scale(bin.lower) - scale.extent.start) / unit, 0), Double(count))
      let last = min(max((scale(bin.upper) - scale.extent.start) / unit, 0), Double(count))
      guard last - first > 1e-9 else {
        counts[min(Int((first + last) / 2), count - 1)] += bin.count
        continue
      }
      for index in Int(first)..<min(Int(last.rounded(.up)), count) {
        let overlap = min(last, Double(index + 1)) - max(first, Double(index))
        counts[index] += bin.count * overlap / (last - first)
      }
    }
    self.counts = counts
    self.scale = scale
  }

  /// The edges of a stretch on the axis.
  func places(_ index: Int) -> (Double, Double) {
    let length = scale.extent.end - scale.extent.start
    return (
      scale.extent.start + length * Double(index) / Double(counts.count),
      scale.extent.start + length * Double(index + 1) / Double(counts.count)
    )
  }

  /// The outline over all stretches, closed along the base line, where no values are at `base`.
  func outline(base: Double, height: (Double) -> Double) -> Path {
    var points = [Point(x: scale.extent.start, y: base)]
    for (index, count) in counts.enumerated() {
      let (left, right) = places(index)
      let y = count > 0 ? height(count) : base
      points += [Point(x: left, y: y), Point(x: right, y: y)]
    }
    points.append(Point(x: scale.extent.end, y: base))
    return Path(points, tolerance: 0)
  }
}

extension Report {
  /// A bin of a site's histogram that is not empty, inside the observed range.
  struct Bin {
    let lower: Double
    let upper: Double
    let count: Double
  }
}

extension Report.Site {
  /// The bins that are not empty, ascending.
  var bins: [Report.Bin] {
    guard let observed else { return [] }
    return statistics.histogram.bins.map { bin in
      let edges = BFloat16Histogram.edges(ofKey: bin.key)
      return Report.Bin(
        lower: max(Double(edges.lowerBound), observed.lowerBound),
        upper: min(Double(edges.upperBound), observed.upperBound), count: Double(bin.count))
    }
  }
}
