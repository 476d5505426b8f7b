/// The nearest point of a polyhedron, by least squares with non-negative multipliers.
///
/// The point nearest to c₀ with aⱼ·c ≤ bⱼ for all j is c₀ - Σ λⱼaⱼ, where the multipliers λ ≥ 0
/// minimise λᵀGλ/2 - rᵀλ with G = AAᵀ and r = Ac₀ - b (Lawson & Hanson, *Solving Least Squares
/// Problems*, 1974, chapter 23).
struct NonNegativeLeastSquares {
  private let gram: [[Double]]
  private let excess: [Double]

  /// Creates the problem of the multipliers.
  ///
  /// - Precondition: `gram` is the Gram matrix of vectors of length 1.
  init(gram: [[Double]], excess: [Double]) {
    self.gram = gram
    self.excess = excess
  }

  /// Returns the multipliers by Lawson and Hanson's active-set method.
  func multipliers() -> [Double] {
    let count = excess.count
    var solution = [Double](repeating: 0, count: count)
    var passive: [Int] = []
    let tolerance = 1e-10 * (excess.map(abs).max() ?? 0)
    // Each round lowers the objective; the limit guards against rounding (heuristic).
    for _ in 0..<3 * count {
      let candidates = (0..<count).filter { !passive.contains($0) }
      let slopes = candidates.map { row in
        passive.reduce(excess[row]) { $0 - gram[row][$1] * solution[$1] }
      }
      guard let best = slopes.indices.max(by: { slopes[$0] < slopes[$1] }), slopes[best] > tolerance
      else { break }
      passive.append(candidates[best])
      while true {
        let trial = solve(passive)
        var step = 1.0
        for (index, value) in zip(passive, trial) where value <= 0 {
          step = min(step, solution[index] / (solution[index] - value))
        }
        for (index, value) in zip(passive, trial) {
          solution[index] += step * (value - solution[index])
        }
        if step == 1 { break }
        passive.removeAll { index in
          guard solution[index] <= 1e-15 * (solution.max() ?? 0) else { return false }
          solution[index] = 0
          return true
        }
        if passive.isEmpty { break }
      }
    }
    return solution
  }

  /// Solves for the multipliers in `rows` alone, by Cholesky's factorisation.
  private func solve(_ rows: [Int]) -> [Double] {
    let count = rows.count
    var factor = [[Double]](repeating: [], count: count)
    var solution = rows.map { excess[$0] }
    for i in 0..<count {
      var row: [Double] = []
      for j in 0...i {
        var sum = gram[rows[i]][rows[j]]
        for k in 0..<j { sum -= row[k] * (j == i ? row[k] : factor[j][k]) }
        // Rows that depend on others to rounding get a pivot that keeps their part finite.
        row.append(j == i ? max(sum, 1e-14).squareRoot() : sum / factor[j][j])
      }
      factor[i] = row
      for k in 0..<i { solution[i] -= row[k] * solution[k] }
      solution[i] /= row[i]
    }
    for i in stride(from: count - 1, through: 0, by: -1) {
      for k in i + 1..<max(count, i + 1) { solution[i] -= factor[k][i] * solution[k] }
      solution[i] /= factor[i][i]
    }
    return solution
  }
}
