import Glibc
import NetworkGraph

extension Reference {
  static func exponential(_ x: Double) -> Double { exp(x) }

  static func logarithm(_ x: Double) -> Double { log(x) }

  /// The function in Double, by its definition.
  static func activation(_ function: ActivationFunction, _ x: Double) -> Double {
    let logistic = 1 / (1 + exp(-x))
    let softplus = max(x, 0) + log1p(exp(-abs(x)))
    switch function {
    case .rectifier(let slope, let bound): return min(x < 0 ? Double(slope) * x : x, Double(bound))
    case .thresholdedReLU(let threshold, let slope, let bound):
      return x > Double(threshold)
        ? min(x, Double(bound)) : Double(slope) * (x - Double(threshold))
    case .elu(let alpha): return x < 0 ? Double(alpha) * expm1(x) : x
    case .selu: return 1.050_700_987_355_480_5 * (x < 0 ? 1.673_263_242_354_377_2 * expm1(x) : x)
    case .sigmoid: return logistic
    case .hardSigmoid(let slope): return min(max(Double(slope) * x + 0.5, 0), 1)
    case .tanh: return Glibc.tanh(x)
    case .hardTanh: return min(max(x, -1), 1)
    case .softplus: return softplus
    case .softsign: return x / (1 + abs(x))
    case .silu: return x * logistic
    case .hardSilu: return x * min(max(x / 6 + 0.5, 0), 1)
    case .gelu(approximate: false): return 0.5 * x * erfc(-x / 2.0.squareRoot())
    case .gelu(approximate: true):
      return 0.5 * x * (1 + Glibc.tanh((2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x)))
    case .mish: return x * Glibc.tanh(softplus)
    case .logSigmoid: return x - softplus
    case .celu(let alpha): return x < 0 ? Double(alpha) * expm1(x / Double(alpha)) : x
    case .tanhShrink: return x - Glibc.tanh(x)
    case .softShrink: return x > 0.5 ? x - 0.5 : x < -0.5 ? x + 0.5 : 0
    case .squareplus: return (x + (x * x + 4).squareRoot()) / 2
    case .sparsePlus: return x <= -1 ? 0 : x < 1 ? (x + 1) * (x + 1) / 4 : x
    case .exponential: return exp(x)
    case .power(let exponent): return pow(x, Double(exponent))
    case .softmax, .logSoftmax, .prelu: fatalError("not a function of one number")
    }
  }
}
