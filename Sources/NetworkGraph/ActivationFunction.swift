import Glibc

/// A nonlinearity that acts on pre-activations.
///
/// All but `softmax`, `logSoftmax` and `prelu` act on each number alone.
public enum ActivationFunction: Hashable, Sendable {
  /// `slope·x` below 0, `x` above, never more than `bound` (infinite if there is none).
  ///
  /// ReLU, ReLU6, leaky ReLU and Keras' `ReLU(max_value:, negative_slope:)` are all of this form.
  case rectifier(slope: Float, bound: Float)
  /// `x` where `x > threshold`, never more than `bound`; `slope·(x − threshold)` elsewhere.
  case thresholdedReLU(threshold: Float, slope: Float = 0, bound: Float = .infinity)
  /// A rectifier with a slope of its own for each channel, or for each place in the sample.
  case prelu(slopes: [Float])
  case elu(alpha: Float)
  case selu
  /// `alpha·(exp(x/alpha) − 1)` below 0, `x` above.
  case celu(alpha: Float)
  case sigmoid
  /// The piecewise linear sigmoid `min(max(slope·x + 1/2, 0), 1)`: slope 1/5 in Keras 1 and 2,
  /// 1/6 in Keras 3; with 1/2 it is the sparse sigmoid.
  case hardSigmoid(slope: Float)
  case tanh
  /// The identity clipped to [-1, 1].
  case hardTanh
  case softplus
  case softsign
  case silu
  /// `x · min(max(x/6 + 1/2, 0), 1)`.
  case hardSilu
  /// `x·Φ(x)`; the approximate form replaces Φ by a hyperbolic tangent.
  case gelu(approximate: Bool)
  case mish
  case logSigmoid
  /// `x − tanh(x)`.
  case tanhShrink
  /// `x` brought nearer to 0 by 1/2, and 0 where it would pass it.
  case softShrink
  /// `(x + √(x² + 4))/2`.
  case squareplus
  /// 0 below −1, `x` above 1, and the parabola `(x + 1)²/4` between.
  case sparsePlus
  case exponential
  /// `x` to a fixed power; the base of a local response normalisation is raised to one.
  case power(Float)
  /// Exponentials over the last axis, divided by their sum.
  case softmax
  /// The logarithm of the softmax.
  case logSoftmax
}

extension ActivationFunction {
  public static let relu = rectifier(slope: 0, bound: .infinity)

  /// The name without parameters, which ends the name of a site: `relu`, `leaky_relu`, `softmax`.
  public var name: String {
    switch self {
    case .rectifier(slope: 0, bound: .infinity): "relu"
    case .rectifier(slope: 0, bound: 6): "relu6"
    case .rectifier(slope: _, bound: .infinity): "leaky_relu"
    case .rectifier: "bounded_relu"
    case .thresholdedReLU: "thresholded_relu"
    case .prelu: "prelu"
    case .elu: "elu"
    case .selu: "selu"
    case .celu: "celu"
    case .sigmoid: "sigmoid"
    case .hardSigmoid(slope: 0.5): "sparse_sigmoid"
    case .hardSigmoid(slope: 0.2): "hard_sigmoid"
    case .hardSigmoid: "hard_sigmoid_relu6"
    case .tanh: "tanh"
    case .hardTanh: "hard_tanh"
    case .softplus: "softplus"
    case .softsign: "softsign"
    case .silu: "silu"
    case .hardSilu: "hard_silu"
    case .gelu(approximate: false): "gelu"
    case .gelu(approximate: true): "gelu_tanh"
    case .mish: "mish"
    case .logSigmoid: "log_sigmoid"
    case .tanhShrink: "tanh_shrink"
    case .softShrink: "soft_shrink"
    case .squareplus: "squareplus"
    case .sparsePlus: "sparse_plus"
    case .exponential: "exp"
    case .power: "power"
    case .softmax: "softmax"
    case .logSoftmax: "log_softmax"
    }
  }

  /// The name with its parameters, as files carry it: `leaky_relu(0.3)`, `elu(1)`, `relu`.
  public var canonicalText: String {
    let parameters = parameters
    return parameters.isEmpty
      ? name : "\(name)(\(parameters.map(Self.shortText).joined(separator: ",")))"
  }

