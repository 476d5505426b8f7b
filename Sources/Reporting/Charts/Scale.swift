import Glibc

/// A map from values to places along an axis.
///
/// It is monotonic, takes the two ends of its domain to the two ends of its extent exactly, and
/// gives a finite place to every value that is not NaN.
struct Scale {
  /// How values are spread.
  enum Kind: Hashable {
    case linear
    /// sign(x)·log(1 + |x|/constant): nearly linear below the constant, logarithmic above, so that
    /// it shows both signs and several powers of ten.
    case symlog(constant: Double)
    /// For positive domains; values below the domain's lower end count as that.
    case log
  }

  let kind: Kind
  let domain: ClosedRange<Double>
  /// Where the lower and the upper end of the domain go.
  let extent: (start: Double, end: Double)

  /// Widths and quotients below this count as none.
  private static let least = 1e-300

  /// The differences of numbers up to twice this are finite.
  private static let limit = Double.greatestFiniteMagnitude / 4

  /// Creates a scale. A domain without a width is widened, and one beyond a quarter of what Double
  /// holds is cut off there.
  init(_ kind: Kind = .linear, domain: ClosedRange<Double>, extent: (start: Double, end: Double)) {
    var (lower, upper) = (
      min(max(domain.lowerBound, -Self.limit), Self.limit),
      min(max(domain.upperBound, -Self.limit), Self.limit)
    )
    if kind == .log { lower = max(lower, .leastNormalMagnitude) }
    if !(upper - lower > max(abs(lower) * 1e-9, Self.least)) {
      let growth = abs(lower) > Self.least ? abs(lower) * 0.05 : 1
      (lower, upper) = (lower - growth, max(upper, lower) + growth)
      if kind == .log { lower = max(lower, .leastNormalMagnitude) }
    }
    let most = max(abs(lower), abs(upper))
    if case .symlog(let constant) = kind {
      // Beyond these the kind would be linear, or its quotients overflow.
      self.kind = .symlog(constant: min(max(constant, most * Self.least), most))
    } else {
      self.kind = kind
    }
    self.domain = lower...upper
    self.extent = extent
  }

  /// Returns the place of a value; values outside the domain go outside the extent, by no more than
  /// ten times its length.
  func callAsFunction(_ x: Double) -> Double {
    let (low, high) = (spread(domain.lowerBound), spread(domain.upperBound))
    let share = min(max((spread(x) - low) / (high - low), -10), 11)
    return (1 - share) * extent.start + share * extent.end
  }

  /// Returns the value at a place.
  func value(at place: Double) -> Double {
    let share = (place - extent.start) / (extent.end - extent.start)
    let (low, high) = (spread(domain.lowerBound), spread(domain.upperBound))
    let x = (1 - share) * low + share * high
    switch kind {
    case .linear: return x
    case .symlog(let constant): return (x < 0 ? -1 : 1) * constant * expm1(abs(x))
    case .log: return exp(x)
    }
  }

  private func spread(_ value: Double) -> Double {
    let x = min(max(value, -2 * Self.limit), 2 * Self.limit)
    return switch kind {
    case .linear: x
    case .symlog(let constant):
      (x < 0 ? -1 : 1) * log1p(min(abs(x) / constant, .greatestFiniteMagnitude))
    case .log: Glibc.log(max(x, domain.lowerBound))
    }
  }
}
