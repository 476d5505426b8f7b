/// Whether a function keeps or changes its sign when its argument does.
public enum Parity: String, Hashable, Sendable, Codable {
  /// f(-x) = f(x)
  case even
  /// f(-x) = -f(x)
  case odd
  /// Neither of the two.
  case neither
}

/// A symmetry of a graph about a vertical line or a point, up to a straight line.
public struct Symmetry: Hashable, Sendable {
  /// The number about which the graph is symmetric.
  public let centre: Double

  /// The parity of the symmetric part g, as a function of the distance from `centre`.
  public let parity: Parity

  /// What is added to an odd g: f(x) = `constant` + g(x - `centre`); 0 for an even g.
  public let constant: Double

  /// The line added to an even g: f(x) = `slope`·(x - `centre`) + g(x - `centre`); 0 for an odd g.
  public let slope: Double

  static func even(slope: Double = 0) -> Symmetry {
    Symmetry(centre: 0, parity: .even, constant: 0, slope: slope)
  }

  static func odd(about value: Double = 0, at centre: Double = 0) -> Symmetry {
    Symmetry(centre: centre, parity: .odd, constant: value, slope: 0)
  }
}

/// The real numbers at which a function is defined.
public enum AdmissibleDomain: Hashable, Sendable {
  /// All real numbers.
  case all
  /// Zero and the positive numbers.
  case nonNegative
  /// The positive numbers; the function is unbounded near zero.
  case positive

  /// Returns whether the function is defined at `x`.
  public func contains(_ x: Double) -> Bool {
    switch self {
    case .all: true
    case .nonNegative: x >= 0
    case .positive: x > 0
    }
  }

  /// Returns two bounds, moved to the domain's edge where they lie outside.
  func clip(_ lower: Double, _ upper: Double) -> (lower: Double, upper: Double) {
    switch self {
    case .all: (lower, upper)
    case .nonNegative: (max(lower, 0), upper)
    case .positive: (max(lower, .leastNormalMagnitude), upper)
    }
  }
}

extension TargetFunction {
  /// The symmetry of the graph, or nil where it has none that helps a polynomial.
  ///
  /// Relu is x/2 plus an even function, and so are softplus, gelu and silu; sigmoid is 1/2 plus
  /// an odd one.
  public var symmetry: Symmetry? {
    switch self {
    case .abs: .even()
    case .relu, .softplus, .logSigmoid, .silu, .hardSilu, .gelu, .geluTanh, .squareplus,
      .sparsePlus:
      .even(slope: 0.5)
    case .leakyReLU(let slope): .even(slope: (1 + slope) / 2)
    case .tanh, .hardTanh, .softsign, .tanhShrink, .softShrink, .sin, .sign, .erf: .odd()
    case .sigmoid, .hardSigmoid, .hardSigmoidReLU6, .sparseSigmoid: .odd(about: 0.5)
    case .relu6: .odd(about: 3, at: 3)
    case .power where isNaturalPower: parameter!.remainder(dividingBy: 2) == 0 ? .even() : .odd()
    case .elu, .selu, .celu, .mish, .exp, .sqrt, .rsqrt, .reciprocal, .power: nil
    }
  }

  /// The parity of the function itself, about 0.
  public var parity: Parity {
    guard let symmetry, symmetry.centre == 0, symmetry.constant == 0, symmetry.slope == 0 else {
      return .neither
    }
    return symmetry.parity
  }

  /// The interior points where the function, or a derivative of it, jumps; in ascending order.
  public var kinks: [Double] {
    switch self {
    case .relu, .leakyReLU, .elu, .selu, .celu, .softsign, .abs, .sign: [0]
    case .relu6: [0, 6]
    case .hardSigmoid: [-2.5, 2.5]
    case .hardSigmoidReLU6, .hardSilu: [-3, 3]
    case .hardTanh, .sparseSigmoid, .sparsePlus: [-1, 1]
    case .softShrink: [-0.5, 0.5]
    case .sigmoid, .tanh, .softplus, .silu, .gelu, .geluTanh, .mish, .logSigmoid, .tanhShrink,
      .squareplus, .exp, .sqrt, .rsqrt, .reciprocal, .power, .sin, .erf:
      []
    }
  }

  /// The point where the function itself jumps, if there is one.
  public var jump: Double? { self == .sign ? 0 : nil }

  /// The numbers at which the function is defined.
  public var admissibleDomain: AdmissibleDomain {
    switch self {
    case .sqrt: .nonNegative
    case .rsqrt, .reciprocal: .positive
    case .power(let exponent): isNaturalPower ? .all : exponent > 0 ? .nonNegative : .positive
    default: .all
    }
  }

  /// Whether the function is a power with a natural number, hence a polynomial.
  var isNaturalPower: Bool {
    guard case .power(let exponent) = self else { return false }
    return exponent >= 0 && exponent.rounded() == exponent
  }

  /// The formula as plain text, in x.
  public var formula: String {
    switch self {
    case .relu: "max(x, 0)"
    case .relu6: "min(max(x, 0), 6)"
    case .leakyReLU(let slope): "x for x >= 0, else \(slope.shortText)*x"
    case .elu(let alpha): "x for x >= 0, else \(alpha.shortText)*(exp(x) - 1)"
    case .selu:
      "1.0507009873554805*x for x >= 0, else 1.7580993408473766*(exp(x) - 1)"
    case .celu(let alpha):
      "x for x >= 0, else \(alpha.shortText)*(exp(x/\(alpha.shortText)) - 1)"
    case .sigmoid: "1/(1 + exp(-x))"
    case .hardSigmoid: "min(max(0.2*x + 0.5, 0), 1)"
    case .hardSigmoidReLU6: "min(max(x/6 + 0.5, 0), 1)"
    case .sparseSigmoid: "min(max(0.5*x + 0.5, 0), 1)"
    case .hardTanh: "min(max(x, -1), 1)"
    case .tanh: "tanh(x)"
    case .softplus: "log(1 + exp(x))"
    case .softsign: "x/(1 + |x|)"
    case .silu: "x/(1 + exp(-x))"
    case .hardSilu: "x*min(max(x/6 + 0.5, 0), 1)"
    case .gelu: "x*(1 + erf(x/sqrt(2)))/2"
    case .geluTanh: "x*(1 + tanh(sqrt(2/pi)*(x + 0.044715*x^3)))/2"
    case .mish: "x*tanh(log(1 + exp(x)))"
    case .logSigmoid: "-log(1 + exp(-x))"
    case .tanhShrink: "x - tanh(x)"
    case .softShrink: "x - min(max(x, -0.5), 0.5)"
    case .squareplus: "(x + sqrt(x^2 + 4))/2"
    case .sparsePlus: "x for x >= 1, else max(x + 1, 0)^2/4"
    case .exp: "exp(x)"
    case .sqrt: "sqrt(x)"
    case .rsqrt: "1/sqrt(x)"
    case .reciprocal: "1/x"
    case .power(let exponent): "x^(\(exponent.shortText))"
    case .sin: "sin(x)"
    case .abs: "|x|"
    case .sign: "sign(x)"
    case .erf: "erf(x)"
    }
  }
}
