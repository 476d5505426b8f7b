import Foundation
import Testing

@testable import PolynomialApproximation

@Suite struct FitRationalTests {
  /// Errors of the best quotients for |x| on [-1, 1], both polynomials of the degree given (Varga,
  /// Ruttan & Carpenter, "Numerical results on best uniform rational approximation of |x| on
  /// [-1, +1]", 1993).
  static let absolute: [Int: Double] = [
    2: 4.368901269207637e-2, 4: 8.501484704073829e-3, 6: 2.282106009724783e-3,
    8: 7.365636358440749e-4,
  ]

  @Test("The errors of |x| are the published ones, and relu has half of them.")
  func publishedErrors() throws {
    for (degree, error) in Self.absolute {
      let fit = try Fit(of: .abs, on: Interval(-1...1), degree: degree, method: .rational)
      let level = try #require(fit.equioscillation).levelledError
      #expect(abs(level / error - 1) < 1e-6, "degree \(degree)")
      // In the Chebyshev basis the divisor, which nearly vanishes at 0, loses some digits.
      #expect(fit.supremumError <= error * (1 + 1e-4))
      let relu = try Fit(of: .relu, on: Interval(-1...1), degree: degree, method: .rational)
      #expect(abs(relu.supremumError / fit.supremumError - 0.5) < 1e-4)
    }
  }

  @Test(
    "The error alternates at two more points than there are coefficients.",
    arguments: [TargetFunction.mish, .elu(alpha: 1), .exp, .gelu, .sigmoid, .softplus])
  func equioscillation(function: TargetFunction) throws {
    let fit = try Fit(of: function, on: Interval(-6...6), degree: 4, method: .rational)
    let points = try #require(fit.equioscillation).points
    let errors = points.map { function($0) - fit.approximant($0) }
    // In q(t²) or t·q(t²) as many coefficients are free as on one half.
    #expect(points.count >= (function.symmetry == nil ? 10 : 6))
    let level = try #require(fit.equioscillation).levelledError
    #expect(errors.allSatisfy { abs(abs($0) / level - 1) < 1e-4 })
    #expect(zip(points, points.dropFirst()).allSatisfy { $0 < $1 })
    #expect(fit.supremumError <= level * 1.001)
  }

  @Test("A quotient is far better than a polynomial of twice the degree.")
  func comparison() throws {
    for (function, degree) in [(TargetFunction.softplus, 6), (.relu, 6), (.tanh, 5)] {
      let quotient = try Fit(of: function, on: Interval(-8...8), degree: degree, method: .rational)
      let polynomial = try Fit(of: function, on: Interval(-8...8), degree: 2 * degree)
      #expect(quotient.supremumError < polynomial.supremumError / 3, "\(function)")
      #expect(quotient.approximant.divisions == 1 && polynomial.approximant.divisions == 0)
    }
  }

  @Test("Symmetries are exact: the divisor is even, and so is the dividend but for a line.")
  func parity() throws {
    let fit = try Fit(of: .tanh, on: Interval(-4...4), degree: 5, method: .rational)
    guard case .rational(let quotient) = fit.approximant else {
      Issue.record("not a quotient")
      return
    }
    #expect(quotient.numerator.degree == 5 && quotient.denominator.degree == 4)
    #expect([0, 2, 4].allSatisfy { quotient.numerator.coefficients[$0] == 0 })
    #expect([1, 3].allSatisfy { quotient.denominator.coefficients[$0] == 0 })
    let constant = try Fit(of: .softplus, on: Interval(-4...4), degree: 1, method: .rational)
    #expect(constant.approximant.degree == 1)
  }

  @Test("A quotient of lower degree is found by a higher one.")
  func exact() throws {
    for degree in [1, 4] {
      let fit = try Fit(of: .reciprocal, on: Interval(0.5...8), degree: degree, method: .rational)
      #expect(fit.supremumError < 1e-13)
    }
  }

