import PolynomialApproximation
import Testing

@Suite struct TargetFunctionTaylorTests {
  /// Well-known series at 0.
  static let known: [(TargetFunction, [Double])] = [
    (.exp, [1, 1, 1.0 / 2, 1.0 / 6, 1.0 / 24, 1.0 / 120]),
    (.tanh, [0, 1, 0, -1.0 / 3, 0, 2.0 / 15]),
    (.sigmoid, [1.0 / 2, 1.0 / 4, 0, -1.0 / 48, 0, 1.0 / 480]),
    (.softplus, [0.6931471805599453, 1.0 / 2, 1.0 / 8, 0, -1.0 / 192, 0]),
    (.sin, [0, 1, 0, -1.0 / 6, 0, 1.0 / 120]),
    (.erf, [0, 1.1283791670955126, 0, -0.37612638903183754, 0, 0.11283791670955126]),
    (.gelu, [0, 0.5, 0.3989422804014327, 0, -0.06649038006690545, 0]),
    (.power(exponent: 3), [0, 0, 0, 1, 0, 0]),
    (.hardSigmoid, [0.5, 0.2, 0, 0, 0, 0]),
  ]

  @Test("Series at 0 have the coefficients of the textbooks.", arguments: known)
  func knownSeries(function: TargetFunction, coefficients: [Double]) throws {
    let computed = try function.taylorCoefficients(at: 0, degree: 5)
    for (value, expected) in zip(computed, coefficients) {
      #expect(abs(value - expected) <= 4 * Double.ulpOfOne)
      #expect(expected != 0 || value == 0)
    }
  }

  @Test("The series of every function agrees with its values around a centre.")
  func localAgreement() throws {
    for function in everyFunction {
      for centre in [-7.5, -2, -0.5, 0, 0.5, 2, 7.5] where function.isSmooth(at: centre) {
        let coefficients = try function.taylorCoefficients(at: centre, degree: 24, scale: 0.125)
        for u in [-1, -0.3, 0.6, 1] {
          let value = coefficients.reversed().reduce(0) { $0 * u + $1 }
          let expected = function(centre + 0.125 * u)
          // The convergence radius is at least 1/2: what is cut off is below 4⁻²⁴.
          #expect(abs(value - expected) <= 1e-12 * max(1, abs(expected)), "\(function), \(centre)")
        }
      }
    }
  }

  @Test("The scale multiplies each coefficient by its power.")
  func scale() throws {
    let plain = try TargetFunction.mish.taylorCoefficients(at: 0.5, degree: 8)
    let scaled = try TargetFunction.mish.taylorCoefficients(at: 0.5, degree: 8, scale: 2)
    var power = 1.0
    for (value, expected) in zip(scaled, plain) {
      #expect(abs(value - power * expected) <= 1e-14 * power)
      power *= 2
    }
  }

  @Test("There is no series at a kink or where the function is undefined.")
  func noSeries() {
    for (function, centre) in [
      (TargetFunction.relu, 0.0), (.elu(alpha: 1), 0), (.hardTanh, 1), (.sqrt, 0), (.rsqrt, -1),
      (.power(exponent: 0.5), 0),
    ] {
      #expect(throws: FitError.noTaylorSeries(function: function, centre: centre)) {
        try function.taylorCoefficients(at: centre, degree: 3)
      }
    }
    #expect(TargetFunction.power(exponent: 3).isSmooth(at: 0))
  }
}
