/// The line `slope`·x + `offset`.
public struct Line: Hashable, Sendable {
  public let slope: Double
  public let offset: Double

  public init(slope: Double = 0, offset: Double = 0) {
    self.slope = slope
    self.offset = offset
  }

  /// Returns the value at `x`.
  public func callAsFunction(_ x: Double) -> Double { slope * x + offset }
}

extension TargetFunction {
  /// The line that the graph approaches as x tends to -∞, or nil where there is none.
  public var leftAsymptote: Line? {
    switch self {
    case .relu, .relu6, .sigmoid, .hardSigmoid, .hardSigmoidReLU6, .sparseSigmoid, .softplus,
      .silu, .hardSilu, .gelu, .geluTanh, .mish, .squareplus, .sparsePlus, .exp:
      Line()
    case .leakyReLU(let slope): Line(slope: slope)
    case .elu(let alpha), .celu(let alpha): Line(offset: -alpha)
    case .selu: Line(offset: -TargetFunction.seluScale * TargetFunction.seluAlpha)
    case .hardTanh, .tanh, .softsign, .sign, .erf: Line(offset: -1)
    case .logSigmoid: Line(slope: 1)
    case .tanhShrink: Line(slope: 1, offset: 1)
    case .softShrink: Line(slope: 1, offset: 0.5)
    case .abs: Line(slope: -1)
    case .power(0): Line(offset: 1)
    case .power(1): Line(slope: 1)
    case .sqrt, .rsqrt, .reciprocal, .power, .sin: nil
    }
  }

  /// The line that the graph approaches as x tends to ∞, or nil where there is none.
  public var rightAsymptote: Line? {
    switch self {
    case .relu, .leakyReLU, .elu, .celu, .softplus, .silu, .hardSilu, .gelu, .geluTanh, .mish,
      .squareplus, .sparsePlus, .abs:
      Line(slope: 1)
    case .selu: Line(slope: TargetFunction.seluScale)
    case .relu6: Line(offset: 6)
    case .sigmoid, .hardSigmoid, .hardSigmoidReLU6, .sparseSigmoid, .hardTanh, .tanh, .softsign,
      .sign, .erf:
      Line(offset: 1)
    case .logSigmoid, .rsqrt, .reciprocal: Line()
    case .tanhShrink: Line(slope: 1, offset: -1)
    case .softShrink: Line(slope: 1, offset: -0.5)
    case .power(0): Line(offset: 1)
    case .power(1): Line(slope: 1)
    case .power(let exponent) where exponent < 0: Line()
    case .exp, .sqrt, .power, .sin: nil
    }
  }
}
