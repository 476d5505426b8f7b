import Testing

@testable import PolynomialApproximation

@Suite struct ChebyshevCoefficientsTests {
  @Test("Interpolation gives back the coefficients of a polynomial of the same degree.")
  func interpolation() {
    // 1 + 2T₁ - T₂ + 3T₃ = 2 - 7t - 2t² + 12t³
    let expectedValues: [Double] = [1, 2, -1, 3, 0]
    let computed = ChebyshevCoefficients.interpolating(
      { t in 2 + t * (-7 + t * (-2 + 12 * t)) }, degree: 4, parity: .neither)
    for (value, expected) in zip(computed, expectedValues) {
      #expect(abs(value - expected) < 1e-14)
    }
  }

  @Test("Coefficients against the parity are exactly zero.")
  func parity() {
    let even = ChebyshevCoefficients.interpolating({ abs($0) }, degree: 7, parity: .even)
    #expect(stride(from: 1, through: 7, by: 2).allSatisfy { even[$0] == 0 })
    #expect(stride(from: 0, through: 6, by: 2).allSatisfy { even[$0] != 0 })
    let odd = ChebyshevCoefficients.interpolating({ $0 * abs($0) }, degree: 7, parity: .odd)
    #expect(stride(from: 0, through: 6, by: 2).allSatisfy { odd[$0] == 0 })
    #expect(stride(from: 1, through: 7, by: 2).allSatisfy { odd[$0] != 0 })
  }

  @Test("Powers about any centre become the Chebyshev coefficients of the same polynomial.")
  func powers() {
    #expect(ChebyshevCoefficients.ofPowers([2, -7, -2, 12], shift: 0) == [1, 2, -1, 3])
    // (t - 2)² = 4 - 4t + t² = 4.5 - 4T₁ + T₂/2
    #expect(ChebyshevCoefficients.ofPowers([0, 0, 1], shift: 2) == [4.5, -4, 0.5])
  }
}
