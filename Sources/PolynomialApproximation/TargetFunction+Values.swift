import Glibc

extension TargetFunction {
  /// The factors λ and α of the scaled exponential linear unit (Klambauer et al., 2017).
  static let seluScale = 1.0507009873554805
  static let seluAlpha = 1.6732632423543772

  /// The coefficient of x³ in the hyperbolic-tangent form of gelu (Hendrycks & Gimpel, 2016).
  static let geluCubic = 0.044715

  /// Returns the value at `x`, computed without cancellation.
  ///
  /// It is right to a few units in the last place, except that the tails of gelu magnify the
  /// rounding of their argument. Outside the admissible domain it is not a number or infinite.
  public func callAsFunction(_ x: Double) -> Double {
    switch self {
    case .relu: max(x, 0)
    case .relu6: min(max(x, 0), 6)
    case .leakyReLU(let slope): x >= 0 ? x : slope * x
    case .elu(let alpha): x >= 0 ? x : alpha * expm1(x)
    case .selu: TargetFunction.seluScale * TargetFunction.elu(alpha: TargetFunction.seluAlpha)(x)
    case .celu(let alpha): x >= 0 ? x : alpha * expm1(x / alpha)
    case .sigmoid: logistic(x)
    case .hardSigmoid: min(max(0.2 * x + 0.5, 0), 1)
    case .hardSigmoidReLU6: min(max(x / 6 + 0.5, 0), 1)
    case .sparseSigmoid: min(max(0.5 * x + 0.5, 0), 1)
    case .hardTanh: min(max(x, -1), 1)
    case .tanh: Glibc.tanh(x)
    case .softplus: logOnePlusExp(x)
    case .softsign: x / (1 + Swift.abs(x))
    case .silu: x * logistic(x)
    case .hardSilu: x * min(max(x / 6 + 0.5, 0), 1)
    case .gelu: x * erfc(-x * 0.5.squareRoot()) / 2
    case .geluTanh: x * logistic(2 * (2 / Double.pi).squareRoot() * geluArgument(x))
    case .mish: x * tanhOfLogOnePlusExp(x)
    case .logSigmoid: -logOnePlusExp(-x)
    case .tanhShrink: lessTanh(x)
    case .softShrink: x - min(max(x, -0.5), 0.5)
    case .squareplus: x < 0 ? 2 / (hypot(x, 2) - x) : (x + hypot(x, 2)) / 2
    case .sparsePlus: x >= 1 ? x : pow(max(x + 1, 0), 2) / 4
    case .exp: Glibc.exp(x)
    case .sqrt: x.squareRoot()
    case .rsqrt: 1 / x.squareRoot()
    case .reciprocal: 1 / x
    case .power(let exponent): pow(x, exponent)
    case .sin: Glibc.sin(x)
    case .abs: Swift.abs(x)
    case .sign: x > 0 ? 1 : x < 0 ? -1 : 0
    case .erf: Glibc.erf(x)
    }
  }

  private func geluArgument(_ x: Double) -> Double {
    x * (1 + TargetFunction.geluCubic * x * x)
  }
}

/// Returns 1/(1 + e⁻ˣ) with full relative accuracy on both sides.
private func logistic(_ x: Double) -> Double {
  let decay = exp(-abs(x))
  return (x >= 0 ? 1 : decay) / (1 + decay)
}

/// Returns log(1 + eˣ).
private func logOnePlusExp(_ x: Double) -> Double { max(x, 0) + log1p(exp(-abs(x))) }

/// Returns tanh(log(1 + eˣ)) = ((1 + eˣ)² - 1)/((1 + eˣ)² + 1), written in e^-|x|.
private func tanhOfLogOnePlusExp(_ x: Double) -> Double {
  let decay = exp(-abs(x))
  if x >= 0 {
    let numerator = 1 + 2 * decay
    return numerator / (numerator + 2 * decay * decay)
  }
  let numerator = decay * (decay + 2)
  return numerator / (numerator + 2)
}

/// Returns x - tanh(x), near 0 by Lambert's continued fraction tanh(x) = x/(1 + c) with
/// c = x²/(3 + x²/(5 + …)), of which ten levels are exact to rounding below 1.
private func lessTanh(_ x: Double) -> Double {
  guard abs(x) < 1 else { return x - tanh(x) }
  let fraction = stride(from: 21.0, through: 3, by: -2).reduce(0) { x * x / ($1 + $0) }
  return x * fraction / (1 + fraction)
}
