/// Returns the eigenvalues and eigenvectors of a symmetric matrix, by Jacobi's rotations (Golub & Van
/// Loan, *Matrix Computations*, 4th edition, section 8.5).
func symmetricEigenvectors(
  _ matrix: [[Double]]
) -> [(value: Double, vector: [Double])] {
  let count = matrix.count
  var a = matrix
  var vectors = (0..<count).map { row in (0..<count).map { $0 == row ? 1.0 : 0 } }
  // Convergence is quadratic: six to ten sweeps are usual.
  for _ in 0..<50 {
    var rotated = false
    for p in 0..<count {
      for q in p + 1..<max(count, p + 1) {
        guard abs(a[p][q]) > Double.ulpOfOne * (abs(a[p][p] * a[q][q])).squareRoot() * 1e-2,
          abs(a[p][q]) > .leastNormalMagnitude
        else { continue }
        rotated = true
        let theta = (a[q][q] - a[p][p]) / (2 * a[p][q])
        let tangent = (theta >= 0 ? 1 : -1) / (abs(theta) + (theta * theta + 1).squareRoot())
        let cosine = 1 / (tangent * tangent + 1).squareRoot()
        let sine = tangent * cosine
        for k in 0..<count {
          (a[k][p], a[k][q]) = (
            cosine * a[k][p] - sine * a[k][q], sine * a[k][p] + cosine * a[k][q]
          )
        }
        for k in 0..<count {
          (a[p][k], a[q][k]) = (
            cosine * a[p][k] - sine * a[q][k], sine * a[p][k] + cosine * a[q][k]
          )
          (vectors[p][k], vectors[q][k]) = (
            cosine * vectors[p][k] - sine * vectors[q][k],
            sine * vectors[p][k] + cosine * vectors[q][k]
          )
        }
      }
    }
    if !rotated { break }
  }
  return (0..<count).map { (a[$0][$0], vectors[$0]) }
}