  @Test("A pole in the interval or beyond it makes the error infinite.")
  func poles() throws {
    let unit = Interval(-1...1)
    let quotient = RationalFunction(
      numerator: ChebyshevPolynomial([1], on: unit),
      denominator: ChebyshevPolynomial([-1.3, 1], on: unit))
    #expect(
      SupremumError.measure(.rational(quotient), from: .exp, lower: -1, upper: 1).isFinite)
    #expect(
      SupremumError.measure(.rational(quotient), from: .exp, lower: -1, upper: 2) == .infinity)
  }

  @Test("A degree beyond what rounding allows is an error that says what was reached.")
  func shortfall() {
    let error = #expect(throws: FitError.self) {
      try Fit(of: .relu, on: Interval(-1...1), degree: 24, method: .rational)
    }
    #expect(
      error?.description.hasPrefix("the rational fit of relu on [-1, 1] at degree 24") == true)
  }

  @Test("A least degree is found past degrees that do not converge.")
  func leastDegree() throws {
    let choice = try Fit.leastDegree(
      for: .gelu, on: Interval(-8...8), tolerance: 1e-3, method: .rational)
    #expect(choice.meetsTolerance && choice.fit.degree <= 8)
    let far = try Fit.leastDegree(
      for: .relu, on: Interval(-8...8), tolerance: 1e-9, method: .rational, limit: 16)
    #expect(!far.meetsTolerance)
  }

  @Test("A quotient survives encoding, and one on two intervals is not read.")
  func coding() throws {
    let fit = try Fit(of: .gelu, on: Interval(-3...4), degree: 3, method: .rational)
    let data = try JSONEncoder().encode(fit)
    #expect(try JSONDecoder().decode(Fit.self, from: data) == fit)
    let text = """
      {"numerator": {"domain": {"lower": 0, "upper": 1}, "coefficients": [1]},
       "denominator": {"domain": {"lower": 0, "upper": 2}, "coefficients": [1]}}
      """
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(RationalFunction.self, from: Data(text.utf8))
    }
  }
}

@Suite struct LinearAlgebraTests {
  @Test("Eigenvectors are orthonormal and eigenvalues right.")
  func eigenvectors() {
    let matrix = (0..<6).map { i in (0..<6).map { j in 1 / Double(i + j + 1) } }
    let pairs = symmetricEigenvectors(matrix)
    for (value, vector) in pairs {
      for row in 0..<6 { #expect(abs(dot(matrix[row], vector) - value * vector[row]) < 1e-15) }
      for (_, other) in pairs {
        let product = dot(vector, other)
        #expect(abs(product) < 1e-14 || abs(product - 1) < 1e-14)
      }
    }
    // The largest eigenvalue of Hilbert's matrix of size 6.
    #expect(abs(pairs.map(\.value).max()! - 1.6188998589243388) < 1e-14)
  }

  @Test("A quotient agrees with a function at its points.")
  func interpolation() {
    let target = RationalTarget(unit: UnitTarget(exp, size: 3))
    let points = [-0.9, -0.4, 0, 0.3, 0.8]
    let quotient = BarycentricQuotient(interpolating: target, at: points)
    for point in points { #expect(abs(quotient(point) - exp(point)) < 1e-13) }
    let parts = quotient.polynomials(at: 0.55)
    #expect(abs(parts.numerator / parts.denominator - quotient(0.55)) < 1e-14)
  }

  @Test("The nearest point of a polyhedron is on its sides, or is the point itself.")
  func nearestPoint() {
    // The quadrant x ≤ 0, y ≤ 0 and the half-plane x + y ≤ -1, from (2, -3) and from (3, 1).
    let half = (0.5).squareRoot()
    let normals = [[1, 0], [0, 1], [half, half]]
    let limits = [0, 0, -half]
    let nearest = { (start: [Double]) -> [Double] in
      let multipliers = NonNegativeLeastSquares(
        gram: normals.map { row in normals.map { dot(row, $0) } },
        excess: zip(normals, limits).map { dot($0, start) - $1 }
      ).multipliers()
      return [0, 1].map { axis in
        zip(multipliers, normals).reduce(start[axis]) { $0 - $1.0 * $1.1[axis] }
      }
    }
    for (start, end) in [([2.0, -3], [0.0, -3]), ([-2, -3], [-2, -3]), ([3, -0.5], [0, -1])] {
      let found = nearest(start)
      #expect(abs(found[0] - end[0]) < 1e-12 && abs(found[1] - end[1]) < 1e-12)
    }
  }

  @Test("The basis is orthonormal over its points, and reproduces polynomials.")
  func orthonormality() {
    let points = (0...200).map { index in
      let t = Double(index) / 100 - 1
      return (t: t, weight: exp(-20 * t * t))
    }
    let basis = OrthonormalBasis(degree: 20, points: points)
    let values = points.map { basis.values(at: $0.t) }
    for i in [0, 7, 20] {
      for j in [0, 7, 20] {
        let product = zip(points, values).reduce(0) { $0 + $1.0.weight * $1.1[i] * $1.1[j] }
        #expect(abs(product - (i == j ? 1 : 0)) < 1e-9)
      }
    }
    let coefficients = basis.coefficients(nearestTo: points.map { $0.t * $0.t - 0.5 })
    #expect(abs(dot(coefficients, basis.values(at: 0.37)) - (0.37 * 0.37 - 0.5)) < 1e-9)
  }
}
