import Testing

@testable import PolynomialApproximation

@Suite struct SupremumErrorTests {
  private func sizeOf(_ function: TargetFunction, _ range: ClosedRange<Double>) -> Double {
    SupremumError.measure(
      .polynomial(ChebyshevPolynomial([0], on: Interval(range))), from: function,
      lower: range.lowerBound,
      upper: range.upperBound)
  }

  @Test("The largest error of 0 is the largest value: inside, at a bound, and at a kink.")
  func knownSuprema() {
    #expect(abs(sizeOf(.sin, -0.3...7) - 1) < 1e-12)
    #expect(sizeOf(.relu, -2...3) == 3)
    #expect(sizeOf(.sign, -1...1) == 1)
    #expect(sizeOf(.relu, -2 ... -1) == 0)
    // 1 - |x| is largest at the kink.
    let line = ChebyshevPolynomial([1], on: Interval(-0.3...0.7))
    #expect(SupremumError.measure(.polynomial(line), from: .abs, lower: -0.3, upper: 0.7) == 1)
  }

  @Test("The dip of silu is found in an interval a thousand times as wide.")
  func narrowPeak() {
    #expect(abs(sizeOf(.silu, -1000...0) - 0.2784645427610738) < 1e-12)
  }

  @Test("Values that overflow count as infinite errors.")
  func overflow() {
    #expect(sizeOf(.exp, 0...1000) == .infinity)
    #expect(sizeOf(.sqrt, -1...1) == .infinity)
  }
}
