import PolynomialApproximation
import Testing

@testable import RangeRecommendation

@Suite("Polynomials as files carry them")
struct PolynomialRecordTests {
  private static let fit = Result {
    try Fit(of: .sigmoid, on: Interval(lower: -8, upper: 6), degree: 9)
  }

  @Test("The record's polynomial is the fit's, coefficient by coefficient.")
  func polynomial() throws {
    let fit = try Self.fit.get()
    let record = PolynomialRecord(fit)
    #expect(record.chebyshev == fit.polynomial)
    #expect(record.basis == "chebyshev" && record.degree == 9 && record.coefficients?.count == 10)
    #expect(record.function == "sigmoid" && record.method == .minimax)
    // The error at the left end, by the sum that the documentation gives: T is ±1 there.
    let left = try #require(record.coefficients).enumerated().reduce(0) { sum, term in
      sum + (term.offset.isMultiple(of: 2) ? term.element : -term.element)
    }
    #expect(abs(left - TargetFunction.sigmoid(-8)) <= record.supremumError + 1e-12)
  }

  @Test("The fuse is measured against the bound: twice the fit's own error unless told otherwise.")
  func fuse() throws {
    let fit = try Self.fit.get()
    #expect(PolynomialRecord(fit).errorBound == 2 * fit.supremumError)
    let record = PolynomialRecord(fit, errorBound: 0.1)
    #expect(record.errorBound == 0.1)
    #expect(record.fuse == OvershootFuse(fit, tolerance: 0.1).largestFactor)
    #expect(record.overshoots.map(\.factor) == OvershootFuse.factors)
    for overshoot in record.overshoots {
      #expect(overshoot.error == fit.error(atFactor: overshoot.factor))
    }
  }

  @Test("An infinite error beyond the interval is missing.")
  func infiniteError() throws {
    let fit = try Fit(of: .reciprocal, on: Interval(lower: 1, upper: 3), degree: 3)
    let overshoots = PolynomialRecord(fit).overshoots
    #expect(overshoots.first?.error != nil)
    #expect(overshoots.last?.factor == 2 && overshoots.last?.error == nil)
  }

  @Test("A record evaluates as its fit does, whatever its form.")
  func forms() throws {
    let density = Density([Density.Point(x: 0.5, weight: 1), Density.Point(x: -0.7, weight: 2)])
    let interval = Interval(-2...1)
    for method in FitMethod.allCases where method != .taylor {
      let fit = try Fit(of: .relu, on: interval, degree: 8, method: method, density: density)
      let record = PolynomialRecord(fit)
      #expect(record.approximant == fit.approximant)
      #expect(record.askedInterval == interval, "\(method)")
      #expect(record.depth == fit.approximant.multiplicativeDepth)
      #expect((record.core == nil) == (method != .clampedTail))
    }
  }
}
