/// The polynomial with the least weighted mean square error whose error nowhere exceeds a bound.
///
/// Unlike a mixture of weights, which is the usual way to tame the tails, this is the best
/// polynomial under the bound. A convex problem of least squares under linear constraints, one for
/// each place where the error would exceed the bound; the places are found by cutting planes: solve,
/// look for the highest errors, constrain those too. All is held relative to a polynomial that
/// meets the bound, the minimax one, and in units of the bound.
struct GuardedLeastSquares {
  /// The weight of Chebyshev points on the whole interval, as a part of the density's, which makes
  /// the polynomial unique where the density alone does not (heuristic).
  private static let floor = 1e-8

  /// The density's numbers are gathered in cells of this part of the interval (heuristic).
  private static let cells = 4096.0

  /// The excess over the bound that ends the cutting; it is then removed (heuristic).
  private static let slack = 1e-3

  /// Samples above this part of the bound are searched for errors that exceed it (heuristic).
  private static let searched = 0.9

  /// The cutting planes' rounds (heuristic: 5 to 15 are usual).
  private static let roundLimit = 40

  /// The error of the polynomial that meets the bound, as a part of the bound, at `t`.
  let residual: (Double) -> Double
  /// The points of [-1, 1] that divide the search for the largest error.
  let landmarks: [Double]
  let degree: Int
  /// Numbers in [-1, 1] with weights.
  let density: [(t: Double, weight: Double)]

  /// Returns the coefficients of T₀, T₁, … of what is to be added to the polynomial that meets the
  /// bound, in units of the bound.
  func solve() -> [Double] {
    let points = measure()
    let basis = OrthonormalBasis(degree: degree, points: points)
    let free = basis.coefficients(nearestTo: points.map { residual($0.t) })
    let grid = (0...degree).map {
      basis.values(at: ChebyshevCoefficients.point($0, of: degree))
    }
    let unit = Interval(-1...1)
    var constraints: [Constraint] = []
    var solution = free
    var correction = ChebyshevPolynomial([0], on: unit)
    var largest = 0.0
    for _ in 0..<Self.roundLimit {
      correction = ChebyshevPolynomial(
        ChebyshevCoefficients.ofValues(grid.map { dot($0, solution) }), on: unit)
      let high = SupremumError.peaks(
        of: { residual($0) - correction($0) }, from: -1, to: 1, cuts: landmarks, degree: degree,
        above: Self.searched
      ).filter { abs($0.error) > 1 }
      largest = high.map { abs($0.error) }.max() ?? 0
      if largest <= 1 + Self.slack { break }
      for peak in high {
        constraints.removeAll { abs($0.t - peak.x) <= 1e-9 }
        constraints.append(
          Constraint(at: peak.x, sign: peak.error > 0 ? 1 : -1, residual: residual, basis: basis))
      }
      let multipliers = NonNegativeLeastSquares(
        gram: constraints.map { row in constraints.map { dot(row.normal, $0.normal) } },
        excess: constraints.map { dot($0.normal, free) - $0.limit }
      ).multipliers()
      solution = free
      for (constraint, multiplier) in zip(constraints, multipliers) where multiplier > 0 {
        for index in solution.indices { solution[index] -= multiplier * constraint.normal[index] }
      }
      constraints = zip(constraints, multipliers).filter { $0.1 > 0 }.map(\.0)
    }
    // The largest error is convex in the polynomial, and that of 0 is known to be below 1.
    guard largest > 1 else { return correction.coefficients }
    let base = SupremumError.peaks(
      of: residual, from: -1, to: 1, cuts: landmarks, degree: degree
    ).reduce(0) { max($0, abs($1.error)) }
    let part = max(0, 1 - base) / (largest - base) * (1 - 1e-9)
    return correction.coefficients.map { part * $0 }
  }

  /// `normal`·c ≤ `limit`: the error of the polynomial c at `t` is at most 1, with `sign` -1 at
  /// least -1.
  private struct Constraint {
    let t: Double
    let normal: [Double]
    let limit: Double

    init(at t: Double, sign: Double, residual: (Double) -> Double, basis: OrthonormalBasis) {
      let values = basis.values(at: t)
      let length = dot(values, values).squareRoot()
      self.t = t
      normal = values.map { -sign * $0 / length }
      limit = (1 - sign * residual(t)) / length
    }
  }

  /// The density in cells, with a total of 1, and the floor.
  private func measure() -> [(t: Double, weight: Double)] {
    let total = density.reduce(0) { $0 + $1.weight }
    var points: [(t: Double, weight: Double)] = []
    var cell = -1.0
    for point in density {
      let weight = point.weight / total
      let place = ((point.t + 1) * Self.cells / 2).rounded(.down)
      if place == cell, let last = points.last {
        let sum = last.weight + weight
        points[points.count - 1] = (last.t + (point.t - last.t) * (weight / sum), sum)
      } else {
        points.append((point.t, weight))
        cell = place
      }
    }
    let count = 2 * (degree + 1)
    return points
      + (0..<count).map {
        (ChebyshevCoefficients.point($0, of: count - 1), Self.floor / Double(count))
      }
  }
}
