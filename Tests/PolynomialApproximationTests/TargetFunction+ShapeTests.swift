import PolynomialApproximation
import Testing

@Suite struct TargetFunctionShapeTests {
  @Test("The stated symmetry holds at points of all sizes.", arguments: everyFunction)
  func symmetry(function: TargetFunction) {
    guard let symmetry = function.symmetry else { return }
    for distance in [1e-3, 0.4, 1.7, 2.9, 5, 12] {
      let right = function(symmetry.centre + distance)
      let left = function(symmetry.centre - distance)
      // A few roundings of values no larger than the cube of 12.
      let tolerance = 8 * max(abs(right), abs(left), 1) * Double.ulpOfOne
      switch symmetry.parity {
      case .even: #expect(abs(right - left - 2 * symmetry.slope * distance) <= tolerance)
      case .odd: #expect(abs(right + left - 2 * symmetry.constant) <= tolerance)
      case .neither: Issue.record("a symmetry without a parity")
      }
    }
  }

  @Test("Parity is that of the function itself.")
  func parity() {
    let even: Set<TargetFunction> = [.abs, .power(exponent: 2)]
    let odd: Set<TargetFunction> = [
      .tanh, .hardTanh, .softsign, .tanhShrink, .softShrink, .sin, .sign, .erf,
      .power(exponent: 3),
    ]
    for function in everyFunction {
      let parity: Parity =
        even.contains(function) ? .even : odd.contains(function) ? .odd : .neither
      #expect(function.parity == parity, "\(function)")
    }
    #expect(TargetFunction.leakyReLU(slope: -1).parity == .even)
  }

  @Test("Sigmoid is odd about (0, 1/2), and relu and gelu are x/2 plus an even function.")
  func shiftedSymmetries() {
    #expect(TargetFunction.sigmoid.symmetry?.constant == 0.5)
    #expect(TargetFunction.relu.symmetry?.slope == 0.5)
    #expect(TargetFunction.gelu.symmetry?.parity == .even)
    #expect(TargetFunction.relu6.symmetry?.centre == 3)
    #expect(TargetFunction.exp.symmetry == nil)
  }

  @Test("At every kink the values, slopes or curvatures on the two sides differ.")
  func kinks() {
    let step = 1e-3
    for function in everyFunction {
      for kink in function.kinks {
        let curvature = { (side: Double) in
          (function(kink + 3 * side * step) - 2 * function(kink + 2 * side * step)
            + function(kink + side * step)) / (step * step)
        }
        let slope = { (side: Double) in
          (function(kink + 2 * side * step) - function(kink + side * step)) / (side * step)
        }
        // Differences of smooth third derivatives stay below 0.05 at this step.
        let differs =
          abs(slope(1) - slope(-1)) > 0.05 || abs(curvature(1) - curvature(-1)) > 0.05
          || function.jump == kink
        #expect(differs, "\(function) at \(kink)")
      }
    }
  }

  @Test("Roots need numbers from zero on, and reciprocals positive ones.")
  func domains() {
    #expect(TargetFunction.sqrt.admissibleDomain == .nonNegative)
    #expect(TargetFunction.power(exponent: 0.3).admissibleDomain == .nonNegative)
    #expect(TargetFunction.rsqrt.admissibleDomain == .positive)
    #expect(TargetFunction.reciprocal.admissibleDomain == .positive)
    #expect(TargetFunction.power(exponent: -0.75).admissibleDomain == .positive)
    #expect(TargetFunction.power(exponent: 2).admissibleDomain == .all)
    #expect(TargetFunction.gelu.admissibleDomain == .all)
    #expect(AdmissibleDomain.nonNegative.contains(0) && !AdmissibleDomain.positive.contains(0))
    #expect(!AdmissibleDomain.nonNegative.contains(-1) && AdmissibleDomain.all.contains(-1))
  }

  @Test("Every function has a formula of its own, with its parameter in it.")
  func formulas() {
    #expect(Set(everyFunction.map(\.formula)).count == everyFunction.count)
    #expect(TargetFunction.leakyReLU(slope: 0.3).formula == "x for x >= 0, else 0.3*x")
  }
}
