/// A quotient of two polynomials in the Chebyshev basis of one interval.
public struct RationalFunction: Hashable, Sendable, Codable {
  /// The dividend.
  public let numerator: ChebyshevPolynomial

  /// The divisor, on the interval of the dividend.
  public let denominator: ChebyshevPolynomial

  /// Creates the quotient.
  ///
  /// - Precondition: The two have the same domain.
  public init(numerator: ChebyshevPolynomial, denominator: ChebyshevPolynomial) {
    precondition(numerator.domain == denominator.domain, "two domains in one quotient")
    self.numerator = numerator
    self.denominator = denominator
  }

  /// The interval that is mapped onto [-1, 1].
  public var domain: Interval { numerator.domain }

  /// Returns the value at `x`.
  public func callAsFunction(_ x: Double) -> Double { numerator(x) / denominator(x) }
}

extension RationalFunction {
  private enum CodingKeys: String, CodingKey {
    case numerator, denominator
  }

  /// Reads a quotient.
  ///
  /// - Throws: `DecodingError` when a part is missing, or the two are on different intervals.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let numerator = try container.decode(ChebyshevPolynomial.self, forKey: .numerator)
    let denominator = try container.decode(ChebyshevPolynomial.self, forKey: .denominator)
    guard numerator.domain == denominator.domain else {
      throw DecodingError.dataCorruptedError(
        forKey: .denominator, in: container,
        debugDescription: "numerator and denominator are on different intervals")
    }
    self.init(numerator: numerator, denominator: denominator)
  }
}
