import PolynomialApproximation

extension TargetFunction {
  /// The function as a formula in `x`, of numbers, + - * / ^, parentheses, and the functions abs,
  /// exp, log, sqrt, sin, tanh and erf, which Sollya, lolremez and MATLAB have in common.
  ///
  /// - Parameter x: What stands for the argument, in parentheses where it is more than a name.
  func formula(in x: String = "x") -> String {
    switch self {
    case .relu: positive(x)
    case .relu6: clamped(x, from: 0, to: 6)
    case .leakyReLU(let slope): "(\(positive(x)) + \(number(slope))*\(negative(x)))"
    case .elu(let alpha): "(\(positive(x)) + \(number(alpha))*(exp(\(negative(x))) - 1))"
    case .selu:
      "1.0507009873554805*\(TargetFunction.elu(alpha: 1.6732632423543772).formula(in: x))"
    case .celu(let alpha):
      "(\(positive(x)) + \(number(alpha))*(exp(\(negative(x))/\(number(alpha))) - 1))"
    case .sigmoid: logistic(x)
    case .hardSigmoid: clamped("(0.2*\(x) + 0.5)", from: 0, to: 1)
    case .hardSigmoidReLU6: clamped("(\(x)/6 + 0.5)", from: 0, to: 1)
    case .sparseSigmoid: clamped("(\(x)/2 + 0.5)", from: 0, to: 1)
    case .hardTanh: clamped(x, from: -1, to: 1)
    case .tanh: "tanh(\(x))"
    case .softplus: "log(1 + exp(\(x)))"
    case .softsign: "\(x)/(1 + abs(\(x)))"
    case .silu: "\(x)*\(logistic(x))"
    case .hardSilu: "\(x)*\(TargetFunction.hardSigmoidReLU6.formula(in: x))"
    case .gelu: "\(x)*(1 + erf(\(x)/sqrt(2)))/2"
    case .geluTanh:
      "\(x)*\(logistic("(1.5957691216057308*(\(x) + 0.044715*\(x)^3))"))"
    case .mish: "\(x)*tanh(log(1 + exp(\(x))))"
    case .logSigmoid: "(-log(1 + exp(-\(x))))"
    case .tanhShrink: "(\(x) - tanh(\(x)))"
    case .softShrink: "(\(x) - \(clamped(x, from: -0.5, to: 0.5)))"
    case .squareplus: "(\(x) + sqrt(\(x)^2 + 4))/2"
    case .sparsePlus:
      "(\(clamped("(\(x) + 1)", from: 0, to: 2))^2/4 + \(positive("(\(x) - 1)")))"
    case .exp: "exp(\(x))"
    case .sqrt: "sqrt(\(x))"
    case .rsqrt: "1/sqrt(\(x))"
    case .reciprocal: "1/\(x)"
    case .power(let exponent): "\(x)^\(number(exponent))"
    case .sin: "sin(\(x))"
    case .abs: "abs(\(x))"
    case .sign: "\(x)/abs(\(x))"
    case .erf: "erf(\(x))"
    }
  }

  private func logistic(_ x: String) -> String { "1/(1 + exp(-\(x)))" }

  private func positive(_ x: String) -> String { "((\(x) + abs(\(x)))/2)" }

  private func negative(_ x: String) -> String { "((\(x) - abs(\(x)))/2)" }

  private func clamped(_ x: String, from low: Double, to high: Double) -> String {
    "((abs(\(x) - \(number(low))) - abs(\(x) - \(number(high))) + \((low + high).literal))/2)"
  }

  private func number(_ value: Double) -> String {
    value < 0 ? "(\(value.literal))" : value.literal
  }
}
