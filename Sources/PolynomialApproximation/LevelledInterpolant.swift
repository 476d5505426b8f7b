import Glibc

/// The polynomial whose error at given reference points is the same up to alternating signs.
///
/// It is held by its values at the references and evaluated by the barycentric formula (Pachón &
/// Trefethen, "Barycentric-Remez algorithms for best polynomial approximation in the chebfun
/// system", BIT 49, 2009). A polynomial with a parity is q(t²) or t·q(t²), and the references lie
/// in [0, 1].
struct LevelledInterpolant {
  /// A reference is dropped from evaluation when its weight exceeds the least weight by this
  /// factor (heuristic).
  private static let clusterRatio = 1e4

  private var references: [Double]
  private var weights: [Double]
  private var values: [Double]
  private let parity: Parity

  /// The error at the first reference; it changes sign from each reference to the next.
  let levelledError: Double

  /// Creates the polynomial for ascending references, one more than it has free coefficients.
  init(of target: UnitTarget, at references: [Double]) {
    self.references = references
    parity = target.parity
    let weights = LevelledInterpolant.barycentricWeights(references, folded: parity != .neither)
    self.weights = weights

    // In t·q(t²) the factor t is a weight on the error of q.
    let factors = references.map { target.parity == .odd ? $0 : 1 }
    let quotients = zip(references, factors).map { target.part($0) / $1 }
    var (numerator, denominator, sign) = (0.0, 0.0, 1.0)
    for index in references.indices {
      numerator += weights[index] * quotients[index]
      denominator += sign * weights[index] / factors[index]
      sign.negate()
    }
    let error = numerator / denominator
    levelledError = error
    values = references.indices.map { index in
      quotients[index] - (index % 2 == 0 ? error : -error) / factors[index]
    }
    dropClusteredReference()
  }

  /// Drops one of two references that are much nearer to each other than the others are.
  ///
  /// The polynomial is determined without it, and the sums of the barycentric formula would lose
  /// as many digits to cancellation as the two lie closer.
  private mutating func dropClusteredReference() {
    let sizes = weights.map(abs)
    let largest = sizes.indices.max { sizes[$0] < sizes[$1] }!
    let limit = LevelledInterpolant.clusterRatio * sizes.min()!
    guard references.count > 2, sizes[largest] > limit else { return }
    let dropped = references.remove(at: largest)
    weights.remove(at: largest)
    values.remove(at: largest)
    for index in references.indices {
      let difference = references[index] - dropped
      weights[index] *= parity == .neither ? difference : difference * (references[index] + dropped)
    }
  }

  /// Returns the value at `t` in [-1, 1].
  func callAsFunction(_ t: Double) -> Double {
    let isFolded = parity != .neither
    var (numerator, denominator) = (0.0, 0.0)
    for index in references.indices {
      let reference = references[index]
      let difference = isFolded ? (t - reference) * (t + reference) : t - reference
      if difference == 0 { return parity == .odd ? t * values[index] : values[index] }
      let term = weights[index] / difference
      numerator += term * values[index]
      denominator += term
    }
    return (parity == .odd ? t : 1) * (numerator / denominator)
  }

  /// Returns 1/Πⱼ(zᵢ - zⱼ) for every i up to one common factor, where z is t, or t² when folded.
  ///
  /// The products are kept as a significand and an exponent, for with hundreds of clustered
  /// points they leave the range of `Double`.
  private static func barycentricWeights(_ points: [Double], folded: Bool) -> [Double] {
    let products = points.indices.map { i in
      var (significand, exponent) = (1.0, 0)
      for j in points.indices where j != i {
        let difference = points[i] - points[j]
        significand *= folded ? 4 * difference * (points[i] + points[j]) : 2 * difference
        if j % 8 == 7 || j >= points.count - 2 {
          let power = significand.isNormal ? Int(significand.exponent) : 0
          significand = scalbn(significand, -power)
          exponent += power
        }
      }
      return (significand: significand, exponent: exponent)
    }
    let least = products.map(\.exponent).min() ?? 0
    return products.map { scalbn(1 / $0.significand, least - $0.exponent) }
  }
}
