/// Polynomials φ₀, φ₁, … on [-1, 1] that are orthonormal with respect to points with weights.
///
/// They come from Arnoldi's process on multiplication by t, orthogonalised twice, which stays
/// accurate where the powers of t, or a three-term recurrence, do not (Brubeck, Nakatsukasa &
/// Trefethen, "Vandermonde with Arnoldi", SIAM Review 63, 2021). It takes O(points · degree²)
/// operations.
struct OrthonormalBasis {
  /// The values at the points times the roots of the weights: `columns[k][i]` is √wᵢ·φₖ(tᵢ).
  private var columns: [[Double]]
  /// The recurrence: t·φₖ = Σⱼ `recurrence[k][j]`·φⱼ, for j up to k + 1.
  private var recurrence: [[Double]] = []
  private let roots: [Double]

  /// Creates the basis up to `degree`.
  ///
  /// - Precondition: More than `degree` points have a weight that matters.
  init(degree: Int, points: [(t: Double, weight: Double)]) {
    let total = points.reduce(0) { $0 + $1.weight }
    roots = points.map { $0.weight.squareRoot() }
    columns = [roots.map { $0 / total.squareRoot() }]
    for order in 0..<degree {
      var column = zip(points, columns[order]).map { $0.t * $1 }
      var row = [Double](repeating: 0, count: order + 2)
      for _ in 0..<2 {
        for (index, other) in columns.enumerated() {
          let part = dot(column, other)
          row[index] += part
          for place in column.indices { column[place] -= part * other[place] }
        }
      }
      let length = dot(column, column).squareRoot()
      row[order + 1] = length
      columns.append(column.map { $0 / length })
      recurrence.append(row)
    }
  }

  /// Returns φ₀(t), φ₁(t), …
  func values(at t: Double) -> [Double] {
    var values = [columns[0][0] / roots[0]]
    values.reserveCapacity(columns.count)
    for row in recurrence {
      let order = values.count - 1
      var next = t * values[order]
      for index in 0...order { next -= row[index] * values[index] }
      values.append(next / row[order + 1])
    }
    return values
  }

  /// Returns the coefficients of the polynomial nearest to the function with the given values at the
  /// points, in the weighted mean square.
  func coefficients(nearestTo values: [Double]) -> [Double] {
    let weighted = zip(values, roots).map { $0 * $1 }
    return columns.map { dot($0, weighted) }
  }
}

/// Returns Σ aᵢbᵢ for arrays of one length.
func dot(_ a: [Double], _ b: [Double]) -> Double {
  var sum = 0.0
  for index in a.indices { sum += a[index] * b[index] }
  return sum
}
