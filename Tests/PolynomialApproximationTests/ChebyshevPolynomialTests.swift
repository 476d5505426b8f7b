import Foundation
import PolynomialApproximation
import Testing

@Suite struct ChebyshevPolynomialTests {
  @Test("T₅ on an interval takes the values cos(5θ).")
  func values() {
    let polynomial = ChebyshevPolynomial([0, 0, 0, 0, 0, 1], on: Interval(-3...7))
    for angle in stride(from: 0, through: 3, by: 0.25) {
      let value = polynomial(2 + 5 * cos(angle))
      #expect(abs(value - cos(5 * angle)) < 1e-14)
    }
    #expect(polynomial.degree == 5)
  }

  @Test("Outside the interval the values are those of the same polynomial.")
  func extrapolation() {
    // T₃(t) = 4t³ - 3t at t = 3.
    #expect(ChebyshevPolynomial([1, 0, 0, 2], on: Interval(-1...1))(3) == 1 + 2 * 99)
  }

  @Test("A constant has the same value everywhere and the derivative 0.")
  func constant() {
    let polynomial = ChebyshevPolynomial([2.5], on: Interval(0...1))
    #expect(polynomial(-10) == 2.5)
    #expect(polynomial.derivative.coefficients == [0])
    #expect(polynomial.multiplicativeDepth == 0)
  }

  @Test("The derivative of T₀ + 2T₁ + 3T₂ + 4T₃ is that of its powers.")
  func derivative() {
    let polynomial = ChebyshevPolynomial([1, 2, 3, 4], on: Interval(-2...2))
    // With t = x/2: 2 + 12t + 4(12t² - 3) = -10 + 12t + 48t², over 2.
    for x in [-2, -0.5, 0, 1.25, 2] {
      let t = x / 2
      #expect(abs(polynomial.derivative(x) - (-10 + 12 * t + 48 * t * t) / 2) < 1e-13)
    }
    #expect(polynomial.derivative.degree == 2)
  }

  @Test("The depth is the logarithm of the number of coefficients, rounded up.")
  func depth() {
    let depths = [1, 2, 3, 4, 7, 8, 15, 16].map { degree in
      ChebyshevPolynomial([Double](repeating: 1, count: degree + 1), on: Interval(0...1))
        .multiplicativeDepth
    }
    #expect(depths == [1, 2, 2, 3, 3, 4, 4, 5])
  }

  @Test("A polynomial survives encoding, and one without coefficients is refused.")
  func coding() throws {
    let polynomial = ChebyshevPolynomial([0.1, -2], on: Interval(0...3))
    let data = try JSONEncoder().encode(polynomial)
    #expect(try JSONDecoder().decode(ChebyshevPolynomial.self, from: data) == polynomial)
    let empty = Data(#"{"domain": {"lower": 0, "upper": 1}, "coefficients": []}"#.utf8)
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(ChebyshevPolynomial.self, from: empty)
    }
  }
}
