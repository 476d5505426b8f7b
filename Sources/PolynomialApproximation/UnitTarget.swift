/// A target function on [-1, 1], with a constant or line taken off that leaves a parity.
///
/// The best approximation of an even or odd function is even or odd, and a line of degree at most
/// the polynomial's passes through every linear fit unchanged. So relu is fitted through |x|/2.
struct UnitTarget {
  /// The parity of `part`.
  let parity: Parity

  /// What was taken off, as a coefficient of T₀.
  let constant: Double

  /// What was taken off, as a coefficient of T₁.
  let slope: Double

  /// The function that is left.
  let part: (Double) -> Double

  /// The points strictly inside (-1, 1) that divide the search for the largest error: the kinks,
  /// and the place of 0, around which target functions bend.
  let landmarks: [Double]

  /// The ascending parts of [-1, 1] where the error counts; only their right halves, in [0, 1], for
  /// a part with a parity.
  let pieces: [ClosedRange<Double>]

  /// The size of the rounding errors in the values of `part` and of a polynomial near it.
  let rounding: Double

  /// Creates the restriction of `function` to `interval`, for polynomials of degree `degree`.
  ///
  /// - Parameter gap: A part inside the interval where no error counts.
  /// - Throws: `FitError.outsideDomain` or `FitError.notFinite`.
  init(
    _ function: TargetFunction, on interval: Interval, degree: Int, omitting gap: Interval? = nil
  ) throws(FitError) {
    let domain = function.admissibleDomain
    guard domain.contains(interval.lower) else {
      throw .outsideDomain(function: function, interval: interval)
    }
    let sampleCount = 64
    let samples = (0...sampleCount).map { index in
      function(interval.number(atUnitCoordinate: 2 * Double(index) / Double(sampleCount) - 1))
    }
    guard samples.allSatisfy(\.isFinite) else {
      throw .notFinite(function: function, interval: interval)
    }
    let landmarks = Set(function.kinks + [0]).map(interval.unitCoordinate)
      .filter { -1 < $0 && $0 < 1 }
    let reach = max(abs(interval.lower), abs(interval.upper)) / interval.halfWidth
    let size = samples.map(abs).max()! + reach * (samples.max()! / 2 - samples.min()! / 2)
    let value = { t in function(interval.number(atUnitCoordinate: t)) }

    let symmetry = function.symmetry.flatMap { symmetry in
      let isCentral = ([interval] + [gap].compactMap { $0 }).allSatisfy {
        symmetry.centre - $0.lower == $0.upper - symmetry.centre
      }
      return isCentral && (symmetry.slope == 0 || degree > 0) ? symmetry : nil
    }
    let cut = gap.map {
      (interval.unitCoordinate(of: $0.lower), interval.unitCoordinate(of: $0.upper))
    }
    guard let symmetry else {
      let pieces = cut.map { [-1...$0.0, $0.1...1] }
      self.init(value, landmarks: landmarks, pieces: pieces, size: size)
      return
    }
    let pieces = cut.map { [$0.1...1] }
    let slope = symmetry.slope * interval.halfWidth
    switch symmetry.parity {
    case .even:
      self.init(
        { t in value(t) / 2 + value(-t) / 2 }, parity: .even, slope: slope, landmarks: landmarks,
        pieces: pieces, size: size)
    case .odd:
      self.init(
        { t in value(t) / 2 - value(-t) / 2 }, parity: .odd, constant: symmetry.constant,
        landmarks: landmarks, pieces: pieces, size: size)
    case .neither:
      preconditionFailure("a symmetry has a parity")
    }
  }

  /// Creates a target from a function on [-1, 1] whose values are at most `size`.
  init(
    _ part: @escaping (Double) -> Double, parity: Parity = .neither, constant: Double = 0,
    slope: Double = 0, landmarks: [Double] = [], pieces: [ClosedRange<Double>]? = nil, size: Double
  ) {
    self.part = part
    self.parity = parity
    self.constant = constant
    self.slope = slope
    self.landmarks = landmarks
    self.pieces = pieces ?? [(parity == .neither ? -1 : 0)...1]
    // Observed errors of the barycentric formula stay below some 20 units of rounding (heuristic).
    rounding = 64 * Double.ulpOfOne * size
  }

  /// Returns the coefficients of a polynomial near the whole function, from those near `part`.
  func restored(_ coefficients: [Double]) -> [Double] {
    var whole = coefficients
    whole[0] += constant
    if slope != 0 { whole[1] += slope }
    return whole
  }
}
