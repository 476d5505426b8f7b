/// The count, the sum and the sum of squares of values, and what follows from them.
///
/// The two sums are exact, but each block's contribution to them was rounded to Double, so the
/// variance of values far from zero carries an error of about 2⁻⁵³ times their mean square.
public struct Moments: Equatable, Sendable {
  /// The number of values.
  public private(set) var count: UInt64

  /// The sum of the values.
  public private(set) var sum: ExactSum

  /// The sum of their squares.
  public private(set) var sumOfSquares: ExactSum

  /// Creates the moments of no values.
  public init() {
    self.init(count: 0, sum: ExactSum(), sumOfSquares: ExactSum())
  }

  /// Creates moments from their parts.
  public init(count: UInt64, sum: ExactSum, sumOfSquares: ExactSum) {
    self.count = count
    self.sum = sum
    self.sumOfSquares = sumOfSquares
  }

  /// Adds the values of other moments.
  public mutating func merge(_ other: Moments) {
    count += other.count
    sum.merge(other.sum)
    sumOfSquares.merge(other.sumOfSquares)
  }

  /// Adds the values of a channel.
  mutating func merge(_ channel: ChannelStatistics) {
    count += channel.count
    sum.merge(channel.sum)
    sumOfSquares.merge(channel.sumOfSquares)
  }

  /// The mean, or nil if there are no values.
  public var mean: Double? { count == 0 ? nil : Self.quotient(of: sum, by: count).high }

  /// The population variance, or nil if there are no values; never negative.
  ///
  /// The mean square and the square of the mean are subtracted in double-double arithmetic
  /// (Dekker 1971), so that the difference itself adds no error that shows.
  public var variance: Double? {
    if count == 0 { return nil }
    let mean = Self.quotient(of: sum, by: count)
    let meanSquare = Self.quotient(of: sumOfSquares, by: count)
    let square = mean.high * mean.high
    let squareError = (-square).addingProduct(mean.high, mean.high) + 2 * mean.high * mean.low
    let difference = meanSquare.high - square
    let back = difference - meanSquare.high
    let differenceError = (meanSquare.high - (difference - back)) - (square + back)
    return max(0, difference + (differenceError + (meanSquare.low - squareError)))
  }

  /// The square root of the population variance, or nil if there are no values.
  public var standardDeviation: Double? { variance?.squareRoot() }

  private static func quotient(
    of sum: ExactSum, by count: UInt64
  ) -> (high: Double, low: Double) {
    let value = sum.value
    var rest = sum
    rest.add(-value)
    let divisor = Double(count)
    let high = value / divisor
    return (high, (value.addingProduct(-high, divisor) + rest.value) / divisor)
  }
}
