/// The greatest value of a function of one number.
enum Maximum {
  /// Returns a place of a local maximum and the value there, by golden section, to about eight
  /// digits of the interval's width.
  static func goldenSection(
    in interval: ClosedRange<Double>, of function: (Double) -> Double
  ) -> (x: Double, value: Double) {
    let ratio = (5.0.squareRoot() - 1) / 2
    var (lower, upper) = (interval.lowerBound, interval.upperBound)
    var (left, right) = (upper - ratio * (upper - lower), lower + ratio * (upper - lower))
    var (leftValue, rightValue) = (function(left), function(right))
    for _ in 0..<38 {
      if leftValue > rightValue {
        (upper, right, rightValue) = (right, left, leftValue)
        left = upper - ratio * (upper - lower)
        leftValue = function(left)
      } else {
        (lower, left, leftValue) = (left, right, rightValue)
        right = lower + ratio * (upper - lower)
        rightValue = function(right)
      }
    }
    return leftValue > rightValue ? (left, leftValue) : (right, rightValue)
  }
}
