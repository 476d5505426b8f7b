import Glibc

/// A start for the rational exchange: interpolation points whose neighbours all hold errors of
/// about the same size.
///
/// The distances between the points grow where the error is small and shrink where it is large
/// (Hofreither, "An algorithm for best rational approximation based on barycentric rational
/// interpolation", Numerical Algorithms 88, 2021).
struct RationalReferences {
  /// The rounds, and the ratio of the errors that ends them (heuristic).
  private static let roundLimit = 400
  private static let levelRatio = 1.5

  /// The samples between neighbouring points (heuristic).
  private static let samples = 12

  let target: RationalTarget
  /// The degree of both polynomials.
  let degree: Int

  /// Returns the places of the largest error between the points, one more than 2·`degree` + 1.
  func find() -> [Double] {
    let count = 2 * degree + 2
    // The lengths between neighbours, of which the logarithm of s near 0 may need many scales.
    var lengths = (0..<count).map { index in
      cos(.pi * Double(index) / Double(count)) - cos(.pi * Double(index + 1) / Double(count))
    }
    var best: (peaks: [Double], ratio: Double) = ([], .infinity)
    var step = 0.1
    for _ in 0..<RationalReferences.roundLimit {
      let scale = (target.upper - target.lower) / lengths.reduce(0, +)
      var points = [target.lower]
      for length in lengths { points.append(points.last! + scale * length) }
      points[count] = target.upper
      let quotient = BarycentricQuotient(interpolating: target, at: Array(points[1..<count]))
      let peaks = zip(points, points.dropFirst()).map { highest(quotient, from: $0, to: $1) }
      let errors = peaks.map(\.error)
      let (least, largest) = (errors.min()!, errors.max()!)
      guard largest.isFinite, largest > 0 else { break }
      let ratio = largest / max(least, largest * 1e-12)
      if ratio < best.ratio { best = (peaks.map(\.s), ratio) }
      if ratio <= RationalReferences.levelRatio { break }
      let mean = errors.reduce(0, +) / Double(count)
      let deviation = errors.map { abs($0 - mean) }.max()!
      step = min(0.1, 0.1 * deviation / mean)
      lengths = zip(lengths, errors).map { $0 * (1 - step * ($1 - mean) / deviation) }
    }
    return best.peaks
  }

  private func highest(
    _ quotient: BarycentricQuotient, from lower: Double, to upper: Double
  ) -> (s: Double, error: Double) {
    var best = (s: lower, error: -Double.infinity)
    for index in 0...RationalReferences.samples {
      let s = lower + (upper - lower) * Double(index) / Double(RationalReferences.samples)
      let error = target.weight(s) * abs(target.value(s) - quotient(s))
      if error > best.error { best = (s, error) }
    }
    return best
  }
}
