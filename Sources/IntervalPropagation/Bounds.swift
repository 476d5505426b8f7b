/// For each number of a tensor, an interval that holds it.
///
/// An end is infinite where nothing is known.
public struct Bounds: Hashable, Sendable {
  public internal(set) var lower: [Double]
  public internal(set) var upper: [Double]

  /// Creates bounds.
  ///
  /// - Precondition: As many lower as upper ends, none of them NaN, no lower above its upper.
  public init(lower: [Double], upper: [Double]) {
    precondition(
      lower.count == upper.count && zip(lower, upper).allSatisfy { $0 <= $1 }, "no intervals")
    (self.lower, self.upper) = (lower, upper)
  }

  /// Creates the bounds of numbers that lie in the given ranges.
  public init(_ ranges: [ClosedRange<Float>]) {
    self.init(
      lower: ranges.map { Double($0.lowerBound) }, upper: ranges.map { Double($0.upperBound) })
  }

  /// The bounds of numbers that are all zero.
  init(zeros count: Int) {
    lower = [Double](repeating: 0, count: count)
    upper = lower
  }

  var count: Int { lower.count }

  /// The range of all numbers together.
  var hull: ClosedRange<Double> { lower.min()!...upper.max()! }

  subscript(index: Int) -> ClosedRange<Double> {
    get { lower[index]...upper[index] }
    set { (lower[index], upper[index]) = (newValue.lowerBound, newValue.upperBound) }
  }

  /// Replaces each interval.
  mutating func update(_ change: (Int, ClosedRange<Double>) -> ClosedRange<Double>) {
    for index in lower.indices { self[index] = change(index, self[index]) }
  }

  /// The bounds at some places; `nil` is a place of zero.
  func gathered(_ places: [Int?]) -> Bounds {
    Bounds(
      lower: places.map { $0.map { lower[$0] } ?? 0 },
      upper: places.map { $0.map { upper[$0] } ?? 0 })
  }

  /// The least bounds that hold both tensors.
  func union(_ other: Bounds) -> Bounds {
    Bounds(
      lower: zip(lower, other.lower).map { min($0, $1) },
      upper: zip(upper, other.upper).map { max($0, $1) })
  }
}

extension ClosedRange<Double> {
  /// All numbers: nothing is known.
  static let unknown = -Double.infinity...Double.infinity

  /// The greatest magnitude.
  var magnitude: Double { Swift.max(lowerBound.magnitude, upperBound.magnitude) }

  /// The range with its ends moved out by `error`, and unknown beyond what a Float holds, where a
  /// run would overflow.
  func widened(by error: Double) -> ClosedRange<Double> {
    let (low, high) = (lowerBound - error, upperBound + error)
    let greatest = Double(Float.greatestFiniteMagnitude)
    guard low >= -greatest && high <= greatest else { return .unknown }
    return low...high
  }

  /// The products of numbers of both ranges.
  static func * (left: Self, right: Self) -> Self {
    let ends = [
      left.lowerBound * right.lowerBound, left.lowerBound * right.upperBound,
      left.upperBound * right.lowerBound, left.upperBound * right.upperBound,
    ]
    // 0 · ∞ is unknown.
    guard !ends.contains(where: \.isNaN) else { return .unknown }
    return ends.min()!...ends.max()!
  }

  static func + (left: Self, right: Self) -> Self {
    let (low, high) = (left.lowerBound + right.lowerBound, left.upperBound + right.upperBound)
    return low.isNaN || high.isNaN ? .unknown : low...high
  }

  static prefix func - (range: Self) -> Self { -range.upperBound...(-range.lowerBound) }

  /// The numbers that both ranges hold; this one if there are none.
  func narrowed(to other: Self) -> Self {
    let (low, high) = (
      Swift.max(lowerBound, other.lowerBound), Swift.min(upperBound, other.upperBound)
    )
    return low <= high ? low...high : self
  }

  func hull(_ other: Self) -> Self {
    Swift.min(lowerBound, other.lowerBound)...Swift.max(upperBound, other.upperBound)
  }
}

/// How far a run in Float may be from exact arithmetic.
enum Rounding {
  /// The greatest relative error of a sum of `terms` products, in units of the sum of their
  /// magnitudes, in any order of summation and with or without fused multiplications (Higham,
  /// "Accuracy and Stability of Numerical Algorithms", 2002, section 3.1), with room for a scale that
  /// was folded into the weights and for the arithmetic here in Double.
  static func relative(terms: Int) -> Double {
    let error = Double(terms + 8) * 0x1p-24
    return error < 0.5 ? error / (1 - error) : .infinity
  }

  /// The error allowed to Winograd's F(4×4, 3×3) and F(2×2, 5×5), whose transforms enlarge errors
  /// equally, in units of the largest input times the sum of the weights' magnitudes (heuristic: many
  /// times what such runs are off by; what can be proved of the algorithm is too wide to be of use).
  static let winograd = 0x1p-13

  /// What underflow may add to a sum of `terms` products.
  static func absolute(terms: Int) -> Double { Double(terms + 8) * 0x1p-126 }

  /// The error of a sum of products whose magnitudes sum to `magnitude`.
  static func error(terms: Int, magnitude: Double) -> Double {
    relative(terms: terms) * magnitude + absolute(terms: terms)
  }
}
