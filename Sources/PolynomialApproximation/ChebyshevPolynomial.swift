/// A polynomial in the Chebyshev basis of one interval.
///
/// Its value at `x` is `c₀T₀(t) + … + cₙTₙ(t)`, where `t` runs over [-1, 1] as `x` runs over
/// `domain`. A value outside `domain` is well defined, but grows like `|2t|ⁿ`: no error bound
/// that this package reports covers it.
public struct ChebyshevPolynomial: Hashable, Sendable {
  /// The interval that is mapped onto [-1, 1].
  public let domain: Interval

  /// The coefficients of T₀, T₁, …; never empty.
  public let coefficients: [Double]

  /// Creates the polynomial with the given Chebyshev coefficients.
  ///
  /// - Precondition: There is at least one coefficient, and every one is finite.
  public init(_ coefficients: [Double], on domain: Interval) {
    precondition(!coefficients.isEmpty, "a polynomial needs a constant term")
    precondition(coefficients.allSatisfy(\.isFinite), "not finite: \(coefficients)")
    self.coefficients = coefficients
    self.domain = domain
  }

  /// The index of the last coefficient, which may be zero.
  public var degree: Int { coefficients.count - 1 }

  /// The ciphertext multiplications in sequence, ⌈log₂(degree + 1)⌉, mapping onto [-1, 1] aside.
  public var multiplicativeDepth: Int { Int.bitWidth - degree.leadingZeroBitCount }

  /// Returns the value at `x`, by Clenshaw's recurrence, which is backward stable on `domain`.
  public func callAsFunction(_ x: Double) -> Double {
    let t = domain.unitCoordinate(of: x)
    let twice = 2 * t
    var (next, afterNext) = (0.0, 0.0)
    for index in stride(from: degree, to: 0, by: -1) {
      (next, afterNext) = ((coefficients[index] - afterNext) + twice * next, next)
    }
    return coefficients[0] + t * next - afterNext
  }

  /// The derivative with respect to x, in the Chebyshev basis of the same interval.
  public var derivative: ChebyshevPolynomial {
    guard degree > 0 else { return ChebyshevPolynomial([0], on: domain) }
    var result = [Double](repeating: 0, count: degree + 2)
    for index in stride(from: degree, to: 0, by: -1) {
      result[index - 1] = result[index + 1] + 2 * Double(index) * coefficients[index]
    }
    result[0] /= 2
    return ChebyshevPolynomial(result.prefix(degree).map { $0 / domain.halfWidth }, on: domain)
  }
}

extension ChebyshevPolynomial: Codable {
  private enum CodingKeys: String, CodingKey {
    case domain, coefficients
  }

  /// Reads a polynomial.
  ///
  /// - Throws: `DecodingError` when a part is missing, there is no coefficient, or one of them is
  ///   not finite.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let domain = try container.decode(Interval.self, forKey: .domain)
    let coefficients = try container.decode([Double].self, forKey: .coefficients)
    guard !coefficients.isEmpty, coefficients.allSatisfy(\.isFinite) else {
      throw DecodingError.dataCorruptedError(
        forKey: .coefficients, in: container,
        debugDescription: "a polynomial needs at least one coefficient, and only finite ones")
    }
    self.init(coefficients, on: domain)
  }
}
