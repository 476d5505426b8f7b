/// Where a polynomial is evaluated, which decides what an evaluation costs.
///
/// docs/Depth.md compares the conventions.
public enum EvaluationBackend: String, CaseIterable, Hashable, Sendable, Codable {
  /// Baby steps and giant steps at the least depth, products with plain numbers not counted.
  case scalar
  /// OpenFHE's `EvalChebyshevSeries`, in the levels that it takes.
  case ckksOpenFHE = "ckks-openfhe"
  /// Lattigo's polynomial evaluator, in the levels that it asks for.
  case ckksLattigo = "ckks-lattigo"
  /// Elementwise products of tensors in tensor-train format, each of which multiplies ranks.
  case tensorTrain = "tensor-train"

  /// Returns the degrees up to `limit` that are worth a try, in ascending order.
  ///
  /// For encrypted evaluation these are the highest of each depth: a lower degree of the same depth
  /// saves no level. For the others every degree costs more than the one below it.
  ///
  /// - Precondition: `limit` is positive.
  public func degreeCandidates(upTo limit: Int) -> [Int] {
    precondition(limit > 0, "not a limit: \(limit)")
    let all = 1...limit
    switch self {
    case .scalar, .tensorTrain: return Array(all)
    case .ckksLattigo:
      // Of 2ᵏ - 1 and 2ᵏ, for which Lattigo states the same depth, the one that no convention
      // gives a further level.
      return all.filter { $0 & ($0 + 1) == 0 }
    case .ckksOpenFHE:
      let depth = { EvaluationCost(degree: $0, backend: self).multiplicativeDepth }
      return all.filter { depth($0) < depth($0 + 1) }
    }
  }
}
