import Glibc
import NetworkGraph

extension ActivationFunction {
  /// Returns a range that holds the function's values on a range of numbers, as a run computes them;
  /// all numbers where the function is undefined on part of it.
  ///
  /// - Precondition: The function acts on each number alone.
  func bounds(on range: ClosedRange<Double>) -> ClosedRange<Double> {
    if case .power(let exponent) = self { return Self.powers(of: range, Double(exponent)) }
    var places = [range.lowerBound, range.upperBound]
    places += turningPoints.filter { range.contains($0) }
    let values = places.map(exactly)
    guard values.allSatisfy({ !$0.isNaN }) else { return .unknown }
    let hull = values.min()!...values.max()!
    if isPiecewiseLinear {
      return hull.widened(by: 0x1p-21 * hull.magnitude + extraError(on: range))
    }
    let widened = hull.widened(by: Self.error * max(1, hull.magnitude))
    return isNeverNegative ? max(widened.lowerBound, 0)...widened.upperBound : widened
  }

  /// What a run's functions may be off by, in units of max(1, |f|): twice what is asked of the
  /// kernels.
  static let error = 2e-6

  /// The value at `x`, by Double arithmetic; the limit where `x` is infinite.
  private func exactly(_ x: Double) -> Double {
    if x.isInfinite { return limit(x) }
    func logistic(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
    func softRectified(_ x: Double) -> Double { max(x, 0) + log1p(exp(-x.magnitude)) }
    func clamp(_ x: Double, _ low: Double, _ high: Double) -> Double { min(max(x, low), high) }
    switch self {
    case .rectifier(let slope, let bound):
      return min(x < 0 ? Double(slope) * x : x, Double(bound))
    case .thresholdedReLU(let threshold, let slope, let bound):
      let shifted = x - Double(threshold)
      return shifted <= 0 ? min(Double(slope) * shifted, 0) : min(x, Double(bound))
    case .elu(let alpha): return x < 0 ? Double(alpha) * expm1(x) : x
    case .celu(let alpha): return x < 0 ? Double(alpha) * expm1(x / Double(alpha)) : x
    case .selu: return 1.0507009873554805 * (x < 0 ? 1.6732632423543772 * expm1(x) : x)
    case .sigmoid: return logistic(x)
    case .hardSigmoid(let slope): return clamp(Double(slope) * x + 0.5, 0, 1)
    case .tanh: return Glibc.tanh(x)
    case .hardTanh: return clamp(x, -1, 1)
    case .softplus: return softRectified(x)
    case .softsign: return x / (1 + x.magnitude)
    case .silu: return x * logistic(x)
    case .hardSilu: return x * clamp(x / 6 + 0.5, 0, 1)
    case .gelu(approximate: false): return 0.5 * x * erfc(-x / 2.0.squareRoot())
    case .gelu(approximate: true):
      let inner = (2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x)
      return 0.5 * x * (1 + Glibc.tanh(inner))
    case .mish: return x * Glibc.tanh(softRectified(x))
    case .logSigmoid: return -softRectified(-x)
    case .tanhShrink: return x - Glibc.tanh(x)
    case .softShrink: return x - clamp(x, -0.5, 0.5)
    case .squareplus:
      let root = hypot(x, 2)
      return x < 0 ? 2 / (root - x) : (x + root) / 2
    case .sparsePlus:
      let base = clamp(x + 1, 0, 2)
      return x >= 1 ? x : base * base / 4
    case .exponential: return exp(x)
    case .power, .softmax, .logSoftmax, .prelu:
      preconditionFailure("\(name) has bounds of its own")
    }
  }

  /// The limit towards an infinity, or NaN if a run would not give it.
  private func limit(_ x: Double) -> Double {
    switch self {
    case .rectifier(let slope, let bound):
      if x > 0 { return Double(bound) }
      return slope == 0 ? 0 : min(Double(slope) * x, Double(bound))
    case .sigmoid: return x > 0 ? 1 : 0
    case .tanh: return x > 0 ? 1 : -1
    default: return .nan
    }
  }

  /// Where the function turns or jumps, or is not smooth: with the ends, its greatest and least
  /// values on a range are among those there.
  private var turningPoints: [Double] {
    switch self {
    case .rectifier(let slope, _): slope < 0 ? [0] : []
    case .thresholdedReLU(let threshold, _, _):
      [Double(threshold), Double(threshold).nextUp, 0]
    case .elu(let alpha), .celu(let alpha): alpha < 0 ? [0, (0.0).nextDown] : []
    case .silu: [-1.2784645427610738]
    case .hardSilu: [-3, -1.5, 3]
    case .gelu(approximate: false): [-0.7517915246935645]
    case .gelu(approximate: true): [-0.7524614273137045]
    case .mish: [-1.1924618238205243]
    default: []
    }
  }

  /// Straight lines, which a run computes to a few roundings.
  private var isPiecewiseLinear: Bool {
    switch self {
    case .rectifier, .thresholdedReLU, .hardSigmoid, .hardTanh, .softShrink: true
    default: false
    }
  }

  /// What a sum with a constant loses where the result is small.
  private func extraError(on range: ClosedRange<Double>) -> Double {
    switch self {
    case .hardSigmoid, .softShrink: 0x1p-23
    case .thresholdedReLU(let threshold, let slope, _):
      Double(slope).magnitude * Double(threshold).magnitude * 0x1p-23
    default: 0
    }
  }

  /// Also as a run computes it.
  private var isNeverNegative: Bool {
    switch self {
    case .softplus, .exponential, .squareplus, .sparsePlus: true
    default: false
    }
  }

  /// The powers of a range: only of positive numbers, or whole ones.
  private static func powers(
    of range: ClosedRange<Double>, _ exponent: Double
  ) -> ClosedRange<Double> {
    let isWhole = exponent == exponent.rounded()
    let isEven = isWhole && exponent.remainder(dividingBy: 2) == 0
    guard range.lowerBound > 0 || (exponent > 0 && (range.lowerBound == 0 || isWhole)) else {
      return .unknown
    }
    var values = [pow(range.lowerBound, exponent), pow(range.upperBound, exponent)]
    if isEven && range.contains(0) { values.append(0) }
    guard values.allSatisfy({ !$0.isNaN }) else { return .unknown }
    let hull = values.min()!...values.max()!
    let widened = hull.widened(by: error * max(1, hull.magnitude))
    return hull.lowerBound >= 0 ? max(widened.lowerBound, 0)...widened.upperBound : widened
  }
}
