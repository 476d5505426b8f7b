import Foundation
import Testing

@testable import PolynomialApproximation

@Suite struct LegendreProjectionTests {
  @Test("Gauss's rule integrates polynomials up to twice its size exactly.")
  func gauss() {
    for count in [1, 5, 40] {
      let rule = LegendreProjection.gaussRule(count: count)
      for power in [0, 2, 2 * count - 2] where power <= 2 * count - 2 {
        let sum = rule.reduce(0) { $0 + $1.weight * pow($1.node, Double(power)) }
        #expect(abs(sum - 2 / Double(power + 1)) < 1e-14)
      }
    }
  }

  @Test("The least squares line and parabola of |x| are 1/2 and 3/16 + 15x²/16.")
  func absolute() throws {
    let line = try Fit(of: .abs, on: Interval(-1...1), degree: 1, method: .leastSquares)
    #expect(abs(line.approximant(0.3) - 0.5) < 1e-14)
    let parabola = try Fit(of: .abs, on: Interval(-1...1), degree: 2, method: .leastSquares)
    for x in [-1, -0.2, 0, 0.7] {
      #expect(abs(parabola.approximant(x) - (3 + 15 * x * x) / 16) < 1e-14)
    }
  }

  @Test(
    "The error is orthogonal to all polynomials of the degree.",
    arguments: [(TargetFunction.gelu, -3.0...7.0), (.relu6, -4...9), (.sigmoid, -200...50)])
  func orthogonality(function: TargetFunction, range: ClosedRange<Double>) throws {
    let interval = Interval(range)
    let fit = try Fit(of: function, on: interval, degree: 7, method: .leastSquares)
    // The midpoint rule, which shares nothing with Gauss's, is right to the square of its step.
    let count = 20_000
    for power in [0, 1, 7] {
      var (moment, size) = (0.0, 0.0)
      for index in 0..<count {
        let t = (2 * Double(index) + 1) / Double(count) - 1
        let x = interval.centre + interval.halfWidth * t
        let error = function(x) - fit.approximant(x)
        moment += error * pow(t, Double(power))
        size += abs(error)
      }
      #expect(abs(moment) < 1e-5 * size, "power \(power)")
    }
  }

  @Test("Degree 512 is as exact as rounding allows.")
  func highDegree() throws {
    let fit = try Fit(of: .exp, on: Interval(-1...1), degree: 512, method: .leastSquares)
    // The Legendre polynomials' sum grows with the degree.
    #expect(fit.supremumError < 1e-12)
  }
}
