import Glibc
import Testing

@testable import PolynomialApproximation

@Suite struct RemezTests {
  @Test("The error of exp at degree 4 scales with an amplitude of 1e±100.")
  func amplitudes() throws {
    let plain = try Remez(target: UnitTarget(exp, size: M_E), degree: 4).solve()
    for amplitude in [1e-100, 1e100] {
      let target = UnitTarget({ amplitude * exp($0) }, size: amplitude * M_E)
      let scaled = try Remez(target: target, degree: 4).solve()
      let ratio = scaled.levelledError / plain.levelledError / amplitude
      // The levelled error 5e-4 has a relative rounding error of about 1e-12.
      #expect(abs(ratio - 1) < 1e-11)
    }
    // Sollya: dirtyinfnorm(exp(x) - remez(exp(x), 4, [-1;1]), [-1;1]).
    #expect(abs(plain.levelledError / 5.466675e-4 - 1) < 1e-6)
  }

  @Test("The best approximation of T₉ at degree 8 is 0, and its extrema are the references.")
  func chebyshevExtrema() throws {
    let target = UnitTarget({ cos(9 * acos($0)) }, size: 1)
    let solution = try Remez(target: target, degree: 8).solve()
    #expect(abs(solution.levelledError - 1) < 1e-13)
    #expect(solution.coefficients.allSatisfy { abs($0) < 1e-13 })
    for (index, reference) in solution.references.enumerated() {
      #expect(abs(reference + cos(.pi * Double(index) / 9)) < 1e-6)
    }
  }

  @Test("A function with no error at the Chebyshev points does not mislead the start.")
  func symmetricStart() throws {
    // Odd about 0 without saying so, at an odd degree: the first levelled error is zero.
    let target = UnitTarget({ sin(3 * $0) }, size: 1)
    let plain = try Remez(target: target, degree: 5).solve()
    let folded = try Remez(target: UnitTarget({ sin(3 * $0) }, parity: .odd, size: 1), degree: 5)
      .solve()
    #expect(abs(plain.levelledError / folded.levelledError - 1) < 1e-9)
  }

  @Test("An aim below rounding ends in a shortfall that says what was reached.")
  func shortfall() {
    // Rounding errors of exp near 1e-16 are said to be 1e-300 times smaller than they are.
    let target = UnitTarget(exp, size: 1e-300)
    let error = #expect(throws: Remez.Shortfall.self) {
      try Remez(target: target, degree: 30).solve()
    }
    #expect(error.map { 0 < $0.error && $0.error < 1e-13 } == true)
    #expect(error.map { $0.iterations > 0 && $0.levelledError < $0.error } == true)
  }

  @Test("Exchanging keeps alternation and the largest error.")
  func exchange() throws {
    let remez = Remez(target: UnitTarget(exp, size: 1), degree: 1)
    let errors = [1.0, -2, 0.5, -0.4, 3, -1]
    let extrema = errors.enumerated().map {
      Remez.Extremum(point: Double($0.offset), error: $0.element)
    }
    let kept = try #require(remez.exchange(extrema, count: 3))
    let signs = kept.map { errors[Int($0)] > 0 }
    #expect(zip(signs, signs.dropFirst()).allSatisfy { $0 != $1 })
    #expect(kept.contains(4))
    #expect(remez.exchange(extrema, count: 7) == nil)
  }
}
