/// What stands for a function on an interval: made of polynomials in the Chebyshev basis.
public enum Approximant: Hashable, Sendable, Codable {
  /// One polynomial.
  case polynomial(ChebyshevPolynomial)
  /// Composed polynomials.
  case composite(CompositePolynomial)
  /// A quotient of two polynomials.
  case rational(RationalFunction)

  /// Returns the value at `x`.
  public func callAsFunction(_ x: Double) -> Double {
    switch self {
    case .polynomial(let polynomial): polynomial(x)
    case .composite(let composite): composite(x)
    case .rational(let quotient): quotient(x)
    }
  }

  /// The polynomial, if it is one.
  public var polynomial: ChebyshevPolynomial? {
    if case .polynomial(let polynomial) = self { polynomial } else { nil }
  }

  /// The interval that the first polynomials map onto [-1, 1]: no bound holds outside.
  public var domain: Interval {
    switch self {
    case .polynomial(let polynomial): polynomial.domain
    case .composite(let composite): composite.domain
    case .rational(let quotient): quotient.domain
    }
  }

  /// The degree, of a composite that of the single polynomial that it equals, of a quotient the
  /// larger one of its two.
  public var degree: Int {
    switch self {
    case .polynomial(let polynomial): polynomial.degree
    case .composite(let composite): composite.degree
    case .rational(let quotient): max(quotient.numerator.degree, quotient.denominator.degree)
    }
  }

  /// The ciphertext multiplications in sequence, mapping onto [-1, 1] and divisions aside.
  public var multiplicativeDepth: Int { multiplicativeDepth(on: .scalar) }

  /// The products of two encrypted values, divisions aside.
  public var nonScalarMultiplications: Int { nonScalarMultiplications(on: .scalar) }

  /// The products in sequence by a backend's convention, divisions aside.
  public func multiplicativeDepth(on backend: EvaluationBackend) -> Int {
    let depth = { (polynomial: ChebyshevPolynomial) in
      EvaluationCost(degree: polynomial.degree, on: polynomial.domain, backend: backend)
        .multiplicativeDepth
    }
    return switch self {
    case .polynomial(let polynomial): depth(polynomial)
    case .composite(let composite):
      composite.stages.map(depth).reduce(composite.bend == 0 ? 0 : 1, +)
    case .rational(let quotient): max(depth(quotient.numerator), depth(quotient.denominator))
    }
  }

  /// The products of two encrypted values on a backend, divisions aside.
  ///
  /// The two polynomials of a quotient are counted as if they shared nothing.
  public func nonScalarMultiplications(on backend: EvaluationBackend) -> Int {
    let count = { (polynomial: ChebyshevPolynomial) in
      EvaluationCost(degree: polynomial.degree, on: polynomial.domain, backend: backend)
        .nonScalarMultiplications
    }
    return switch self {
    case .polynomial(let polynomial): count(polynomial)
    case .composite(let composite):
      composite.stages.map(count).reduce(composite.bend == 0 ? 0 : 1, +)
    case .rational(let quotient): count(quotient.numerator) + count(quotient.denominator)
    }
  }

  /// The divisions of one encrypted value by another.
  public var divisions: Int { if case .rational = self { 1 } else { 0 } }
}
