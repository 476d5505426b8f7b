/// A function of one real variable that a polynomial is to replace.
///
/// Its canonical text, such as `gelu` or `leaky_relu(0.3)`, is `description`; `init(_:)` reads it
/// back, and files carry it.
public enum TargetFunction: Hashable, Sendable {
  /// max(x, 0)
  case relu
  /// min(max(x, 0), 6)
  case relu6
  /// x for x ≥ 0, and `slope`·x below.
  case leakyReLU(slope: Double)
  /// x for x ≥ 0, and `alpha`·(eˣ - 1) below.
  case elu(alpha: Double)
  /// The scaled exponential linear unit of Klambauer et al. (2017).
  case selu
  /// x for x ≥ 0, and `alpha`·(exp(x/`alpha`) - 1) below; `alpha` is positive.
  case celu(alpha: Double)
  /// 1/(1 + e⁻ˣ)
  case sigmoid
  /// 0.2x + 0.5 cut off at 0 and 1: the hard sigmoid of Keras 1 and 2.
  case hardSigmoid
  /// x/6 + 0.5 cut off at 0 and 1: the hard sigmoid of Keras 3, PyTorch and MobileNetV3.
  case hardSigmoidReLU6
  /// x/2 + 0.5 cut off at 0 and 1.
  case sparseSigmoid
  /// x cut off at -1 and 1.
  case hardTanh
  /// The hyperbolic tangent.
  case tanh
  /// log(1 + eˣ)
  case softplus
  /// x/(1 + |x|)
  case softsign
  /// x/(1 + e⁻ˣ), also called swish.
  case silu
  /// x times `hardSigmoidReLU6`, also called hard swish.
  case hardSilu
  /// x·Φ(x), with the distribution function Φ of the standard normal law.
  case gelu
  /// The approximation of `gelu` by a hyperbolic tangent, which many networks use instead.
  case geluTanh
  /// x·tanh(log(1 + eˣ))
  case mish
  /// -log(1 + e⁻ˣ)
  case logSigmoid
  /// x - tanh(x)
  case tanhShrink
  /// x - 1/2 above 1/2, x + 1/2 below -1/2, and 0 between.
  case softShrink
  /// (x + √(x² + 4))/2
  case squareplus
  /// 0 below -1, x above 1, and (x + 1)²/4 between.
  case sparsePlus
  /// eˣ
  case exp
  /// √x
  case sqrt
  /// 1/√x
  case rsqrt
  /// 1/x, for positive x only.
  case reciprocal
  /// `exponent`-th power of x, for positive x unless `exponent` is a natural number.
  case power(exponent: Double)
  /// The sine of x in radians.
  case sin
  /// |x|
  case abs
  /// -1, 0 or 1, as x is negative, zero or positive.
  case sign
  /// The error function.
  case erf
}

extension TargetFunction {
  /// The functions without a parameter, by canonical name.
  static let plain: [String: TargetFunction] = [
    "relu": .relu, "relu6": .relu6, "selu": .selu, "sigmoid": .sigmoid,
    "hard_sigmoid": .hardSigmoid, "hard_sigmoid_relu6": .hardSigmoidReLU6, "hard_tanh": .hardTanh,
    "tanh": .tanh, "softplus": .softplus, "softsign": .softsign, "silu": .silu,
    "hard_silu": .hardSilu, "gelu": .gelu, "gelu_tanh": .geluTanh, "mish": .mish,
    "log_sigmoid": .logSigmoid, "exp": .exp, "sqrt": .sqrt, "rsqrt": .rsqrt,
    "sparse_sigmoid": .sparseSigmoid, "tanh_shrink": .tanhShrink, "soft_shrink": .softShrink,
    "squareplus": .squareplus, "sparse_plus": .sparsePlus,
    "reciprocal": .reciprocal, "sin": .sin, "abs": .abs, "sign": .sign, "erf": .erf,
  ]

  /// The functions with a parameter, by canonical name.
  static let parameterised: [String: @Sendable (Double) -> TargetFunction] = [
    "leaky_relu": { .leakyReLU(slope: $0) }, "elu": { .elu(alpha: $0) },
    "celu": { .celu(alpha: $0) }, "power": { .power(exponent: $0) },
  ]

  /// The other names that are understood; prelu is leaky_relu with the slope of one channel.
  static let aliases: [String: String] = [
    "swish": "silu", "hard_swish": "hard_silu", "exponential": "exp", "prelu": "leaky_relu",
  ]

  /// The canonical names, sorted; those of functions with a parameter end in `(…)`.
  public static let knownNames: [String] =
    (Array(plain.keys) + parameterised.keys.map { $0 + "(…)" }).sorted()

  private static let plainNames: [TargetFunction: String] =
    Dictionary(uniqueKeysWithValues: plain.map { ($0.value, $0.key) })

  /// The canonical name, without the parameter.
  public var name: String {
    switch self {
    case .leakyReLU: "leaky_relu"
    case .elu: "elu"
    case .celu: "celu"
    case .power: "power"
    default: TargetFunction.plainNames[self]!
    }
  }

  /// The parameter, or nil for a function that has none.
  public var parameter: Double? {
    switch self {
    case .leakyReLU(let value), .elu(let value), .celu(let value), .power(let value): value
    default: nil
    }
  }
}

extension TargetFunction: CustomStringConvertible {
  /// The canonical text, such as `gelu` or `leaky_relu(0.3)`.
  public var description: String { parameter.map { "\(name)(\($0.shortText))" } ?? name }
}
