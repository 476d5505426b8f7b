import Glibc

/// The polynomial with the least mean square error on [-1, 1], all numbers weighing the same.
enum LegendreProjection {
  /// The halvings of a piece towards each of its ends, where target functions bend (heuristic).
  private static let halvings = 24

  /// Quadrature nodes of a panel beyond those that the polynomials need (heuristic).
  private static let spareNodes = 24

  /// Returns the coefficients of T₀, T₁, … of the truncated Legendre series of the target's part.
  ///
  /// Its coefficients are integrals, taken by Gauss's rule on panels that shrink towards the kinks,
  /// where the function is smooth on each.
  static func coefficients(of target: UnitTarget, degree: Int) -> [Double] {
    let rule = gaussRule(count: degree / 2 + spareNodes)
    let orders = (0...degree).filter {
      target.parity == .neither || ($0 % 2 == 0) == (target.parity == .even)
    }
    var series = [Double](repeating: 0, count: degree + 1)
    for (left, right) in panels(target) {
      for (node, weight) in rule {
        let t = (left + right) / 2 + (right - left) / 2 * node
        let value = target.part(t) * weight * (right - left) / 2
        let legendre = polynomials(at: t, degree: degree)
        for order in orders {
          series[order] += value * (Double(order) + 0.5) * legendre[order]
        }
      }
    }
    let values = (0...degree).map { index in
      let t = ChebyshevCoefficients.point(index, of: degree)
      return dot(series, polynomials(at: t, degree: degree))
    }
    return ChebyshevCoefficients.ofValues(values, parity: target.parity)
  }

  private static func panels(_ target: UnitTarget) -> [(Double, Double)] {
    let marks = [-1] + target.landmarks.sorted() + [1]
    return zip(marks, marks.dropFirst()).flatMap { left, right in
      let steps = (0..<halvings).map { scalbn((right - left) / 2, -$0) }
      let points =
        [left] + steps.reversed().map { left + $0 } + steps.dropFirst().map { right - $0 } + [right]
      return zip(points, points.dropFirst()).filter { $0 < $1 }
    }
  }

  /// Returns P₀(t), P₁(t), … by their recurrence.
  private static func polynomials(at t: Double, degree: Int) -> [Double] {
    var values = [1, t]
    values.reserveCapacity(degree + 2)
    for order in stride(from: 1, to: degree, by: 1) {
      let k = Double(order)
      values.append(((2 * k + 1) * t * values[order] - k * values[order - 1]) / (k + 1))
    }
    return Array(values.prefix(degree + 1))
  }

  /// Returns the nodes and weights of Gauss's rule on [-1, 1], by Newton's method from Chebyshev-like
  /// points (Davis & Rabinowitz, *Methods of Numerical Integration*, 1984, section 2.7).
  static func gaussRule(count: Int) -> [(node: Double, weight: Double)] {
    (0..<count).map { index in
      var t = -cos(.pi * (Double(index) + 0.75) / (Double(count) + 0.5))
      var slope = 0.0
      for _ in 0..<100 {
        let values = polynomials(at: t, degree: count)
        slope = Double(count) * (t * values[count] - values[count - 1]) / (t * t - 1)
        let step = values[count] / slope
        t -= step
        if abs(step) <= 4 * Double.ulpOfOne { break }
      }
      return (t, 2 / ((1 - t * t) * slope * slope))
    }
  }
}
