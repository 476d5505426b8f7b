/// A target for quotients p(s)/q(s) of polynomials of one degree, without its parity.
///
/// With t the unit coordinate of the interval, the target's part is g(s) with s = t, or g(t²) if
/// it is even, or t·g(t²) if it is odd, where an error of g has the weight t.
struct RationalTarget {
  let unit: UnitTarget

  /// The bounds of s.
  var lower: Double { unit.parity == .neither ? -1 : 0 }
  var upper: Double { 1 }

  /// The places of the landmarks, inside the bounds.
  var landmarks: [Double] {
    unit.landmarks.map { unit.parity == .neither ? $0 : $0 * $0 }.filter { lower < $0 && $0 < 1 }
  }

  /// Returns g(s).
  func value(_ s: Double) -> Double {
    switch unit.parity {
    case .neither: return unit.part(s)
    case .even: return unit.part(s.squareRoot())
    case .odd:
      // At 0 the quotient is the slope, which a number whose square vanishes has too.
      let t = max(s.squareRoot(), 1e-150)
      return unit.part(t) / t
    }
  }

  /// Returns the factor on an error of g that makes it one of the part.
  func weight(_ s: Double) -> Double { unit.parity == .odd ? s.squareRoot() : 1 }

  /// Returns the degree of p and q that gives a quotient in t of at most `degree`.
  func degree(within degree: Int) -> Int {
    switch unit.parity {
    case .neither: degree
    case .even: degree / 2
    case .odd: max(degree - 1, 0) / 2
    }
  }

  /// Returns s for a unit coordinate.
  func place(of t: Double) -> Double { unit.parity == .neither ? t : t * t }

  /// Returns the unit coordinates of places, on both sides of 0 for a part with a parity.
  func unfolded(_ places: [Double]) -> [Double] {
    guard unit.parity != .neither else { return places }
    let right = places.map { $0.squareRoot() }
    return right.reversed().filter { $0 > 0 }.map { -$0 } + right
  }
}
