/// What it takes to evaluate a polynomial in the Chebyshev basis on a backend.
///
/// Zero coefficients are not exploited. docs/Depth.md compares the conventions.
public struct EvaluationCost: Hashable, Sendable, Codable {
  /// Products in sequence, by the backend's own convention.
  public let multiplicativeDepth: Int

  /// Products of two encrypted values.
  public let nonScalarMultiplications: Int

  /// Products of an encrypted value and a plain number; nil where the backend's are not known.
  public let scalarMultiplications: Int?

  /// Additions and subtractions; nil where the backend's are not known.
  public let additions: Int?

  /// Counts the operations for a polynomial of degree `degree`.
  ///
  /// - Parameter mapsInterval: Whether the map onto [-1, 1] is a step of its own; false when it is
  ///   folded into the layer before.
  /// - Precondition: `degree` is not negative; for OpenFHE at most 991, twice what can be fitted.
  public init(degree: Int, mapsInterval: Bool = false, backend: EvaluationBackend = .scalar) {
    precondition(degree >= 0, "not a degree: \(degree)")
    switch backend {
    case .scalar: self.init(stepsOfDegree: degree, map: mapsInterval ? 1 : 0)
    case .ckksOpenFHE: self.init(openFHE: degree, map: mapsInterval ? 1 : 0)
    case .ckksLattigo: self.init(lattigo: degree, map: mapsInterval ? 1 : 0)
    case .tensorTrain: self.init(recurrenceOfDegree: degree, map: mapsInterval ? 1 : 0)
    }
  }

  /// Counts the operations for a polynomial of degree `degree` on `interval`.
  ///
  /// OpenFHE maps the interval onto [-1, 1] itself, in a level of its own, unless it is that
  /// already. Elsewhere the map is taken to be folded into the layer before.
  public init(degree: Int, on interval: Interval, backend: EvaluationBackend) {
    let isUnit = interval.lower == -1 && interval.upper == 1
    self.init(
      degree: degree, mapsInterval: backend == .ckksOpenFHE && degree > 0 && !isUnit,
      backend: backend)
  }

  private init(depth: Int, products: Int, scalars: Int?, additions: Int?) {
    multiplicativeDepth = depth
    nonScalarMultiplications = products
    scalarMultiplications = scalars
    self.additions = additions
  }
}

// MARK: - Least depth

extension EvaluationCost {
  /// Baby steps and giant steps in the Chebyshev basis (Paterson & Stockmeyer, SIAM J. Comput. 2,
  /// 1973) at the least depth, ⌈log₂(d + 1)⌉ (Bossuat, Mouchet, Troncoso-Pastoriza & Hubaux,
  /// EUROCRYPT 2021).
  ///
  /// With k baby steps, a power of two, it needs T₂, …, Tₖ₋₁, then Tₖ, T₂ₖ, …, and joins
  /// ⌈(d + 1)/k⌉ pieces of degree below k. A join with a constant piece is a scalar multiplication.
  /// The k with the fewest non-scalar multiplications is taken.
  private init(stepsOfDegree degree: Int, map: Int) {
    let depth = bitWidth(degree)
    let least = (1...max(depth, 1))
      .map { EvaluationCost.counts(degree: degree, babySteps: 1 << $0) }
      .min { $0.products + $0.joins < $1.products + $1.joins }!
    // The terms, and 2AB - C for each Chebyshev product: a doubling and a subtraction.
    self.init(
      depth: depth + map, products: least.products + least.joins, scalars: least.scalars + map,
      additions: degree + 2 * least.products + map)
  }

  /// Counts Chebyshev products, joins with a non-constant piece, and scalar multiplications.
  private static func counts(
    degree: Int, babySteps: Int
  ) -> (products: Int, joins: Int, scalars: Int) {
    let pieces = degree / babySteps + 1
    let baby = max(min(babySteps - 1, degree) - 1, 0)
    let giant = bitWidth(pieces - 1)
    let endsInConstant = pieces > 1 && degree.isMultiple(of: babySteps) ? 1 : 0
    return (baby + giant, pieces - 1 - endsInConstant, degree + 1 - pieces + endsInConstant)
  }
}

// MARK: - Libraries

extension EvaluationCost {
  /// OpenFHE's `EvalChebyshevSeries`: the levels that a ciphertext loses, products with plain
  /// numbers included.
  ///
  /// Below degree 5 it sums c₀T₀ + … + cₙTₙ. From there on (Chen, Chillotti & Song, EUROCRYPT
  /// 2019) it picks m, and the least k with n < k(2ᵐ - 1), which takes ⌈log₂ k⌉ + m levels and
  /// k + 2m + 2ᵐ⁻¹ - 4 products.
  private init(openFHE degree: Int, map: Int) {
    guard degree >= 5 else {
      self.init(
        depth: degree == 0 ? 0 : bitWidth(degree - 1) + 1 + map, products: max(degree - 1, 0),
        scalars: nil, additions: nil)
      return
    }
    let m = EvaluationCost.openFHEGiantSteps.first { degree <= $0.lastDegree }!.m
    let k = degree / (1 << m - 1) + 1
    self.init(
      depth: bitWidth(k - 1) + m + map, products: k + 2 * m + 1 << (m - 1) - 4, scalars: nil,
      additions: nil)
  }

  /// OpenFHE's choice of m (version 1.2 to 1.6), by the last degree that it is for.
  private static let openFHEGiantSteps: [(lastDegree: Int, m: Int)] = [
    (11, 2), (13, 3), (17, 2), (55, 3), (59, 4), (76, 3), (239, 4), (247, 5), (284, 4), (991, 5),
  ]

  /// Lattigo's polynomial evaluator: ⌈log₂ d⌉ levels, the products of a full polynomial of as many
  /// bits by its own rule for baby steps.
  private init(lattigo degree: Int, map: Int) {
    let bits = bitWidth(degree)
    let products = [bits / 2, bits / 2 + 1].map { split in
      1 << split + 1 << max(bits - split, 0) + bits - split - 3
    }
    self.init(
      depth: (degree == 0 ? 0 : bitWidth(degree - 1)) + map, products: max(products.min()!, 0),
      scalars: nil, additions: nil)
  }

  /// Clenshaw's recurrence, one of whose factors is always the argument itself: what suits
  /// tensor trains, where a product has the product of its factors' ranks (a heuristic).
  ///
  /// Mapping the interval multiplies no ranks.
  private init(recurrenceOfDegree degree: Int, map: Int) {
    let products = max(degree - 1, 0)
    self.init(
      depth: products, products: products, scalars: min(degree, 2) + map,
      additions: max(2 * degree - 1, 0) + map)
  }
}

/// Returns the number of binary digits, ⌈log₂(n + 1)⌉.
private func bitWidth(_ n: Int) -> Int { Int.bitWidth - n.leadingZeroBitCount }
