/// How often values were not finite.
public struct NonFiniteCounts: Hashable, Sendable {
  /// The number of NaN values.
  public var nan: UInt64

  /// The number of values +∞.
  public var positiveInfinity: UInt64

  /// The number of values −∞.
  public var negativeInfinity: UInt64

  /// Creates the counts, zero unless given.
  public init(nan: UInt64 = 0, positiveInfinity: UInt64 = 0, negativeInfinity: UInt64 = 0) {
    self.nan = nan
    self.positiveInfinity = positiveInfinity
    self.negativeInfinity = negativeInfinity
  }

  /// The number of values that were not finite.
  public var total: UInt64 { nan + positiveInfinity + negativeInfinity }

  /// Adds other counts.
  public mutating func merge(_ other: NonFiniteCounts) {
    nan += other.nan
    positiveInfinity += other.positiveInfinity
    negativeInfinity += other.negativeInfinity
  }

  /// Counts a value of the given kind.
  mutating func add(_ kind: NonFiniteValue.Kind) {
    switch kind {
    case .nan: nan += 1
    case .positiveInfinity: positiveInfinity += 1
    case .negativeInfinity: negativeInfinity += 1
    }
  }
}

/// Where a value that is not finite was seen.
public struct NonFiniteValue: Hashable, Sendable {
  /// The kinds of values that are not finite.
  public enum Kind: String, Sendable {
    case nan
    case positiveInfinity
    case negativeInfinity

    /// Creates the kind of a value, or nil for a finite value.
    init?(of value: Float) {
      if value.isFinite { return nil }
      self = value.isNaN ? .nan : value > 0 ? .positiveInfinity : .negativeInfinity
    }
  }

  /// The sample's index in its dataset.
  public let sample: Int

  /// The place inside the sample, channels last: the channel is `offset % channels`.
  public let offset: Int

  /// Which value it was.
  public let kind: Kind

  /// Creates a place with its kind.
  public init(sample: Int, offset: Int, kind: Kind) {
    self.sample = sample
    self.offset = offset
    self.kind = kind
  }

  /// Returns the earlier of two values, by sample and then by offset.
  static func earlier(_ left: NonFiniteValue?, _ right: NonFiniteValue?) -> NonFiniteValue? {
    guard let left, let right else { return left ?? right }
    return (right.sample, right.offset) < (left.sample, left.offset) ? right : left
  }
}
