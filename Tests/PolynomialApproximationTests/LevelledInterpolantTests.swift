import Glibc
import Testing

@testable import PolynomialApproximation

@Suite struct LevelledInterpolantTests {
  @Test(
    "At the references the error has one size and alternating signs.",
    arguments: [Parity.neither, .even, .odd])
  func levelling(parity: Parity) {
    let function = { (t: Double) in parity == .even ? cos(t) : parity == .odd ? sin(t) : exp(t) }
    let references = parity == .neither ? [-1, -0.4, 0.1, 0.8, 1] : [0.1, 0.3, 0.7, 0.9]
    let interpolant = LevelledInterpolant(
      of: UnitTarget(function, parity: parity, size: 1), at: references)
    for (index, reference) in references.enumerated() {
      let error = function(reference) - interpolant(reference)
      let sign: Double = index % 2 == 0 ? 1 : -1
      #expect(abs(error - sign * interpolant.levelledError) < 1e-15)
    }
    #expect(interpolant.levelledError != 0)
  }

  @Test("Hundreds of crowded references do not overflow.")
  func crowding() {
    let references = (0...400).map { pow(Double($0) / 400, 6) }
    let interpolant = LevelledInterpolant(of: UnitTarget({ abs($0) }, size: 1), at: references)
    #expect(interpolant.levelledError.isFinite)
    #expect(interpolant(0.3).isFinite)
  }

  @Test("Two references a billionth apart cost no accuracy between the others.")
  func cluster() {
    let function = { (t: Double) in abs(t + 1 - 2e-9) }
    let interpolant = LevelledInterpolant(
      of: UnitTarget(function, size: 2), at: [-1, -1 + 2e-9, 1])
    // The best line has the error 2e-9; the steps of t near -1 are 1e-16.
    #expect(abs(interpolant.levelledError - 2e-9) < 1e-15)
    #expect(abs(interpolant(0.3) - 1.3) < 3e-9)
  }

  @Test("References that coincide give no finite level, and no crash.")
  func coincidence() {
    let interpolant = LevelledInterpolant(of: UnitTarget(exp, size: 3), at: [-1, 0.5, 0.5, 1])
    #expect(!interpolant.levelledError.isFinite)
  }
}
