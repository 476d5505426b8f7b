import PolynomialApproximation
import RangeStatistics

extension Density {
  /// A site's values as weights on the middles of their histogram bins, or nil if there are none.
  ///
  /// A bin spans at most 1/128 of its value, which bounds what taking the middle costs.
  public init?(_ histogram: BFloat16Histogram) {
    self.init(
      histogram.bins.map { bin in
        let edges = BFloat16Histogram.edges(ofKey: bin.key)
        // The outermost bins end at infinity, and bin 0 holds zero and numbers too small to matter.
        let limit = Double(Float.greatestFiniteMagnitude)
        let middle =
          (max(Double(edges.lowerBound), -limit) + min(Double(edges.upperBound), limit)) / 2
        return Point(x: abs(middle) < 1e-37 ? 0 : middle, weight: Double(bin.count))
      })
  }
}
