import Glibc

/// The exchange algorithm for the best uniform approximation by quotients of polynomials.
///
/// The quotient whose error is levelled at the references comes from a symmetric eigenvalue problem
/// in the barycentric basis, with supports between the references (Filip, Nakatsukasa, Trefethen &
/// Beckermann, "Rational minimax approximation via adaptive barycentric representations", SIAM J.
/// Sci. Comput. 40, 2018).
struct RationalRemez {
  /// The outcome of an exchange.
  struct Solution {
    var quotient: BarycentricQuotient
    /// The references in ascending order, in terms of s.
    var references: [Double]
    /// The largest and the least error at the references.
    var error: Double
    var levelledError: Double
    var iterations: Int
  }

  /// The relative excess of the largest error over the levelled one at which the exchange ends.
  private static let tolerance = 1e-9

  /// The exchanges tried (heuristic; five to ten are usual).
  private static let iterationLimit = 40

  let target: RationalTarget
  /// The degree of both polynomials in s.
  let degree: Int

  /// Runs the exchange and returns the best quotient that it met, or nil when it met none.
  func solve() -> Solution? {
    var references = RationalReferences(target: target, degree: degree).find()
    let search = Remez(
      target: UnitTarget(
        target.value, landmarks: target.landmarks, pieces: [target.lower...target.upper], size: 1),
      degree: 0)
    var best: Solution?
    for iteration in 1...RationalRemez.iterationLimit {
      guard references.count == 2 * degree + 2,
        zip(references, references.dropFirst()).allSatisfy({ $0 < $1 }),
        let (quotient, level) = levelled(at: references)
      else { break }
      let extrema = search.extrema(
        of: { target.weight($0) * (target.value($0) - quotient($0)) }, references: references)
      let largest = extrema.reduce(0) { max($0, abs($1.error)) }
      guard largest.isFinite else { break }
      if largest < best?.error ?? .infinity {
        best = Solution(
          quotient: quotient, references: references, error: largest, levelledError: level,
          iterations: iteration)
      }
      best?.iterations = iteration
      if largest - level <= RationalRemez.tolerance * largest || largest <= target.unit.rounding {
        break
      }
      guard let exchanged = search.exchange(extrema, count: references.count) else { break }
      references = exchanged
    }
    return best
  }

  /// Returns the quotient whose weighted error has one size and alternating signs at the references,
  /// and that size; nil where every such quotient has a pole between them.
  private func levelled(at references: [Double]) -> (BarycentricQuotient, Double)? {
    let supports = (0...degree).map { index -> Double in
      references[2 * index] + (references[2 * index + 1] - references[2 * index]) / 2
    }
    let values = references.map(target.value)
    let weights = references.map(target.weight)
    // A weight of 0 at s = 0 allows every error there.
    guard weights.allSatisfy({ $0 > 0 }) else { return nil }

    let scales = RationalRemez.scales(references, supports)
    let cauchy = references.map { x in supports.map { 1 / (x - $0) } }
    let signs: [Double] = references.indices.map { $0 % 2 == 0 ? 1 : -1 }

    let weighted = Factorisation(cauchy, scales: zip(scales, weights).map { $0 / $1.squareRoot() })
    let factors = references.indices.map { signs[$0] * values[$0] * weights[$0] }
    let matrix = weighted.orthonormal.map { left in
      let scaled = zip(left, factors).map { $0 * $1 }
      return weighted.orthonormal.map { dot(scaled, $0) }
    }
    for (level, vector) in symmetricEigenvectors(matrix) {
      let denominators = weighted.solve(vector)
      let sums = cauchy.map { dot($0, denominators) }
      // The denominator itself is the sum times Π(x - zₖ), whose sign changes after every support.
      let divisors = sums.enumerated().map { index, sum -> Double in
        (index + 1) / 2 % 2 == 0 ? sum : -sum
      }
      guard divisors.allSatisfy({ $0 > 0 }) || divisors.allSatisfy({ $0 < 0 }) else { continue }
      let plain = Factorisation(cauchy, scales: scales)
      let dividends = references.indices.map { index in
        let aim = values[index] - signs[index] * level / weights[index]
        return scales[index] * sums[index] * aim
      }
      let quotient = BarycentricQuotient(
        supports: supports, numerators: plain.solve(plain.orthonormal.map { dot($0, dividends) }),
        denominators: denominators)
      return (quotient, abs(level))
    }
    return nil
  }

  /// Returns |Π(xᵢ - zₖ)|/√|Π(xᵢ - xₗ)| up to one factor; by logarithms, for the products leave the
  /// range of `Double`.
  private static func scales(_ references: [Double], _ supports: [Double]) -> [Double] {
    let logarithms = references.map { x in
      var sum = 0.0
      for support in supports { sum += log(abs(x - support)) }
      for other in references where other != x { sum -= log(abs(x - other)) / 2 }
      return sum
    }
    let largest = logarithms.max()!
    return logarithms.map { exp($0 - largest) }
  }
}

/// Columns as orthonormal ones times an upper triangle, by Gram and Schmidt's process, done twice.
private struct Factorisation {
  var orthonormal: [[Double]] = []
  /// `triangle[k][j]` is the part of orthonormal column j in column k.
  var triangle: [[Double]] = []

  /// Factorises a matrix, given by its rows, whose rows are scaled.
  init(_ rows: [[Double]], scales: [Double]) {
    for column in rows[0].indices {
      var rest = zip(rows, scales).map { $0[column] * $1 }
      var parts = [Double](repeating: 0, count: orthonormal.count + 1)
      for _ in 0..<2 {
        for (index, other) in orthonormal.enumerated() {
          let part = dot(rest, other)
          parts[index] += part
          for place in rest.indices { rest[place] -= part * other[place] }
        }
      }
      let length = dot(rest, rest).squareRoot()
      parts[orthonormal.count] = length
      orthonormal.append(rest.map { $0 / length })
      triangle.append(parts)
    }
  }

  /// Returns x with triangle · x = `vector`.
  func solve(_ vector: [Double]) -> [Double] {
    var solution = vector
    for column in solution.indices.reversed() {
      solution[column] /= triangle[column][column]
      for row in 0..<column { solution[row] -= triangle[column][row] * solution[column] }
    }
    return solution
  }
}
