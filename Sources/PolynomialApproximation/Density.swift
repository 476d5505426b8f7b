/// Numbers with weights: which inputs of a function matter, and how much.
public struct Density: Hashable, Sendable {
  /// A number and its weight.
  public struct Point: Hashable, Sendable {
    public let x: Double
    public let weight: Double

    public init(x: Double, weight: Double) {
      self.x = x
      self.weight = weight
    }
  }

  /// The numbers in ascending order, with positive weights; never empty.
  public let points: [Point]

  /// The sum of the weights.
  public let total: Double

  /// Creates a density, or returns nil when no number has a positive weight.
  ///
  /// - Precondition: All numbers and weights are finite, and no weight is negative.
  public init?(_ points: [Point]) {
    precondition(points.allSatisfy { $0.x.isFinite && $0.weight.isFinite && $0.weight >= 0 })
    let kept = points.filter { $0.weight > 0 }.sorted { $0.x < $1.x }
    let total = kept.reduce(0) { $0 + $1.weight }
    guard total > 0, total.isFinite else { return nil }
    self.points = kept
    self.total = total
  }

  /// Returns the root mean square of a function over the numbers, those outside `interval` moved to
  /// its nearer end.
  public func rootMeanSquare(on interval: Interval, of function: (Double) -> Double) -> Double {
    let values = points.map { abs(function(min(max($0.x, interval.lower), interval.upper))) }
    // In units of the largest, so that squares do not overflow.
    guard let largest = values.max(), largest > 0, largest.isFinite else { return values.max()! }
    let sum = zip(points, values).reduce(0.0) { sum, value in
      let y = value.1 / largest
      return sum + value.0.weight * y * y
    }
    return largest * (sum / total).squareRoot()
  }
}
