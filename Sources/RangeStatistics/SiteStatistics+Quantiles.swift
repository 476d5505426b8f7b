extension SiteStatistics {
  /// Returns the quantile of the given level of all finite values.
  ///
  /// Inside a bin the estimate follows a density that is linear, with the slope of the neighbouring
  /// bins. Where the outliers reach, and among zeros, it is exact.
  ///
  /// - Throws: `QuantileError` if the level is not between 0 and 1, or if fewer than one value is
  ///   expected beyond it.
  public func quantile(_ level: Double) throws(QuantileError) -> QuantileEstimate {
    guard level > 0 && level < 1 else { throw .levelOutsideRange(level) }
    let count = histogram.total
    let needed = Self.countNeeded(for: level)
    if count < needed { throw .tooFewValues(level: level, count: count, needed: needed) }
    let position = level * Double(count - 1)
    let rank = UInt64(position)
    let fraction = position - Double(rank)
    let below = orderStatistic(rank, of: count)
    if fraction == 0 {
      return QuantileEstimate(
        level: level, value: below.value, lower: below.lower, upper: below.upper)
    }
    let above = orderStatistic(rank + 1, of: count)
    let value = below.value + fraction * (above.value - below.value)
    return QuantileEstimate(
      level: level, value: min(max(value, below.lower), above.upper), lower: below.lower,
      upper: above.upper)
  }

  /// Returns the least number of values that leaves at least one on either side of a level.
  private static func countNeeded(for level: Double) -> UInt64 {
    let share = min(level, 1 - level)
    let estimate = (1 / share).rounded(.down)
    guard estimate < 0x1p63 else { return .max }
    return UInt64(estimate * share >= 1 ? estimate : estimate + 1)
  }

  /// An order statistic's estimate, and bounds that hold for certain.
  private struct OrderStatistic {
    var value: Double
    var lower: Double
    var upper: Double

    init(_ value: Double, _ lower: Double, _ upper: Double) {
      (self.value, self.lower, self.upper) = (value, lower, upper)
    }

    init(exactly value: Float) {
      self.init(Double(value), Double(value), Double(value))
    }
  }

  /// Returns the value with `rank` values before it in ascending order.
  private func orderStatistic(_ rank: UInt64, of count: UInt64) -> OrderStatistic {
    let listed = UInt64(lowest.values.count)
    if rank < listed { return OrderStatistic(exactly: lowest.values[Int(rank)].value) }
    if count - 1 - rank < listed {
      return OrderStatistic(exactly: highest.values[Int(count - 1 - rank)].value)
    }
    var (index, before) = (0, UInt64(0))
    while before + histogram.bins[index].count <= rank {
      before += histogram.bins[index].count
      index += 1
    }
    let key = histogram.bins[index].key
    var first = max(before, listed)
    let end = min(before + histogram.bins[index].count, count - listed)
    if key == 0 {
      if rank < before + zeros { return OrderStatistic(exactly: 0) }
      first = max(first, before + zeros)
    }
    // The values of the bin that no list gives lie between the last ones that the lists give.
    let edges = BFloat16Histogram.edges(ofKey: key)
    let lower = Double(max(edges.lowerBound, lowest.values[Int(listed) - 1].value))
    let upper = Double(min(edges.upperBound, highest.values[Int(listed) - 1].value))
    let share = (Double(rank - first) + 0.5) / Double(end - first)
    let tilt = self.tilt(at: key, width: upper - lower, holding: Double(end - first))
    // Solves tilt·u² + (1 − tilt)·u = share, the distribution of the density 1 + tilt·(2u − 1).
    let linear = 1 - tilt
    let u = 2 * share / (linear + (linear * linear + 4 * tilt * share).squareRoot())
    return OrderStatistic(min(lower + u * (upper - lower), upper), lower, upper)
  }

  /// Returns half the change of the density across a stretch of a bin, over its mean density.
  private func tilt(at key: Int, width: Double, holding count: Double) -> Double {
    guard let (lower, upper) = BFloat16Histogram.neighbours(ofKey: key), width > 0 else { return 0 }
    let below = densityAndMiddle(ofKey: lower)
    let above = densityAndMiddle(ofKey: upper)
    let slope = (above.density - below.density) / (above.middle - below.middle)
    return min(max(slope * width / 2 / (count / width), -1), 1)
  }

  private func densityAndMiddle(ofKey key: Int) -> (density: Double, middle: Double) {
    let edges = BFloat16Histogram.edges(ofKey: key)
    let (lower, upper) = (Double(edges.lowerBound), Double(edges.upperBound))
    // The greatest bin ends at infinity in Float32; its width is that of the bin below it.
    let width = min(upper, 0x1p128) - max(lower, -0x1p128)
    return (Double(histogram.count(ofKey: key)) / width, max(lower, -0x1p128) + width / 2)
  }
}
