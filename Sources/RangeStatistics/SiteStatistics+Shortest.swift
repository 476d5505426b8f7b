extension SiteStatistics {
  /// Returns the narrowest interval of bins that holds at least a share of all finite values,
  /// clipped to the least and the greatest value; of equally narrow ones the lowest.
  ///
  /// The share is held for certain. The narrowest interval of all can be narrower by as much as the
  /// two bins at its ends.
  ///
  /// - Throws: `QuantileError` if the share is not between 0 and 1, or if fewer than one value is
  ///   expected outside.
  public func shortest(_ share: Double) throws(QuantileError) -> ClosedRange<Double> {
    guard share > 0 && share < 1 else { throw .levelOutsideRange(share) }
    let total = count
    // Of so many values one is expected outside; rounded, as 1 − 0.999 is not exactly 0.001.
    let needed = (1 / (1 - share)).rounded()
    guard Double(total) >= needed, let minimum, let maximum else {
      throw .tooFewValues(level: share, count: total, needed: UInt64(needed))
    }
    let wanted = UInt64((share * Double(total)).rounded(.up))
    let counts = histogram.counts
    let bins = BFloat16Histogram.ascendingKeys.compactMap { key -> Bin? in
      guard counts[key] > 0 else { return nil }
      let edges = BFloat16Histogram.edges(ofKey: key)
      return Bin(
        lower: Double(max(edges.lowerBound, minimum)),
        upper: Double(min(edges.upperBound, maximum)), count: counts[key])
    }
    var best = Double(minimum)...Double(maximum)
    var (last, held) = (0, UInt64(0))
    for first in bins.indices {
      while held < wanted && last < bins.count {
        held += bins[last].count
        last += 1
      }
      if held < wanted { break }
      let width = bins[last - 1].upper - bins[first].lower
      if width < best.upperBound - best.lowerBound {
        best = bins[first].lower...bins[last - 1].upper
      }
      held -= bins[first].count
    }
    return best
  }

  private struct Bin {
    let lower: Double
    let upper: Double
    let count: UInt64
  }
}
