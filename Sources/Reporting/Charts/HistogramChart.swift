import RangeStatistics

/// A site's values, and below them every interval that a policy gives.
struct HistogramChart {
  /// An interval that is drawn under the histogram.
  private struct Row {
    let label: String
    let range: ClosedRange<Double>
    let style: Style
  }

  private enum Style: String, CaseIterable {
    case seen
    case policy
    case chosen
  }

  private static let width = 620.0
  private static let left = 52.0
  private static let plotWidth = 552.0
  private static let plotHeight = 190.0
  private static let rowHeight = 32.0
  /// Bars of the table behind it (heuristic).
  static let tableRows = 16

  /// The range is wide if it is this many times the quartiles' distance (heuristic: ten million
  /// normal values reach 8).
  private static let wideRatio = 20.0

  let site: Report.Site
  let bins: [Report.Bin]
  let detail: Detail
  /// The stretches that are drawn, as wide as all intervals together, and their axis.
  let density: Density

  private let rows: [Row]

  init(site: Report.Site, bins: [Report.Bin], detail: Detail) {
    (self.site, self.bins, self.detail) = (site, bins, detail)
    rows = Self.rows(site, detail)
    let lower = rows.map(\.range.lowerBound).min() ?? 0
    let upper = rows.map(\.range.upperBound).max() ?? 0
    density = Density(
      bins,
      on: Scale(
        Self.scaleKind(of: site), domain: lower...upper,
        extent: (Self.left, Self.left + Self.plotWidth)), count: detail.bars)
  }

  /// Whether values are shown on a symmetric logarithmic axis.
  var isWide: Bool { if case .symlog = density.scale.kind { true } else { false } }

  /// How the values of a site are spread along the axis.
  static func scaleKind(of site: Report.Site) -> Scale.Kind {
    guard let observed = site.observed, let low = site.quantile(0.25),
      let high = site.quantile(0.75)
    else { return .linear }
    let spread = max(high.value - low.value, abs(high.value), abs(low.value))
    let width = observed.upperBound - observed.lowerBound
    return spread > 0 && width > Self.wideRatio * spread ? .symlog(constant: spread) : .linear
  }

  private static func rows(_ site: Report.Site, _ detail: Detail) -> [Row] {
    guard let observed = site.observed else { return [] }
    return [Row(label: "observed \(observed.text)", range: observed, style: .seen)]
      + site.options.map { option in
        let range = option.lower...option.upper
        let isChosen = option.policy == site.policy
        return Row(
          label: option.policy + (isChosen || detail.isFull ? " \(range.text)" : "")
            + (isChosen ? ", chosen" : ""), range: range,
          style: isChosen ? .chosen : .policy)
      }
  }

  /// The picture; empty if the site saw no finite value.
  var picture: String {
    guard let observed = site.observed else { return "" }
    let (top, bottom) = (26.0, 26 + Self.plotHeight)
    let most = max(density.counts.max() ?? 1, 1)
    let axes = Axes(
      x: density.scale, y: Scale(.log, domain: 0.5...most * 1.15, extent: (bottom, top)))
    let linear = Axes(
      x: density.scale, y: Scale(domain: 0...most * 1.05, extent: (bottom, top)))
    let quantileTop = bottom + 46
    let rowsTop = quantileTop + Self.rowHeight
    let height = rowsTop + Double(rows.count) * Self.rowHeight
    let title = "Histogram of \(site.statistics.count.text) values in \(observed.text)"
    return SVG.picture(width: Self.width, height: height, title: title) { svg in
      // The page shows one of the two.
      for (name, title, axes) in [("log", "values (log)", axes), ("linear", "values", linear)] {
        svg.group(class: name) { svg in
          axes.drawUp(into: &svg, title: title, distance: detail.isFull ? 36 : 72)
          svg.path(density.outline(base: bottom) { axes.y($0).rounded() }, class: "bars")
        }
      }
      axes.drawAcross(
        into: &svg, title: isWide ? "pre-activation (symlog)" : "pre-activation")
      if let chosen = site.chosen {
        let ends = [chosen.lower, chosen.upper].map(axes.x.callAsFunction)
        svg.path(
          Path(lines: ends.map { (Point(x: $0, y: top), Point(x: $0, y: bottom)) }), class: "mark")
      }
      drawQuantiles(into: &svg, axes.x, y: quantileTop)
      for style in Style.allCases {
        draw(style, of: rows, into: &svg, axes.x, top: rowsTop)
      }
    }
  }

  /// Draws the rows of one style, each as its words with a bracket under them.
  private func draw(
    _ style: Style, of rows: [Row], into svg: inout SVG, _ x: Scale, top: Double
  ) {
    let placed = rows.enumerated().filter { $0.element.style == style }.map { index, row in
      (row, top + Double(index) * Self.rowHeight)
    }
    guard !placed.isEmpty else { return }
    svg.labels(
      placed.map { ($0.0.label, Point(x: x.extent.start, y: $0.1 + 11)) }, .start,
      class: style.rawValue)
    let brackets = placed.flatMap { row, y in
      let (left, right) = (x(row.range.lowerBound), x(row.range.upperBound))
      return [
        (Point(x: left, y: y + 16), Point(x: left, y: y + 24)),
        (Point(x: left, y: y + 20), Point(x: right, y: y + 20)),
        (Point(x: right, y: y + 16), Point(x: right, y: y + 24)),
      ]
    }
    svg.path(Path(lines: brackets), class: "range \(style.rawValue)")
  }

  /// Draws the quantiles as three nested bars with a dot at the median.
  private func drawQuantiles(into svg: inout SVG, _ x: Scale, y: Double) {
    let pairs = [(0.001, 0.999, "q1"), (0.05, 0.95, "q2"), (0.25, 0.75, "q3")]
    let places = pairs.compactMap { low, high, style in
      site.quantile(low).flatMap { low in
        site.quantile(high).map { (low.value, $0.value, style) }
      }
    }
    guard let median = site.quantile(0.5)?.value else { return }
    let shares = places.count == 3 ? "middle 50, 90 and 99.8 % of values" : "quantiles"
    svg.label("\(shares), median \(median.text)", at: Point(x: x.extent.start, y: y + 11))
    for (low, high, style) in places {
      svg.line(
        from: Point(x: x(low), y: y + 20), to: Point(x: x(high), y: y + 20), class: "range \(style)"
      )
    }
    svg.dot(at: Point(x: x(median), y: y + 20), radius: 3, class: "median")
  }
}
