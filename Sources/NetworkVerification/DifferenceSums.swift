/// What numbers p of the polynomial network and x of the exact one add up to.
struct DifferenceSums: Sendable {
  var values = 0
  /// Σ(p − x)².
  var squaredDifference = 0.0
  /// Σx.
  var sum = 0.0
  /// Σx².
  var sumOfSquares = 0.0

  /// Adds two numbers in the same place.
  @inline(__always)
  mutating func add(_ p: Float, besides x: Float) {
    let difference = Double(p) - Double(x)
    values += 1
    squaredDifference += difference * difference
    sum += Double(x)
    sumOfSquares += Double(x) * Double(x)
  }

  static func += (sums: inout Self, others: Self) {
    sums.values += others.values
    sums.squaredDifference += others.squaredDifference
    sums.sum += others.sum
    sums.sumOfSquares += others.sumOfSquares
  }
}
