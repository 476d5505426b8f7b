/// A closed interval of real numbers with a positive width.
public struct Interval: Hashable, Sendable {
  /// The smallest number of the interval.
  public let lower: Double

  /// The largest number of the interval.
  public let upper: Double

  /// Creates the interval from `lower` to `upper`.
  ///
  /// - Precondition: `Interval.isValid(lower: lower, upper: upper)`.
  public init(lower: Double, upper: Double) {
    precondition(Interval.isValid(lower: lower, upper: upper), "no interval: \(lower) to \(upper)")
    self.lower = lower
    self.upper = upper
  }

  /// Creates the interval with the bounds of `range`.
  ///
  /// - Precondition: `Interval.isValid` holds for the two bounds.
  public init(_ range: ClosedRange<Double>) {
    self.init(lower: range.lowerBound, upper: range.upperBound)
  }

  /// Returns whether two numbers bound an interval: both finite, the first one less than the
  /// second, and their difference neither underflows when halved nor overflows.
  public static func isValid(lower: Double, upper: Double) -> Bool {
    lower.isFinite && upper.isFinite && (upper - lower) / 2 > 0 && (upper - lower).isFinite
  }

  /// The distance between the bounds.
  public var width: Double { upper - lower }

  /// Half the distance between the bounds.
  public var halfWidth: Double { width / 2 }

  /// The number halfway between the bounds.
  public var centre: Double { lower + halfWidth }

  /// Returns the place of `x` on the scale that puts `lower` at -1 and `upper` at 1.
  public func unitCoordinate(of x: Double) -> Double { (x - centre) / halfWidth }

  /// Returns the number whose unit coordinate is `t`, kept inside the interval for `t` in [-1, 1].
  func number(atUnitCoordinate t: Double) -> Double {
    min(max(centre + halfWidth * t, lower), upper)
  }

  /// Returns whether `x` lies in the interval, bounds included.
  public func contains(_ x: Double) -> Bool { lower <= x && x <= upper }

  /// Returns the interval with the same centre and `factor` times the width.
  ///
  /// - Precondition: `factor` is positive and leaves a valid interval.
  public func widened(by factor: Double) -> Interval {
    precondition(factor > 0, "not a factor: \(factor)")
    let growth = (factor - 1) * halfWidth
    return Interval(lower: lower - growth, upper: upper + growth)
  }
}

extension Interval: CustomStringConvertible {
  /// The text `[lower, upper]`.
  public var description: String { "[\(lower.shortText), \(upper.shortText)]" }
}

extension Interval: Codable {
  private enum CodingKeys: String, CodingKey {
    case lower, upper
  }

  /// Reads an interval.
  ///
  /// - Throws: `DecodingError` when a bound is missing, or the bounds do not form an interval.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let lower = try container.decode(Double.self, forKey: .lower)
    let upper = try container.decode(Double.self, forKey: .upper)
    guard Interval.isValid(lower: lower, upper: upper) else {
      throw DecodingError.dataCorruptedError(
        forKey: .upper, in: container,
        debugDescription: "\(lower) and \(upper) do not bound an interval")
    }
    self.init(lower: lower, upper: upper)
  }
}

extension Double {
  /// The shortest text that reads back as this number, without the ".0" of a whole number.
  var shortText: String {
    let text = "\(self)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
