import NetworkGraph
import Testing

/// A function of every kind that acts on each number alone.
let scalarFunctions: [ActivationFunction] = [
  .relu, .rectifier(slope: 0, bound: 6), .rectifier(slope: 0.25, bound: .infinity),
  .rectifier(slope: 0.5, bound: 2), .thresholdedReLU(threshold: 1), .elu(alpha: 1),
  .elu(alpha: 0.5), .selu, .sigmoid, .hardSigmoid(slope: 0.2), .hardSigmoid(slope: 1 / 6), .tanh,
  .hardTanh, .softplus, .softsign, .silu, .hardSilu, .gelu(approximate: false),
  .gelu(approximate: true), .mish, .logSigmoid, .exponential, .power(0.75), .power(-0.75),
  .thresholdedReLU(threshold: 1, slope: 0.5, bound: 2), .celu(alpha: 2), .hardSigmoid(slope: 0.5),
  .tanhShrink, .softShrink, .squareplus, .sparsePlus,
]

@Suite struct ActivationFunctionTests {
  /// Ten digits from arithmetic with more, such as `bc -l`.
  @Test(
    "Values are right to Float's rounding.",
    arguments: [
      (ActivationFunction.relu, Float(2), 2.0), (.relu, -2, 0),
      (.rectifier(slope: 0, bound: 6), 7, 6), (.rectifier(slope: 0.25, bound: .infinity), -2, -0.5),
      (.rectifier(slope: 0.5, bound: 2), 3, 2), (.rectifier(slope: -1, bound: 2), -3, 2),
      (.thresholdedReLU(threshold: 1), 1, 0), (.thresholdedReLU(threshold: 1), 1.5, 1.5),
      (.elu(alpha: 1), -1, -0.632_120_558_8), (.elu(alpha: 0.5), -2, -0.432_332_358_4),
      (.elu(alpha: 1), 3, 3), (.selu, 1, 1.050_700_987_4), (.selu, -1, -1.111_330_737_6),
      (.sigmoid, 0, 0.5), (.sigmoid, 2, 0.880_797_078_0), (.sigmoid, -100, 3.720_075_976e-44),
      (.hardSigmoid(slope: 0.2), 1, 0.7), (.hardSigmoid(slope: 1 / 6), 1, 0.666_666_666_7),
      (.hardSigmoid(slope: 0.2), -3, 0), (.hardSigmoid(slope: 0.2), 3, 1),
      (.tanh, 1, 0.761_594_156_0), (.hardTanh, 0.5, 0.5), (.hardTanh, -7, -1), (.hardTanh, 7, 1),
      (.softplus, 0, 0.693_147_180_6), (.softplus, 1, 1.313_261_687_5), (.softplus, 100, 100),
      (.softplus, -20, 2.061_153_620e-9), (.softsign, 3, 0.75), (.softsign, -1, -0.5),
      (.silu, 1, 0.731_058_578_6), (.silu, -2, -0.238_405_844_0), (.hardSilu, 1, 0.666_666_666_7),
      (.hardSilu, -3, 0), (.hardSilu, 4, 4), (.gelu(approximate: false), 1, 0.841_344_746_1),
      (.gelu(approximate: false), -2, -0.045_500_263_9),
      (.gelu(approximate: true), 1, 0.841_191_990_6), (.mish, 1, 0.865_098_388_3),
      (.mish, -1, -0.303_401_460_4), (.logSigmoid, 0, -0.693_147_180_6),
      (.logSigmoid, -100, -100), (.exponential, 1, 2.718_281_828_5),
      (.power(0.75), 16, 8), (.power(-0.75), 16, 0.125),
      (.thresholdedReLU(threshold: 1, slope: 0.5, bound: 2), 1.5, 1.5),
      (.thresholdedReLU(threshold: 1, slope: 0.5, bound: 2), 3, 2),
      (.thresholdedReLU(threshold: 1, slope: 0.5, bound: 2), -1, -1),
      (.celu(alpha: 2), -2, -1.264_241_117_7), (.celu(alpha: 2), 3, 3),
      (.hardSigmoid(slope: 0.5), 0.5, 0.75), (.tanhShrink, 1, 0.238_405_844_0),
      (.softShrink, 2, 1.5), (.softShrink, -2, -1.5), (.softShrink, 0.25, 0),
      (.squareplus, 1, 1.618_033_988_7), (.squareplus, -2, 0.414_213_562_4),
      (.squareplus, -1000, 9.999_990_000e-4), (.sparsePlus, -1, 0), (.sparsePlus, 0.5, 0.562_5),
      (.sparsePlus, 3, 3),
    ])
  func values(function: ActivationFunction, x: Float, expected: Double) {
    // A handful of Float operations, each off by 2⁻²⁴ of values near 1 at most.
    #expect(abs(Double(function(x)) - expected) <= 4e-7 * max(abs(expected), 1e-37))
  }

