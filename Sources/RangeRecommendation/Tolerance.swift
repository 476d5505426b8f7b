/// The error that a polynomial may make at a site.
public enum Tolerance: Hashable, Sendable {
  /// The largest absolute error on the interval.
  case supremum(Double)
  /// The largest absolute error on the interval, in units of the root mean square of the
  /// function's outputs on the data.
  case relative(Double)
  /// The root mean square of the error over the site's own values.
  case weighted(Double)

  /// Heuristic: one part in twenty-five of the typical output. With it all sample models keep the
  /// class of 99 % of inputs (docs/Verification.md), with one in twenty one of them does not.
  public static let standard = relative(0.04)

  /// `supremum`, `relative` or `weighted`.
  public var kind: String {
    switch self {
    case .supremum: "supremum"
    case .relative: "relative"
    case .weighted: "weighted"
    }
  }

  public var value: Double {
    switch self {
    case .supremum(let value), .relative(let value), .weighted(let value): value
    }
  }

  /// Creates a tolerance from its kind, or returns `nil` if there is no such kind.
  public init?(kind: String, value: Double) {
    switch kind {
    case "supremum": self = .supremum(value)
    case "relative": self = .relative(value)
    case "weighted": self = .weighted(value)
    default: return nil
    }
  }
}
