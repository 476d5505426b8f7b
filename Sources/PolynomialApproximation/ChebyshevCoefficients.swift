import Glibc

/// Ways to the Chebyshev coefficients of a polynomial on [-1, 1].
enum ChebyshevCoefficients {
  /// Returns the coefficients of the polynomial of degree `degree` that agrees with `function` at
  /// the `degree` + 1 Chebyshev points of the first kind.
  ///
  /// The sums are those of Trefethen, *Approximation Theory and Approximation Practice* (2013),
  /// chapters 2 to 4. Coefficients against the parity of `function` are zero.
  static func interpolating(
    _ function: (Double) -> Double, degree: Int, parity: Parity
  ) -> [Double] {
    ofValues((0...degree).map { function(point($0, of: degree)) }, parity: parity)
  }

  /// Returns a Chebyshev point of the first kind, of `degree` + 1 descending ones.
  static func point(_ index: Int, of degree: Int) -> Double {
    sine(degree - 2 * index, of: 2 * (degree + 1))
  }

  /// Returns the coefficients of the polynomial with the given values at the Chebyshev points.
  static func ofValues(_ values: [Double], parity: Parity = .neither) -> [Double] {
    let count = values.count
    let period = 4 * count
    let cosines = (0..<period).map { cos(.pi * Double($0) / Double(2 * count)) }
    return (0..<count).map { order in
      if parity == .even && order % 2 == 1 || parity == .odd && order % 2 == 0 { return 0 }
      var (sum, angle) = (0.0, order)
      for value in values {
        sum += value * cosines[angle]
        angle += 2 * order
        if angle >= period { angle -= period }
      }
      return sum * (order == 0 ? 1 : 2) / Double(count)
    }
  }

  /// Returns the coefficients of Σ aₖ(t - `shift`)ᵏ, by Horner's rule in the Chebyshev basis.
  static func ofPowers(_ powers: [Double], shift: Double) -> [Double] {
    var result = [Double](repeating: 0, count: powers.count)
    for power in powers.reversed() {
      var product = result.map { -shift * $0 }
      // t·T₀ = T₁ and t·Tₖ = (Tₖ₊₁ + Tₖ₋₁)/2; the last coefficient is still zero here.
      for (order, coefficient) in result.dropLast().enumerated() where coefficient != 0 {
        product[order + 1] += order == 0 ? coefficient : coefficient / 2
        if order > 0 { product[order - 1] += coefficient / 2 }
      }
      product[0] += power
      result = product
    }
    return result
  }
}

/// Returns sin(π·`numerator`/`denominator`).
func sine(_ numerator: Int, of denominator: Int) -> Double {
  sin(.pi * Double(numerator) / Double(denominator))
}
