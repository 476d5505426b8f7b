/// A quotient Σ αₖ/(s - zₖ) ÷ Σ βₖ/(s - zₖ), which is one of two polynomials of one degree less than
/// there are supports z.
struct BarycentricQuotient {
  var supports: [Double]
  var numerators: [Double]
  var denominators: [Double]

  init(supports: [Double], numerators: [Double], denominators: [Double]) {
    self.supports = supports
    self.numerators = numerators
    self.denominators = denominators
  }

  /// Creates the quotient that agrees with `target` at an odd number of ascending points.
  ///
  /// Every second point is a support, where it agrees by construction; at the others, agreement
  /// determines β up to a factor.
  init(interpolating target: RationalTarget, at points: [Double]) {
    let supports = stride(from: 0, to: points.count, by: 2).map { points[$0] }
    self.supports = supports
    let values = supports.map(target.value)
    var rows = stride(from: 1, to: points.count, by: 2).map { index in
      let value = target.value(points[index])
      return zip(supports, values).map { (value - $1) / (points[index] - $0) }
    }
    let denominators = BarycentricQuotient.nullVector(&rows, count: supports.count)
    self.denominators = denominators
    numerators = zip(denominators, values).map { $0 * $1 }
  }

  /// Returns the value at `s`.
  func callAsFunction(_ s: Double) -> Double {
    var (numerator, denominator) = (0.0, 0.0)
    for index in supports.indices {
      let difference = s - supports[index]
      if difference == 0 { return numerators[index] / denominators[index] }
      numerator += numerators[index] / difference
      denominator += denominators[index] / difference
    }
    return numerator / denominator
  }

  /// Returns the values of the two polynomials at `s`.
  func polynomials(at s: Double) -> (numerator: Double, denominator: Double) {
    var (numerator, denominator) = (0.0, 0.0)
    for index in supports.indices {
      var product = 1.0
      for other in supports.indices where other != index { product *= 2 * (s - supports[other]) }
      numerator += numerators[index] * product
      denominator += denominators[index] * product
    }
    return (numerator, denominator)
  }

  /// Returns a vector that all rows, one fewer than there are columns, take to 0; by elimination
  /// with complete pivoting.
  private static func nullVector(_ rows: inout [[Double]], count: Int) -> [Double] {
    var order = Array(0..<count)
    for step in rows.indices {
      var pivot = (row: step, column: step, size: -1.0)
      for row in step..<rows.count {
        for column in step..<count where abs(rows[row][order[column]]) > pivot.size {
          pivot = (row, column, abs(rows[row][order[column]]))
        }
      }
      guard pivot.size > 0 else { break }
      rows.swapAt(step, pivot.row)
      order.swapAt(step, pivot.column)
      for row in step + 1..<max(rows.count, step + 1) {
        let factor = rows[row][order[step]] / rows[step][order[step]]
        for column in step..<count {
          rows[row][order[column]] -= factor * rows[step][order[column]]
        }
      }
    }
    var vector = [Double](repeating: 0, count: count)
    vector[order[count - 1]] = 1
    for step in rows.indices.reversed() {
      var sum = 0.0
      for column in step + 1..<count { sum += rows[step][order[column]] * vector[order[column]] }
      let pivot = rows[step][order[step]]
      vector[order[step]] = pivot == 0 ? 0 : -sum / pivot
    }
    return vector
  }
}
