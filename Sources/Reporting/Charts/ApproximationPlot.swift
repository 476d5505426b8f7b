import RangeRecommendation

/// A picture of one polynomial in a file of its own: the function with it, and its error, both on
/// the interval and a little beyond.
public struct ApproximationPlot {
  private let approximation: Approximation

  /// Takes a polynomial whose function and interval are valid, as those that were just fitted are.
  public init(_ record: PolynomialRecord) { approximation = Approximation(record) }

  /// The SVG file, light or dark as the reader prefers.
  public var svg: [UInt8] {
    let record = approximation.record
    let (width, margin, top, gap) = (FunctionChart.width, 16.0, 56.0, 24.0)
    let height = top + FunctionChart.height + 40
    let title =
      "\(record.function) on \((record.lower...record.upper).text): \(record.method.rawValue), "
      + "degree \(record.degree.text), largest error \(record.supremumError.text)"
    let picture = SVG.document(
      width: 2 * width + gap + 2 * margin, height: height, title: title, style: Self.style
    ) { svg in
      svg.label(title, at: Point(x: margin, y: 30), class: "title")
      let charts = [
        FunctionChart(approximation: approximation, detail: .full).picture,
        ErrorChart(approximation: approximation, detail: .full).picture,
      ]
      for (index, chart) in charts.enumerated() {
        svg.place(
          chart, at: Point(x: margin + Double(index) * (width + gap), y: top), width: width,
          height: FunctionChart.height)
      }
      drawKeys(into: &svg, at: Point(x: margin + 58, y: height - 18))
    }
    return Array(picture.utf8)
  }

  private func drawKeys(into svg: inout SVG, at place: Point) {
    var keys = [("exact", approximation.record.function), ("fit", "polynomial")]
    if let taylor = approximation.taylor {
      keys.append(("taylor", "Taylor series, degree \(taylor.degree.text)"))
    }
    keys.append(("bound", "error bound"))
    var x = place.x
    for (name, words) in keys {
      svg.line(from: Point(x: x, y: place.y - 4), to: Point(x: x + 28, y: place.y - 4), class: name)
      svg.label(words, at: Point(x: x + 36, y: place.y))
      x += 36 + 7 * Double(words.count) + 28
    }
  }

  /// The page's styles, and what a picture needs beyond them.
  private static let style =
    HTMLReport.text(PackageResources.page_css)
      + """
      .chart { width: \(FunctionChart.width)px; height: \(FunctionChart.height)px; }
      svg .title { font-size: 16px; fill: var(--ink); }
      .sheet { fill: var(--paper); }
      text { font-family: system-ui, sans-serif; }

      """
}
