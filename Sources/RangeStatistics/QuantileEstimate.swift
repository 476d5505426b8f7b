/// A quantile of a site's finite values: an estimate, and bounds that hold for certain.
///
/// The quantile of level q of n values is meant as the linear interpolation between the order
/// statistics next to rank q(n − 1), counted from 0. (Hyndman and Fan 1996, definition 7; NumPy's
/// default.)
public struct QuantileEstimate: Hashable, Sendable {
  /// The level, between 0 and 1.
  public let level: Double

  /// The estimate, inside the bounds.
  public let value: Double

  /// The exact quantile is not below this: the outer edge of the lower order statistic's bin.
  public let lower: Double

  /// The exact quantile is not above this: the outer edge of the upper order statistic's bin.
  public let upper: Double

  /// Creates an estimate from its parts.
  public init(level: Double, value: Double, lower: Double, upper: Double) {
    self.level = level
    self.value = value
    self.lower = lower
    self.upper = upper
  }
}

/// A quantile that cannot be given.
public enum QuantileError: Error, Equatable {
  /// The level is not between 0 and 1.
  case levelOutsideRange(Double)
  /// The level is beyond what the number of values supports.
  case tooFewValues(level: Double, count: UInt64, needed: UInt64)
}

extension QuantileError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .levelOutsideRange(let level):
      "no quantile has the level \(level); it lies between 0 and 1, and the ends are the minimum "
        + "and the maximum"
    case .tooFewValues(let level, let count, let needed):
      "\(count) values do not support the quantile of level \(level); it takes \(needed)"
    }
  }
}
