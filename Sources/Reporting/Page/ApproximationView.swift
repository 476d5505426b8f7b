import PolynomialApproximation
import RangeRecommendation

/// A site's polynomial as the page's template sees it.
struct ApproximationView {
  let functionChart: String
  let functionName: String
  let polynomialName: String
  /// Nil where the function has no Taylor series.
  let taylorName: String?
  let functionProse: String
  let valuesTable: TableView
  let errorChart: String
  let errorProse: String
  let overshootTable: TableView

  init(_ record: PolynomialRecord, detail: Detail) {
    let approximation = Approximation(record)
    functionChart = FunctionChart(approximation: approximation, detail: detail).picture
    functionName = record.function
    polynomialName = "\(record.method.rawValue) polynomial, degree \(record.degree.text)"
    taylorName = approximation.taylor.map { "Taylor series, degree \($0.degree.text)" }
    functionProse = approximation.functionProse
    valuesTable = approximation.valuesTable(detail)
    errorChart = ErrorChart(approximation: approximation, detail: detail).picture
    errorProse = approximation.errorProse
    overshootTable = TableView(
      "Error beyond the interval", columns: ["factor on the interval", "largest error"],
      rows: [["1", record.supremumError.text]]
        + record.overshoots.map { [$0.factor.text, $0.error?.text ?? "unbounded"] })
  }
}

extension Approximation {
  fileprivate var functionProse: String {
    let domain = interval
    let start =
      "On \((domain.lower...domain.upper).text) the thin line should lie on the thick one; in the "
      + "shade nothing holds it."
    if let taylor {
      return
        "\(start) The Taylor series is off by up to \(taylor.supremumError.text) on the interval."
    }
    return function.kinks.isEmpty
      ? "\(start) Its Taylor series cannot be computed here."
      : "\(start) \(record.function) has a kink, so no Taylor series is drawn."
  }

  fileprivate var errorProse: String {
    let start =
      "On the interval the error stays within ±\(record.supremumError.text); allowed are "
      + "±\(record.errorBound.text)."
    guard let fuse = record.fuse, fuse >= 1 else {
      return "\(start) The polynomial misses what is allowed on its own interval."
    }
    let far = record.overshoots.first { $0.factor == Self.reach }
    return "\(start) Overshoot fuse: it stays allowed up to \(fuse.fuseText) × the interval"
      + (far.map { "; at \($0.factor.text) × it is \($0.error?.text ?? "unbounded")." } ?? ".")
  }

  /// Values at equal steps along the stretch that is drawn.
  fileprivate func valuesTable(_ detail: Detail) -> TableView {
    TableView(
      "Values",
      columns: ["x", "function", "polynomial", "error"]
        + (taylor == nil ? [] : ["Taylor"]),
      rows: samples(detail.values).map { x in
        [x.text, exact(x).text, approximant(x).text, error(x).text]
          + (taylor.map { [$0.approximant(x).text] } ?? [])
      })
  }
}
