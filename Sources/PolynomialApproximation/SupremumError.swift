/// The measurement of a largest error, which shares nothing with the way a polynomial was found.
///
/// The range is cut at the kinks and at 0, around which target functions bend. Each piece is
/// sampled at Chebyshev points, which crowd at its ends, and every high peak of the samples is
/// refined by golden sections. A peak much narrower than the samples' distance can be missed.
enum SupremumError {
  /// The samples of a piece, at least, and for each degree (heuristic: 8 to each half-wave).
  private static let leastSamples = 512
  private static let samplesPerDegree = 8

  /// Peaks of the samples below this part of the highest one are not refined (heuristic).
  private static let refinedPart = 0.75

  /// The golden sections of a peak: they narrow it to 2·10⁻⁶ of its width.
  private static let sections = 27

  /// Returns the largest |`polynomial` - `function`| from `lower` to `upper`.
  ///
  /// Infinite where one of the two is not finite.
  static func measure(
    _ polynomial: ChebyshevPolynomial, from function: TargetFunction, lower: Double, upper: Double
  ) -> Double {
    let error = { (x: Double) in
      let difference = abs(function(x) - polynomial(x))
      return difference.isNaN ? .infinity : difference
    }
    let cuts = Set(function.kinks + [0]).filter { lower < $0 && $0 < upper }.sorted()
    let count = max(leastSamples, samplesPerDegree * (polynomial.degree + 1))
    let pieces = zip([lower] + cuts, cuts + [upper]).map { left, right in
      let points = samplePoints(from: left, to: right, count: count)
      return (points: points, errors: points.map(error))
    }
    let sampled = pieces.flatMap(\.errors).max()!
    guard sampled.isFinite else { return .infinity }

    var largest = sampled
    for (points, errors) in pieces {
      for index in errors.indices where errors[index] >= refinedPart * sampled {
        let left = max(index - 1, 0)
        let right = min(index + 1, count)
        if errors[index] >= errors[left] && errors[index] >= errors[right] {
          let peak = peak(of: error, from: points[left], to: points[right])
          largest = max(largest, peak)
        }
      }
    }
    return largest
  }

  private static func samplePoints(from lower: Double, to upper: Double, count: Int) -> [Double] {
    (0...count).map { index in
      let part = sine(index, of: 2 * count)
      let fraction = part * part
      return index == count ? upper : min(lower + (upper - lower) * fraction, upper)
    }
  }

  /// Returns the largest value that golden sections meet on the way to a local maximum.
  private static func peak(
    of error: (Double) -> Double, from lower: Double, to upper: Double
  ) -> Double {
    let golden = 0.6180339887498949
    var (a, b) = (lower, upper)
    var (left, right) = (b - golden * (b - a), a + golden * (b - a))
    var (leftError, rightError) = (error(left), error(right))
    var largest = max(leftError, rightError)
    for _ in 0..<sections {
      if leftError >= rightError {
        (b, right, rightError) = (right, left, leftError)
        left = b - golden * (b - a)
        leftError = error(left)
        largest = max(largest, leftError)
      } else {
        (a, left, leftError) = (left, right, rightError)
        right = a + golden * (b - a)
        rightError = error(right)
        largest = max(largest, rightError)
      }
    }
    return largest
  }
}
