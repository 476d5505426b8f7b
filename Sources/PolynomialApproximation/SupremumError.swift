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

  /// Returns the largest |`approximant` - `function`| from `lower` to `upper`.
  ///
  /// Infinite where one of the two is not finite, or a quotient has a pole.
  static func measure(
    _ approximant: Approximant, from function: TargetFunction, lower: Double, upper: Double
  ) -> Double {
    if case .rational(let quotient) = approximant,
      hasRoot(quotient.denominator, lower: lower, upper: upper)
    {
      return .infinity
    }
    let peaks = peaks(
      of: { function($0) - approximant($0) }, from: lower, to: upper,
      cuts: function.kinks + [0], degree: approximant.degree)
    return peaks.reduce(0) { max($0, abs($1.error)) }
  }

  /// Returns whether `polynomial` vanishes or changes its sign between its samples.
  private static func hasRoot(
    _ polynomial: ChebyshevPolynomial, lower: Double, upper: Double
  ) -> Bool {
    let count = max(leastSamples, samplesPerDegree * (polynomial.degree + 1))
    let values = samplePoints(from: lower, to: upper, count: count).map { polynomial($0) }
    return !values.allSatisfy { $0 > 0 } && !values.allSatisfy { $0 < 0 }
  }

  /// Returns the high local maxima of |`error`| from `lower` to `upper` in ascending order, the
  /// largest value among them; a value that is not a number counts as infinite.
  ///
  /// - Parameter cuts: Points that divide the search.
  /// - Parameter degree: How often the error may change its sign.
  static func peaks(
    of error: (Double) -> Double, from lower: Double, to upper: Double, cuts: [Double], degree: Int,
    above threshold: Double? = nil
  ) -> [Peak] {
    let cuts = Set(cuts).filter { lower < $0 && $0 < upper }.sorted()
    let count = max(leastSamples, samplesPerDegree * (degree + 1))
    func size(_ x: Double) -> Double {
      let value = abs(error(x))
      return value.isNaN ? .infinity : value
    }
    let pieces = zip([lower] + cuts, cuts + [upper]).map { left, right in
      let points = samplePoints(from: left, to: right, count: count)
      return (points: points, errors: points.map(size))
    }
    let sampled = pieces.reduce(0) { max($0, $1.errors.max()!) }
    guard sampled.isFinite else { return [Peak(x: lower, error: .infinity)] }

    var result: [Peak] = []
    for (points, errors) in pieces {
      for index in errors.indices where errors[index] >= threshold ?? refinedPart * sampled {
        let left = max(index - 1, 0)
        let right = min(index + 1, count)
        if errors[index] >= errors[left] && errors[index] >= errors[right] {
          let refined = peak(of: size, from: points[left], to: points[right])
          let x = refined.error > errors[index] ? refined.x : points[index]
          result.append(Peak(x: x, error: error(x)))
        }
      }
    }
    return result
  }

  /// A local maximum of an error's size, and the error there.
  struct Peak {
    var x: Double
    var error: Double
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
  ) -> Peak {
    let golden = 0.6180339887498949
    var (a, b) = (lower, upper)
    var (left, right) = (b - golden * (b - a), a + golden * (b - a))
    var (leftError, rightError) = (error(left), error(right))
    var largest =
      leftError >= rightError ? Peak(x: left, error: leftError) : Peak(x: right, error: rightError)
    for _ in 0..<sections {
      if leftError >= rightError {
        (b, right, rightError) = (right, left, leftError)
        left = b - golden * (b - a)
        leftError = error(left)
        if leftError > largest.error { largest = Peak(x: left, error: leftError) }
      } else {
        (a, left, leftError) = (left, right, rightError)
        right = a + golden * (b - a)
        rightError = error(right)
        if rightError > largest.error { largest = Peak(x: right, error: rightError) }
      }
    }
    return largest
  }
}
