import RangeRecommendation

extension FigureView {
  /// A site's function with its polynomial.
  init(functionOf approximation: Approximation) {
    let record = approximation.record
    chart = FunctionChart(approximation: approximation, detail: .full).picture
    keys =
      [
        Key(keyStyle: "exact", words: record.function),
        Key(
          keyStyle: "", words: "\(record.method.rawValue) polynomial, degree \(record.degree.text)"),
      ]
      + (approximation.taylor.map {
        [Key(keyStyle: "taylor", words: "Taylor series, degree \($0.degree.text)")]
      } ?? [])
    prose = approximation.functionProse
    tables = [approximation.valuesTable]
    data = "polynomials.json"
  }

  /// The polynomial's error, also beyond the interval.
  init(errorOf figure: ErrorChart, _ detail: Detail) {
    let approximation = figure.approximation
    let record = approximation.record
    chart = figure.picture
    keys =
      detail.isFull
      ? [
        Key(keyStyle: "", words: "polynomial − function"),
        Key(keyStyle: "bound", words: "allowed error"), Key(keyStyle: "fuse", words: "fuse"),
      ] : []
    prose = approximation.errorProse
    tables =
      !detail.isFull
      ? []
      : [
        TableView(
          "Error beyond the interval", columns: ["factor on the interval", "largest error"],
          rows: [["1", record.supremumError.text]]
            + record.overshoots.map { [$0.factor.text, $0.error?.text ?? "unbounded"] })
      ]
    data = "polynomials.json"
  }
}

extension Approximation {
  /// Rows of the table of values (heuristic).
  private static let tableRows = 11

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
    let kept =
      "On the interval the error stays within ±\(record.supremumError.text); allowed are "
      + "±\(record.errorBound.text)."
    guard let fuse = record.fuse, fuse >= 1 else {
      return "\(kept) The polynomial misses what is allowed on its own interval."
    }
    let beyond = [Report.beyond, Self.reach].compactMap { factor in
      record.overshoots.first { $0.factor == factor }.map {
        "\($0.error?.text ?? "unbounded") at \(factor.text) ×"
      }
    }
    return "\(kept) Beyond, it grows: \(beyond.joined(separator: ", ")). Overshoot fuse: it stays "
      + "allowed up to \(fuse.fuseText) × the interval."
  }

  /// Values at equal steps along the stretch that is drawn.
  fileprivate var valuesTable: TableView {
    TableView(
      "Values of the function and its polynomial",
      columns: ["x", "function", "polynomial", "error"]
        + (taylor == nil ? [] : ["Taylor"]),
      rows: samples(Self.tableRows).map { x in
        [x.text, exact(x).text, approximant(x).text, error(x).text]
          + (taylor.map { [$0.approximant(x).text] } ?? [])
      })
  }
}
