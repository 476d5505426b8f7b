/// How far two distributions of values are apart, as far as their histograms tell: bounds that hold
/// for certain.
public struct HistogramDistance: Hashable, Sendable {
  /// The Kolmogorov–Smirnov distance, the greatest difference of the distribution functions.
  public let kolmogorovSmirnov: ClosedRange<Double>
  /// The Wasserstein distance, the area between the distribution functions: how far values must be
  /// moved on average to turn one distribution into the other. In the values' own unit.
  public let wasserstein: ClosedRange<Double>

  /// Compares the finite values of two sites, or returns `nil` if either has none.
  ///
  /// At the edges of bins the distribution functions are known; inside a bin they are between what
  /// they are at its edges.
  public init?(_ first: SiteStatistics, _ second: SiteStatistics) {
    guard let (low, high) = Self.extent(first, second) else { return nil }
    let totals = (Double(first.count), Double(second.count))
    let perBin = (first.histogram.counts, second.histogram.counts)
    var counts = (UInt64(0), UInt64(0))
    var before = (0.0, 0.0)
    var (distance, area) = ((0.0, 0.0), (0.0, 0.0))
    for key in BFloat16Histogram.ascendingKeys {
      counts.0 += perBin.0[key]
      counts.1 += perBin.1[key]
      let after = (Double(counts.0) / totals.0, Double(counts.1) / totals.1)
      let least = max(0, before.0 - after.1, before.1 - after.0)
      let greatest = max(after.0 - before.1, after.1 - before.0)
      distance.0 = max(distance.0, (after.0 - after.1).magnitude)
      distance.1 = max(distance.1, greatest)
      let edges = BFloat16Histogram.edges(ofKey: key)
      let width = min(Double(edges.upperBound), high) - max(Double(edges.lowerBound), low)
      if width > 0 {
        area.0 += width * least
        area.1 += width * greatest
      }
      before = after
    }
    kolmogorovSmirnov = distance.0...max(distance.0, distance.1)
    wasserstein = area.0...area.1
  }

  /// The least and the greatest of all values of both.
  private static func extent(
    _ first: SiteStatistics, _ second: SiteStatistics
  ) -> (low: Double, high: Double)? {
    guard let a = first.minimum, let b = second.minimum, let c = first.maximum,
      let d = second.maximum
    else { return nil }
    return (Double(min(a, b)), Double(max(c, d)))
  }
}
