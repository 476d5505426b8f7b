import Foundation
import PolynomialApproximation
import Testing

@Suite struct OvershootFuseTests {
  @Test("The errors of sigmoid outside ±8 agree with Sollya's.")
  func sigmoid() throws {
    let fit = try Fit(of: .sigmoid, on: Interval(-8...8), degree: 15)
    let fuse = OvershootFuse(fit, tolerance: 1e-3)
    #expect(fuse.overshoots.map(\.factor) == [1.05, 1.1, 1.25, 2])
    // Sollya at 200 bits: f - remez(f, 15, [-8;8]) at 8.4, 8.8, 10 and 16.
    let expected = [0.06189958709126, 0.46323062056571, 22.4904124110574, 321262.8050650950]
    for (overshoot, error) in zip(fuse.overshoots, expected) {
      // Both polynomials are within 1e-9 of the best, which extrapolation magnifies.
      #expect(abs(overshoot.error / error - 1) < 1e-7)
    }
    let factor = try #require(fuse.largestFactor)
    #expect(fit.error(atFactor: factor) <= 1e-3)
    #expect(fit.error(atFactor: factor * 1.00001) > 1e-3)
    #expect(factor > 1 && factor < 1.05)
  }

  @Test("A line for relu on [1, 2] is good until the interval reaches 0.")
  func knownFactor() throws {
    let fit = try Fit(of: .relu, on: Interval(1...2), degree: 1)
    let factor = try #require(OvershootFuse(fit, tolerance: 1e-7).largestFactor)
    #expect(abs(factor - 3) < 1e-5)
  }

  @Test("A fit that misses the tolerance has a factor below 1, or none.")
  func missedTolerance() throws {
    let series = try Fit(of: .softplus, on: Interval(-8...8), degree: 9, method: .taylor)
    let factor = try #require(OvershootFuse(series, tolerance: 1e-3).largestFactor)
    #expect(factor > 0.2 && factor < 0.3)
    #expect(series.error(atFactor: factor) <= 1e-3)
    let constant = try Fit(of: .exp, on: Interval(-8...8), degree: 0)
    #expect(OvershootFuse(constant, tolerance: 1e-3).largestFactor == nil)
  }

  @Test("A fit that holds everywhere has the factor at which the search ends.")
  func unlimited() throws {
    let fit = try Fit(of: .power(exponent: 1), on: Interval(-1...1), degree: 1)
    #expect(OvershootFuse(fit, tolerance: 1e-6).largestFactor == OvershootFuse.searchLimit)
  }

  @Test("Inputs outside the domain do not count, and a pole makes the error infinite.")
  func domains() throws {
    let root = try Fit(of: .sqrt, on: Interval(1...2), degree: 3)
    #expect(root.error(atFactor: 10).isFinite)
    #expect(root.error(atFactor: 3) >= abs(root.approximant(0)))
    let inverse = try Fit(of: .rsqrt, on: Interval(1...2), degree: 3)
    #expect(inverse.error(atFactor: 2.9).isFinite)
    #expect(inverse.error(atFactor: 3) == .infinity)
  }

  @Test("The error never falls as the factor grows, and is the fit's own at 1.")
  func monotone() throws {
    let fit = try Fit(of: .gelu, on: Interval(-3...7), degree: 12)
    #expect(fit.error(atFactor: 1) == fit.supremumError)
    let errors = [0.1, 0.5, 0.9, 1, 1.001, 1.1, 1.5, 3].map { fit.error(atFactor: $0) }
    // Measurements of the same peak differ by less than 1e-9 of it.
    #expect(zip(errors, errors.dropFirst()).allSatisfy { $0 <= $1 * (1 + 1e-9) })
  }

  @Test("A fuse survives encoding.")
  func coding() throws {
    let fuse = OvershootFuse(try Fit(of: .tanh, on: Interval(-2...2), degree: 3), tolerance: 0.1)
    let data = try JSONEncoder().encode(fuse)
    #expect(try JSONDecoder().decode(OvershootFuse.self, from: data) == fuse)
  }
}
