/// What it takes to evaluate a polynomial in the Chebyshev basis on encrypted data.
///
/// The scheme is baby steps and giant steps in the Chebyshev basis (Paterson & Stockmeyer, SIAM J.
/// Comput. 2, 1973) at the least depth (Bossuat, Mouchet, Troncoso-Pastoriza & Hubaux, EUROCRYPT
/// 2021). With k baby steps, a power of two, it needs T₂, …, Tₖ₋₁, then Tₖ, T₂ₖ, …, and joins
/// ⌈(d + 1)/k⌉ pieces of degree below k. A join with a constant piece is a scalar multiplication.
/// The k with the fewest non-scalar multiplications is taken. Zero coefficients are not exploited.
public struct EvaluationCost: Hashable, Sendable, Codable {
  /// Products of two encrypted values in sequence, ⌈log₂(d + 1)⌉, plus 1 for the interval's map.
  ///
  /// Products with plain numbers are not counted. Libraries count otherwise: Lattigo states
  /// ⌈log₂ d⌉, OpenFHE adds levels for scaling.
  public let multiplicativeDepth: Int

  /// Products of two encrypted values.
  public let nonScalarMultiplications: Int

  /// Products of an encrypted value and a plain number.
  public let scalarMultiplications: Int

  /// Additions and subtractions of encrypted values or plain numbers.
  public let additions: Int

  /// Counts the operations for a polynomial of degree `degree`.
  ///
  /// - Parameter mapsInterval: Whether the map onto [-1, 1] is a step of its own; false when it is
  ///   folded into the layer before.
  /// - Precondition: `degree` is not negative.
  public init(degree: Int, mapsInterval: Bool = false) {
    precondition(degree >= 0, "not a degree: \(degree)")
    let map = mapsInterval ? 1 : 0
    let depth = Int.bitWidth - degree.leadingZeroBitCount
    let least = (1...max(depth, 1))
      .map { EvaluationCost.counts(degree: degree, babySteps: 1 << $0) }
      .min { $0.products + $0.joins < $1.products + $1.joins }!
    multiplicativeDepth = depth + map
    nonScalarMultiplications = least.products + least.joins
    scalarMultiplications = least.scalars + map
    // The terms, and 2AB - C for each Chebyshev product: a doubling and a subtraction.
    additions = degree + 2 * least.products + map
  }

  /// Counts Chebyshev products, joins with a non-constant piece, and scalar multiplications.
  private static func counts(
    degree: Int, babySteps: Int
  ) -> (products: Int, joins: Int, scalars: Int) {
    let pieces = degree / babySteps + 1
    let baby = max(min(babySteps - 1, degree) - 1, 0)
    let giant = Int.bitWidth - (pieces - 1).leadingZeroBitCount
    let endsInConstant = pieces > 1 && degree.isMultiple(of: babySteps) ? 1 : 0
    return (baby + giant, pieces - 1 - endsInConstant, degree + 1 - pieces + endsInConstant)
  }
}
