import Glibc

/// Whether two samples of independent numbers may come from one distribution. (Kolmogorov 1933,
/// Smirnov 1939.)
public struct TwoSampleTest: Hashable, Sendable {
  /// The greatest difference of the empirical distribution functions.
  public let statistic: Double
  /// The probability of so great a difference, or a greater one, if the distributions are the same;
  /// less than what is given here if numbers are equal.
  ///
  /// By the limiting distribution, with Stephens' correction for small samples ("Use of the
  /// Kolmogorov–Smirnov, Cramér–von Mises and related statistics without extensive tables", 1970).
  public let probability: Double

  /// Compares two samples.
  ///
  /// - Precondition: Neither is empty, and all numbers are finite.
  public init(_ first: [Float], _ second: [Float]) {
    precondition(!first.isEmpty && !second.isEmpty, "a sample is empty")
    let (a, b) = (first.sorted(), second.sorted())
    var (i, j, greatest) = (0, 0, 0.0)
    while i < a.count && j < b.count {
      let value = min(a[i], b[j])
      while i < a.count && a[i] == value { i += 1 }
      while j < b.count && b[j] == value { j += 1 }
      let difference = Double(i) / Double(a.count) - Double(j) / Double(b.count)
      greatest = max(greatest, difference.magnitude)
    }
    statistic = greatest
    let size = Double(a.count) * Double(b.count) / Double(a.count + b.count)
    let root = size.squareRoot()
    probability = Self.survival((root + 0.12 + 0.11 / root) * greatest)
  }

  /// The limiting distribution's probability of more than λ, 2 Σ (−1)^(k−1) exp(−2k²λ²).
  static func survival(_ lambda: Double) -> Double {
    // The series converges ever more slowly towards 0, where the probability is 1 within 1e-13.
    if lambda < 0.2 { return 1 }
    var (sum, sign, k) = (0.0, 1.0, 1.0)
    while true {
      let term = exp(-2 * k * k * lambda * lambda)
      sum += sign * term
      if term < 1e-17 { return min(max(2 * sum, 0), 1) }
      sign = -sign
      k += 1
    }
  }
}
