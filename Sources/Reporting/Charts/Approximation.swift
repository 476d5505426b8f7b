import PolynomialApproximation
import RangeRecommendation

/// A site's function with the polynomial that replaces it, ready to be drawn.
struct Approximation {
  /// How far beyond the interval the charts reach, as a factor on it.
  static let reach = 1.25
  /// Terms of the Taylor series, fewer where the polynomial's degree is lower.
  static let taylorTerms = 9

  let function: TargetFunction
  let record: PolynomialRecord
  let approximant: Approximant
  let taylor: Fit?

  /// Reads a record, which a `Report` has checked.
  init(_ record: PolynomialRecord) {
    self.record = record
    function = try! TargetFunction(record.function)
    approximant = record.approximant
    let degree = min(Self.taylorTerms - 1, record.degree)
    taylor =
      function.kinks.isEmpty
      ? try? Fit(of: function, on: record.interval, degree: degree, method: .taylor) : nil
  }

  /// The interval on which errors are bounded.
  var interval: Interval { record.interval }

  /// The stretch that is drawn: the interval and a little beyond it.
  var stretch: Interval { interval.widened(by: Self.reach) }

  /// Places along the stretch, both ends included.
  func samples(_ count: Int) -> [Double] {
    let stretch = stretch
    return (0..<count).map { index in
      let share = Double(index) / Double(count - 1)
      return (1 - share) * stretch.lower + share * stretch.upper
    }
  }

  /// The function's value, or nil outside its domain or where it is not finite.
  func exact(_ x: Double) -> Double? {
    guard function.admissibleDomain.contains(x) else { return nil }
    let y = function(x)
    return y.isFinite ? y : nil
  }

  /// The polynomial's error, or nil where the function has no value.
  func error(_ x: Double) -> Double? {
    exact(x).flatMap { y in
      let error = approximant(x) - y
      return error.isFinite ? error : nil
    }
  }
}
