import Glibc
import PolynomialApproximation
import RangeStatistics

/// A site's values as weights on the middles of their histogram bins.
///
/// A bin spans at most 1/128 of its value, which bounds what taking the middle costs.
struct SiteDensity {
  private let points: [(x: Double, weight: Double)]
  private let total: Double

  init(_ histogram: BFloat16Histogram) {
    points = histogram.counts.indices.compactMap { key in
      guard histogram.counts[key] > 0 else { return nil }
      let edges = BFloat16Histogram.edges(ofKey: key)
      // Bin 0 holds zero and numbers too small to matter.
      let middle = (Double(edges.lowerBound) + Double(edges.upperBound)) / 2
      return (abs(middle) < 1e-37 ? 0 : middle, Double(histogram.counts[key]))
    }
    total = points.reduce(0) { $0 + $1.weight }
  }

  /// The root mean square of a function over the values, those outside `interval` moved to its
  /// nearer end; `nil` if there are no values.
  func rootMeanSquare(on interval: Interval, of function: (Double) -> Double) -> Double? {
    guard total > 0 else { return nil }
    let values = points.map { abs(function(min(max($0.x, interval.lower), interval.upper))) }
    // In units of the largest, so that squares do not overflow.
    guard let largest = values.max(), largest > 0, largest.isFinite else { return values.max() }
    let sum = zip(points, values).reduce(0.0) { sum, value in
      let y = value.1 / largest
      return sum + value.0.weight * y * y
    }
    return largest * sqrt(sum / total)
  }
}
