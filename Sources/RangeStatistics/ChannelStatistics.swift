/// What one channel of a site saw: the finite values only.
public struct ChannelStatistics: Equatable, Sendable {
  /// The number of finite values.
  public private(set) var count: UInt64

  /// The least value, +∞ if there is none.
  public private(set) var minimum: Float

  /// The greatest value, −∞ if there is none.
  public private(set) var maximum: Float

  /// The sum of the values.
  public private(set) var sum: ExactSum

  /// The sum of their squares.
  public private(set) var sumOfSquares: ExactSum

  /// Creates the statistics of a channel that saw nothing.
  public init() {
    self.init(
      count: 0, minimum: .infinity, maximum: -.infinity, sum: ExactSum(), sumOfSquares: ExactSum())
  }

  /// Creates the statistics from their parts.
  public init(
    count: UInt64, minimum: Float, maximum: Float, sum: ExactSum, sumOfSquares: ExactSum
  ) {
    self.count = count
    self.minimum = minimum
    self.maximum = maximum
    self.sum = sum
    self.sumOfSquares = sumOfSquares
  }

  /// The mean and the variance.
  public var moments: Moments {
    Moments(count: count, sum: sum, sumOfSquares: sumOfSquares)
  }

  /// Adds what the same channel saw elsewhere.
  public mutating func merge(_ other: ChannelStatistics) {
    count += other.count
    minimum = min(minimum, other.minimum)
    maximum = max(maximum, other.maximum)
    sum.merge(other.sum)
    sumOfSquares.merge(other.sumOfSquares)
  }
}
