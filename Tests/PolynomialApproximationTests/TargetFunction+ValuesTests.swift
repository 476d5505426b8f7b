import Glibc
import PolynomialApproximation
import Testing

@Suite struct TargetFunctionValuesTests {
  static let points = [-40.0, -5.0, -0.5, 1e-9, 3.0, 40.0]

  /// Values at `points` from 40-digit arithmetic.
  static let values: [(TargetFunction, [Double])] = [
    (
      .sigmoid,
      [
        4.248354255291589e-18, 0.0066928509242848556, 0.37754066879814544, 0.50000000025,
        0.95257412682243322, 1,
      ]
    ),
    (
      .softplus,
      [
        4.248354255291589e-18, 0.0067153484891180686, 0.47407698418010668, 0.69314718105994531,
        3.0485873515737421, 40,
      ]
    ),
    (
      .silu,
      [
        -1.6993417021166356e-16, -0.033464254621424278, -0.18877033439907272,
        5.0000000025000003e-10, 2.8577223804672997, 40,
      ]
    ),
    (
      .gelu,
      [
        0, -1.4332578593959696e-6, -0.15426876936299345, 5.0000000039894231e-10,
        2.9959503059051097, 40,
      ]
    ),
    (
      .geluTanh,
      [
        0, -2.291796196629507e-7, -0.15428599017485608, 5.0000000039894231e-10,
        2.996362607918227, 40,
      ]
    ),
    (
      .mish,
      [
        -1.6993417021166356e-16, -0.033576237730161705, -0.22074377465173,
        6.0000000032000004e-10, 2.9865350049679573, 40,
      ]
    ),
    (
      .logSigmoid,
      [
        -40, -5.0067153484891181, -0.97407698418010668, -0.69314718005994531,
        -0.048587351573742059, -4.248354255291589e-18,
      ]
    ),
    (
      .elu(alpha: 1), [-1, -0.99326205300091453, -0.39346934028736658, 1e-9, 3, 40]
    ),
    (
      .selu,
      [
        -1.7580993408473767, -1.74625336066962, -0.69175818780287133, 1.0507009873554805e-9,
        3.1521029620664414, 42.028039494219218,
      ]
    ),
    (
      .celu(alpha: 2),
      [-1.9999999958776928, -1.8358300027522024, -0.44239843385719026, 1e-9, 3, 40]
    ),
    (
      .tanhShrink,
      [
        -39, -4.000090795737405, -0.03788284273999024, 3.3333333333333333e-28,
        2.0049452463132695, 39.0,
      ]
    ),
    (
      .squareplus,
      [
        0.02498439450078573, 0.192582403567252, 0.7807764064044151, 1.0000000005,
        3.302775637731995, 40.024984394500784,
      ]
    ),
  ]

  @Test("Values agree with 40-digit arithmetic, in the tails too.", arguments: values)
  func stableValues(function: TargetFunction, values: [Double]) {
    for (point, value) in zip(Self.points, values) {
      // 64 units of rounding: the rounded argument of erfc(3.5) is magnified 25 times.
      let tolerance = 64 * Double.ulpOfOne * abs(value)
      #expect(abs(function(point) - value) <= max(tolerance, 1e-300), "at \(point)")
    }
  }

  /// Values at -8, -2, 2 and 8.
  static let piecewise: [(TargetFunction, [Double])] = [
    (.relu, [0, 0, 2, 8]),
    (.relu6, [0, 0, 2, 6]),
    (.leakyReLU(slope: 0.25), [-2, -0.5, 2, 8]),
    (.hardSigmoid, [0, 0.1, 0.9, 1]),
    (.hardSigmoidReLU6, [0, 1.0 / 6, 5.0 / 6, 1]),
    (.hardTanh, [-1, -1, 1, 1]),
    (.sparseSigmoid, [0, 0, 1, 1]),
    (.softShrink, [-7.5, -1.5, 1.5, 7.5]),
    (.sparsePlus, [0, 0, 2, 8]),
    (.softsign, [-8.0 / 9, -2.0 / 3, 2.0 / 3, 8.0 / 9]),
    (.hardSilu, [0, -1.0 / 3, 5.0 / 3, 8]),
    (.abs, [8, 2, 2, 8]),
    (.sign, [-1, -1, 1, 1]),
    (.power(exponent: 3), [-512, -8, 8, 512]),
  ]

  @Test("Piecewise functions have their defining values.", arguments: piecewise)
  func piecewiseValues(function: TargetFunction, values: [Double]) {
    for (point, value) in zip([-8.0, -2, 2, 8], values) {
      #expect(abs(function(point) - value) <= 2 * value.ulp, "at \(point)")
    }
  }

  @Test("Powers and roots of 4 and the elementary functions have their values.")
  func elementaryValues() {
    #expect(TargetFunction.sqrt(4) == 2)
    #expect(TargetFunction.rsqrt(4) == 0.5)
    #expect(TargetFunction.reciprocal(4) == 0.25)
    #expect(TargetFunction.power(exponent: -1.5)(4) == 0.125)
    #expect(TargetFunction.exp(1) == M_E)
    #expect(abs(TargetFunction.sin(.pi / 6) - 0.5) < 1e-15)
    #expect(abs(TargetFunction.tanh(0.5) - 0.46211715726000976) < 1e-16)
    #expect(abs(TargetFunction.erf(0.5) - 0.52049987781304654) < 2e-16)
    #expect(TargetFunction.sign(0) == 0)
    #expect(TargetFunction.sparsePlus(0.5) == 0.5625)
    #expect(TargetFunction.sparseSigmoid(0.5) == 0.75)
    #expect(TargetFunction.softShrink(-0.25) == 0)
  }

  @Test("No function defined everywhere loses its value at huge arguments.")
  func hugeArguments() {
    let growing: Set<TargetFunction> = [.exp, .power(exponent: 2), .power(exponent: 3)]
    for function in everyFunction
    where function.admissibleDomain == .all && !growing.contains(function) {
      for point in [-1e150, -1e4, 1e4, 1e150] {
        #expect(function(point).isFinite, "\(function) at \(point)")
      }
    }
  }
}
