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

  /// Creates a scale. A domain without a width is widened, and one beyond a quarter of what Double
  /// holds is cut off there.
  init(_ kind: Kind = .linear, domain: ClosedRange<Double>, extent: (start: Double, end: Double)) {
    let limit = Double.greatestFiniteMagnitude / 4
    var (lower, upper) = (
      min(max(domain.lowerBound, -limit), limit), min(max(domain.upperBound, -limit), limit)
    )
    if kind == .log { lower = max(lower, .leastNormalMagnitude) }
    if !(upper - lower > abs(lower) * 1e-9) {
      let growth = max(abs(lower) * 0.05, lower == 0 ? 1 : 0)
      (lower, upper) = (lower - growth, max(upper, lower) + growth)
    }
    self.kind = kind
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

  private func spread(_ x: Double) -> Double {
    switch kind {
    case .linear: x
    case .symlog(let constant): (x < 0 ? -1 : 1) * log1p(abs(x) / constant)
    case .log: Glibc.log(max(x, domain.lowerBound))
    }
  }
}
