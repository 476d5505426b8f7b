import PolynomialApproximation
import Testing

@Suite struct ChebyshevPolynomialPowersTests {
  @Test("Known Chebyshev polynomials in powers, on [-1, 1] and on [0, 4].")
  func known() throws {
    let unit = ChebyshevPolynomial([1, 0, 0, 2], on: Interval(-1...1))
    // 1 + 2(4t³ - 3t)
    #expect(unit.powerForm(in: .unitCoordinate)?.coefficients == [1, -6, 0, 8])
    #expect(unit.powerForm(in: .argument)?.coefficients == [1, -6, 0, 8])
    let moved = ChebyshevPolynomial([0, 0, 1], on: Interval(0...4))
    // 2(x/2 - 1)² - 1
    #expect(moved.powerForm(in: .argument)?.coefficients == [1, -2, 0.5])
    #expect(moved.powerForm(in: .unitCoordinate)?.coefficients == [-1, 0, 2])
    let constant = ChebyshevPolynomial([3], on: Interval(0...4))
    #expect(constant.powerForm(in: .argument) == constant.powerForm(in: .unitCoordinate))
  }

  @Test("The loss covers what Horner's rule loses anywhere on the interval.")
  func loss() throws {
    for (lower, upper, degree) in [(-5.0, 5.0, 12), (-5, 5, 40), (-1, 9, 20)] {
      let fit = try Fit(of: .relu, on: Interval(lower: lower, upper: upper), degree: degree)
      let polynomial = try #require(fit.polynomial)
      let form = try #require(polynomial.powerForm(in: .argument))
      let seen = (0...997).map { index in
        let x = lower + (upper - lower) * Double(index) / 997
        return abs(form(x) - polynomial(x))
      }.max()!
      // Rounding errors jump from place to place: the measure is one of size.
      #expect(seen <= 4 * form.loss, "degree \(degree)")
      #expect(form.loss < (degree < 30 ? 1e-3 : 1e6))
    }
  }

  @Test("At degree 60 powers of relu lose more than the fit's error, at 30 they do not.")
  func limit() throws {
    for (degree, isWorse) in [(30, false), (60, true)] {
      let fit = try Fit(of: .relu, on: Interval(-5...5), degree: degree)
      let form = try #require(fit.polynomial?.powerForm(in: .unitCoordinate))
      #expect((form.loss > fit.supremumError) == isWorse)
    }
  }

  @Test("A coefficient that overflows gives none.")
  func overflow() throws {
    let tiny = ChebyshevPolynomial([Double](repeating: 1, count: 15), on: Interval(-1e-30...1e-30))
    #expect(tiny.powerForm(in: .argument) == nil)
    #expect(tiny.powerForm(in: .unitCoordinate) != nil)
  }
}
