import PolynomialApproximation
import Testing

@Suite struct TargetFunctionAsymptotesTests {
  /// The functions that approach their lines like a power of 1/x.
  private static let slow: Set<TargetFunction> = [
    .softsign, .squareplus, .rsqrt, .reciprocal, .power(exponent: -0.75),
  ]

  @Test("Far out, every function is on its asymptote.", arguments: everyFunction)
  func far(function: TargetFunction) {
    let slack = Self.slow.contains(function) ? 1e-3 : 1e-10
    if let line = function.leftAsymptote {
      #expect(abs(function(-1e6) - line(-1e6)) <= slack)
      // Rules out a line that meets the graph at one point.
      #expect(abs(function(-3e6) - line(-3e6)) <= slack)
    }
    if let line = function.rightAsymptote {
      // Numbers of 1e7 are rounded to 2e-9.
      #expect(abs(function(1e7) - line(1e7)) <= max(slack, 1e-8))
      #expect(abs(function(1e6) - line(1e6)) <= max(10 * slack, 1e-8))
    }
  }

  @Test("What is missing is missing: growth faster than a line, oscillation, no domain.")
  func none() {
    let left = everyFunction.filter { $0.leftAsymptote == nil }
    let right = everyFunction.filter { $0.rightAsymptote == nil }
    let polynomials: Set<TargetFunction> = [.power(exponent: 2), .power(exponent: 3)]
    #expect(
      Set(left)
        == polynomials.union([
          .sqrt, .rsqrt, .reciprocal, .power(exponent: -0.75), .power(exponent: 0.3), .sin,
        ]))
    #expect(Set(right) == polynomials.union([.exp, .sqrt, .power(exponent: 0.3), .sin]))
  }
}
