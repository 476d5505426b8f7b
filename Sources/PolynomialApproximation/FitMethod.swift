/// A way to find a polynomial, or something made of polynomials, near a function.
public enum FitMethod: String, CaseIterable, Hashable, Sendable, Codable {
  /// The Taylor series, cut off.
  case taylor
  /// Interpolation at the Chebyshev points of the first kind.
  case chebyshev
  /// The polynomial with the least possible largest error, by the Remez exchange.
  case minimax
  /// The polynomial with the least mean square error, all numbers of the interval weighing the same.
  case leastSquares = "least-squares"
  /// The polynomial with the least mean square error over given values, among those whose largest
  /// error is within a stated factor of the least possible.
  case density
  /// `density` on the interval, with the error bounded on a wider one too.
  case clampedTail = "clamped-tail"
  /// Composed odd minimax polynomials for the sign of x, for functions with one kink, at 0.
  case composite
  /// A quotient of two polynomials with a nearly least largest error, where division is possible.
  case rational
}
