/// A polynomial as a sum of powers, which some tools want.
public struct PowerForm: Hashable, Sendable {
  /// The coefficients of 1, v, v², …; never empty.
  public let coefficients: [Double]

  /// The largest difference that was seen, on the interval, between Horner's rule on these
  /// coefficients and the polynomial: what the conversion loses.
  public let loss: Double

  /// Returns the value at v, by Horner's rule.
  public func callAsFunction(_ v: Double) -> Double {
    coefficients.reversed().reduce(0) { $0 * v + $1 }
  }
}

extension ChebyshevPolynomial {
  /// The variable of a sum of powers.
  public enum PowerVariable: Hashable, Sendable {
    /// The argument mapped onto [-1, 1].
    case unitCoordinate
    /// The argument itself.
    case argument
  }

  /// Converts to powers of `variable`, or returns nil where a coefficient overflows.
  ///
  /// The conversion is badly conditioned: coefficients of Tₙ in powers grow like 2.4ⁿ, so that
  /// beyond degree 45 or so nothing is left of sixteen digits.
  public func powerForm(in variable: PowerVariable) -> PowerForm? {
    var powers = unitPowers
    if variable == .argument {
      // t = (x - centre)/halfWidth, by Horner's rule on polynomials.
      let offset = -domain.centre / domain.halfWidth
      var result = [0.0]
      for power in powers.reversed() {
        var next = [Double](repeating: 0, count: result.count + 1)
        for (order, coefficient) in result.enumerated() {
          next[order] += offset * coefficient
          next[order + 1] += coefficient / domain.halfWidth
        }
        next[0] += power
        result = next
      }
      powers = Array(result.prefix(powers.count))
    }
    guard powers.allSatisfy(\.isFinite) else { return nil }
    let form = PowerForm(coefficients: powers, loss: 0)
    // Four points a degree catch every bump of the difference (heuristic).
    let count = 4 * max(degree, 8)
    let loss = (0...count).map { index in
      let t = sine(count - 2 * index, of: 2 * count)
      let x = domain.number(atUnitCoordinate: t)
      let value = form(variable == .argument ? x : domain.unitCoordinate(of: x))
      return abs(value - self(x))
    }
    return PowerForm(
      coefficients: powers, loss: loss.contains { !$0.isFinite } ? .infinity : loss.max()!)
  }

  /// The coefficients of 1, t, t², …, by Clenshaw's recurrence on polynomials.
  private var unitPowers: [Double] {
    var (next, afterNext) = ([0.0], [0.0])
    for coefficient in coefficients.dropFirst().reversed() {
      let current = [coefficient].plus(next.shifted.map { 2 * $0 }).plus(afterNext.map { -$0 })
      (next, afterNext) = (current, next)
    }
    let sum = [coefficients[0]].plus(next.shifted).plus(afterNext.map { -$0 })
    return Array(sum.prefix(coefficients.count))
  }
}

extension [Double] {
  /// The coefficients of the product with the variable.
  fileprivate var shifted: [Double] { [0] + self }

  /// The coefficients of the sum.
  fileprivate func plus(_ other: [Double]) -> [Double] {
    (0..<Swift.max(count, other.count)).map { index in
      (index < count ? self[index] : 0) + (index < other.count ? other[index] : 0)
    }
  }
}
