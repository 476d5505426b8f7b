/// A combination of x and of composed odd polynomials that stand for the sign of x.
///
/// Its value is `linear`·x + (`step` + `bend`·x)·s(x), where s(x) is the value of the last stage at
/// that of the one before, and so on to the first stage at x. Relu is x/2 + x·s(x)/2.
public struct CompositePolynomial: Hashable, Sendable, Codable {
  /// The odd polynomials, in the order of their use; each on a symmetric interval that holds the
  /// values of the one before. Never empty.
  public let stages: [ChebyshevPolynomial]

  /// The coefficient of x.
  public let linear: Double

  /// The coefficient of s(x).
  public let step: Double

  /// The coefficient of x·s(x).
  public let bend: Double

  /// Creates the combination.
  ///
  /// - Precondition: There is a stage.
  public init(stages: [ChebyshevPolynomial], linear: Double, step: Double, bend: Double) {
    precondition(!stages.isEmpty, "a composite needs a stage")
    self.stages = stages
    self.linear = linear
    self.step = step
    self.bend = bend
  }

  /// The interval of the first stage.
  public var domain: Interval { stages[0].domain }

  /// The degree of the single polynomial that this equals.
  public var degree: Int { stages.map(\.degree).reduce(1, *) + (bend == 0 ? 0 : 1) }

  /// Returns the value at `x`.
  public func callAsFunction(_ x: Double) -> Double {
    linear * x + (step + bend * x) * sign(of: x)
  }

  /// Returns the stages' value s(x), near -1 or 1.
  public func sign(of x: Double) -> Double { stages.reduce(x) { $1($0) } }
}

extension CompositePolynomial {
  private enum CodingKeys: String, CodingKey {
    case stages, linear, step, bend
  }

  /// Reads a composite.
  ///
  /// - Throws: `DecodingError` when a part is missing, there is no stage, or a factor is not finite.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let stages = try container.decode([ChebyshevPolynomial].self, forKey: .stages)
    let factors = try [CodingKeys.linear, .step, .bend].map {
      try container.decode(Double.self, forKey: $0)
    }
    guard !stages.isEmpty, factors.allSatisfy(\.isFinite) else {
      throw DecodingError.dataCorruptedError(
        forKey: .stages, in: container,
        debugDescription: "a composite needs at least one stage, and finite factors")
    }
    self.init(stages: stages, linear: factors[0], step: factors[1], bend: factors[2])
  }
}