  /// The numbers that the name does not say.
  private var parameters: [Float] {
    switch self {
    case .rectifier(slope: 0, bound: .infinity), .rectifier(slope: 0, bound: 6): []
    case .rectifier(let slope, bound: .infinity): [slope]
    case .rectifier(let slope, let bound): [slope, bound]
    case .thresholdedReLU(let threshold, slope: 0, bound: .infinity): [threshold]
    case .thresholdedReLU(let threshold, let slope, let bound): [threshold, slope, bound]
    case .elu(let alpha), .celu(let alpha): [alpha]
    case .power(let exponent): [exponent]
    default: []
    }
  }

  /// The shortest text that reads back as the number, without the ".0" of a whole one.
  private static func shortText(_ x: Float) -> String {
    let text = "\(x)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// Returns the function's value at `x`.
  ///
  /// - Precondition: The function acts on each number alone: not `softmax`, `logSoftmax` or `prelu`.
  public func callAsFunction(_ x: Float) -> Float {
    switch self {
    case .rectifier(let slope, let bound): Self.rectified(x, slope, bound)
    case .thresholdedReLU(let threshold, let slope, let bound):
      x <= threshold ? Self.rectified(x - threshold, slope, 0) : (x > bound ? bound : x)
    case .elu(let alpha): x < 0 ? alpha * expm1f(x) : x
    case .celu(let alpha): x < 0 ? alpha * expm1f(x / alpha) : x
    case .selu: 1.050_700_9 * (x < 0 ? 1.673_263_2 * expm1f(x) : x)
    case .sigmoid: Self.logistic(x)
    case .hardSigmoid(let slope): Self.clamp(slope * x + 0.5, 0, 1)
    case .tanh: tanhf(x)
    case .hardTanh: Self.clamp(x, -1, 1)
    case .softplus: Self.softRectified(x)
    case .softsign: x / (1 + abs(x))
    case .silu: x * Self.logistic(x)
    case .hardSilu: x * Self.clamp(x / 6 + 0.5, 0, 1)
    case .gelu(approximate: false): 0.5 * x * erfcf(-x * 0.707_106_78)
    case .gelu(approximate: true):
      0.5 * x * (1 + tanhf(0.797_884_56 * (x + 0.044_715 * x * x * x)))
    case .mish: x * tanhf(Self.softRectified(x))
    case .logSigmoid: -Self.softRectified(-x)
    case .tanhShrink: x - tanhf(x)
    case .softShrink: x - Self.clamp(x, -0.5, 0.5)
    case .squareplus: Self.squareplus(x)
    case .sparsePlus: x >= 1 ? x : 0.25 * Self.square(Self.clamp(x + 1, 0, 2))
    case .exponential: expf(x)
    case .power(let exponent): powf(x, exponent)
    case .softmax, .logSoftmax, .prelu:
      preconditionFailure("\(name) does not act on one number alone")
    }
  }

  /// A slope of 0 gives zero below 0, for −∞ as well.
  private static func rectified(_ x: Float, _ slope: Float, _ bound: Float) -> Float {
    let y = x < 0 ? (slope == 0 ? 0 : slope * x) : x
    return y > bound ? bound : y
  }

  private static func logistic(_ x: Float) -> Float {
    // The exponential's argument is never positive, so it cannot overflow.
    if x < 0 {
      let e = expf(x)
      return e / (1 + e)
    }
    return 1 / (1 + expf(-x))
  }

  private static func softRectified(_ x: Float) -> Float {
    x.isNaN ? x : max(x, 0) + log1pf(expf(-abs(x)))
  }

  /// Left of 0 the root and `x` would cancel.
  private static func squareplus(_ x: Float) -> Float {
    let root = hypotf(x, 2)
    return x < 0 ? 2 / (root - x) : 0.5 * (x + root)
  }

  private static func square(_ x: Float) -> Float { x * x }

  /// Keeps NaN, which `min` and `max` would hide.
  private static func clamp(_ x: Float, _ lower: Float, _ upper: Float) -> Float {
    x < lower ? lower : (x > upper ? upper : x)
  }
}
