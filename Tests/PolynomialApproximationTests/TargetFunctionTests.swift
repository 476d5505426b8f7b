import PolynomialApproximation
import Testing

/// One of every function, with parameters where there are any.
let everyFunction: [TargetFunction] = [
  .relu, .relu6, .leakyReLU(slope: 0.3), .elu(alpha: 1.5), .selu, .celu(alpha: 2), .sigmoid,
  .hardSigmoid, .hardSigmoidReLU6, .hardTanh, .tanh, .softplus, .softsign, .silu, .hardSilu,
  .gelu, .geluTanh, .mish, .logSigmoid, .exp, .sqrt, .rsqrt, .reciprocal,
  .sparseSigmoid, .tanhShrink, .softShrink, .squareplus, .sparsePlus,
  .power(exponent: -0.75), .power(exponent: 0.3), .power(exponent: 2), .power(exponent: 3), .sin,
  .abs, .sign, .erf,
]

@Suite struct TargetFunctionTests {
  @Test("The names are distinct and cover every function.")
  func names() {
    let names = Set(everyFunction.map { $0.parameter == nil ? $0.name : $0.name + "(…)" })
    #expect(names == Set(TargetFunction.knownNames))
    #expect(TargetFunction.knownNames.count == 33)
  }

  @Test("A parameter appears in the text in its shortest form.")
  func parameters() {
    #expect(TargetFunction.leakyReLU(slope: 0.3).description == "leaky_relu(0.3)")
    #expect(TargetFunction.elu(alpha: 1).description == "elu(1)")
    #expect(TargetFunction.power(exponent: -0.75).parameter == -0.75)
    #expect(TargetFunction.gelu.parameter == nil)
  }
}