  @Test("NaN comes out as NaN.", arguments: scalarFunctions)
  func notANumber(function: ActivationFunction) {
    #expect(function(.nan).isNaN)
  }

  @Test("A rectifier without slope makes -∞ zero, and keeps ∞ unless it is bounded.")
  func infinities() {
    #expect(ActivationFunction.relu(-.infinity) == 0)
    #expect(ActivationFunction.relu(.infinity) == .infinity)
    #expect(ActivationFunction.rectifier(slope: 0, bound: 6)(.infinity) == 6)
    #expect(ActivationFunction.rectifier(slope: 0.1, bound: 6)(-.infinity) == -.infinity)
  }

  @Test("Large arguments overflow only where the function does.")
  func large() {
    #expect(ActivationFunction.sigmoid(1000) == 1)
    #expect(ActivationFunction.sigmoid(-1000) == 0)
    #expect(ActivationFunction.softplus(1000) == 1000)
    #expect(ActivationFunction.logSigmoid(-1000) == -1000)
    #expect(ActivationFunction.silu(-1000) == 0)
    #expect(ActivationFunction.mish(1000) == 1000)
    #expect(ActivationFunction.gelu(approximate: false)(-1000) == 0)
    #expect(ActivationFunction.exponential(1000) == .infinity)
  }

  @Test("Softmax and PReLU have no value for one number alone.")
  func notAlone() async {
    await #expect(processExitsWith: .failure) { _ = ActivationFunction.softmax(1) }
    await #expect(processExitsWith: .failure) { _ = ActivationFunction.logSoftmax(1) }
    await #expect(processExitsWith: .failure) { _ = ActivationFunction.prelu(slopes: [1])(1) }
  }

  @Test("The canonical text is the name with the parameters that make a difference.")
  func texts() {
    let texts: [(ActivationFunction, String, String)] = [
      (.relu, "relu", "relu"), (.rectifier(slope: 0, bound: 6), "relu6", "relu6"),
      (.rectifier(slope: 0.3, bound: .infinity), "leaky_relu", "leaky_relu(0.3)"),
      (.rectifier(slope: 0, bound: 4), "bounded_relu", "bounded_relu(0,4)"),
      (.rectifier(slope: 0.1, bound: 6), "bounded_relu", "bounded_relu(0.1,6)"),
      (.thresholdedReLU(threshold: 1), "thresholded_relu", "thresholded_relu(1)"),
      (.prelu(slopes: [0.1, 0.2]), "prelu", "prelu"), (.elu(alpha: 1), "elu", "elu(1)"),
      (.selu, "selu", "selu"), (.sigmoid, "sigmoid", "sigmoid"),
      (.hardSigmoid(slope: 0.2), "hard_sigmoid", "hard_sigmoid"),
      (.hardSigmoid(slope: 1 / 6), "hard_sigmoid_relu6", "hard_sigmoid_relu6"),
      (.tanh, "tanh", "tanh"), (.hardTanh, "hard_tanh", "hard_tanh"),
      (.softplus, "softplus", "softplus"), (.softsign, "softsign", "softsign"),
      (.silu, "silu", "silu"), (.hardSilu, "hard_silu", "hard_silu"),
      (.gelu(approximate: false), "gelu", "gelu"),
      (.gelu(approximate: true), "gelu_tanh", "gelu_tanh"), (.mish, "mish", "mish"),
      (.logSigmoid, "log_sigmoid", "log_sigmoid"), (.exponential, "exp", "exp"),
      (.power(-0.75), "power", "power(-0.75)"), (.softmax, "softmax", "softmax"),
      (
        .thresholdedReLU(threshold: 1, slope: 0.5, bound: 2), "thresholded_relu",
        "thresholded_relu(1,0.5,2)"
      ),
      (.celu(alpha: 1), "celu", "celu(1)"),
      (.hardSigmoid(slope: 0.5), "sparse_sigmoid", "sparse_sigmoid"),
      (.tanhShrink, "tanh_shrink", "tanh_shrink"), (.softShrink, "soft_shrink", "soft_shrink"),
      (.squareplus, "squareplus", "squareplus"), (.sparsePlus, "sparse_plus", "sparse_plus"),
      (.logSoftmax, "log_softmax", "log_softmax"),
    ]
    for (function, name, text) in texts {
      #expect(function.name == name)
      #expect(function.canonicalText == text)
    }
  }
}
