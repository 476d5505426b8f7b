import RangeStatistics

/// A site's values, and below them every interval that a policy gives.
struct HistogramChart {
  /// An interval that is drawn under the histogram.
  private struct Row {
    let label: String
    let range: ClosedRange<Double>
    let style: String
  }

  private static let width = 620.0
  private static let left = 52.0
  private static let plotWidth = 552.0
  private static let plotHeight = 190.0
  private static let rowHeight = 32.0

  /// The range is wide if it is this many times the quartiles' distance (heuristic: ten million
  /// normal values reach 8).
  private static let wideRatio = 20.0

  let site: Report.Site
  let bins: [Report.Bin]
  let detail: Detail

  /// Whether values are shown on a symmetric logarithmic axis.
  var isWide: Bool { if case .symlog = scaleKind { true } else { false } }

  private var scaleKind: Scale.Kind {
    guard let observed = site.observed, let low = try? site.statistics.quantile(0.25),
      let high = try? site.statistics.quantile(0.75)
    else { return .linear }
    let spread = max(high.value - low.value, abs(high.value), abs(low.value))
    let width = observed.upperBound - observed.lowerBound
    return spread > 0 && width > Self.wideRatio * spread ? .symlog(constant: spread) : .linear
  }

  private var rows: [Row] {
    guard let observed = site.observed else { return [] }
    return [Row(label: "observed \(observed.text)", range: observed, style: "seen")]
      + site.options.map { option in
        let range = option.lower...option.upper
        let isChosen = option.policy == site.policy
        return Row(
          label: "\(option.policy) \(range.text)\(isChosen ? ", chosen" : "")", range: range,
          style: isChosen ? "chosen" : "policy")
      }
  }

  /// The stretches that are drawn, and their axis.
  func density(count: Int) -> Density {
    let rows = rows
    let lower = rows.map(\.range.lowerBound).min() ?? 0
    let upper = rows.map(\.range.upperBound).max() ?? 0
    return Density(
      bins, on: Scale(scaleKind, domain: lower...upper, extent: (Self.left, Self.left + Self.plotWidth)),
      count: count)
  }

  /// The picture; empty if the site saw no finite value.
  var picture: String {
    guard let observed = site.observed else { return "" }
    let density = density(count: detail.bars)
    let (top, bottom) = (26.0, 26 + Self.plotHeight)
    let most = max(density.counts.max() ?? 1, 1)
    let axes = Axes(
      x: density.scale, y: Scale(.log, domain: 0.5...most * 1.15, extent: (bottom, top)))
    let rows = rows
    let quantileTop = bottom + 46
    let rowsTop = quantileTop + Self.rowHeight
    let height = rowsTop + Double(rows.count) * Self.rowHeight
    let title =
      "Histogram of \(site.name): \(site.statistics.count.text) values in \(observed.text)"
    return SVG.picture(width: Self.width, height: height, title: title) { svg in
      axes.draw(into: &svg, xTitle: isWide ? "pre-activation (symlog)" : "pre-activation", yTitle: "values (log)")
      svg.path(density.outline(base: bottom) { axes.y($0).rounded() }, class: "bars")
      if let chosen = site.chosen {
        let ends = [chosen.lower, chosen.upper].map(axes.x.callAsFunction)
        svg.path(
          Path(lines: ends.map { (Point(x: $0, y: top), Point(x: $0, y: bottom)) }), class: "mark")
      }
      drawQuantiles(into: &svg, axes.x, y: quantileTop)
      for (index, row) in rows.enumerated() {
        draw(row, into: &svg, axes.x, y: rowsTop + Double(index) * Self.rowHeight)
      }
    }
  }

  private func draw(_ row: Row, into svg: inout SVG, _ x: Scale, y: Double) {
    svg.label(row.label, at: Point(x: x.extent.start, y: y + 11), class: row.style)
    let (left, right) = (x(row.range.lowerBound), x(row.range.upperBound))
    let bar = y + 20
    svg.path(
      Path(lines: [
        (Point(x: left, y: bar - 4), Point(x: left, y: bar + 4)),
        (Point(x: left, y: bar), Point(x: right, y: bar)),
        (Point(x: right, y: bar - 4), Point(x: right, y: bar + 4)),
      ]), class: "range \(row.style)")
  }

  /// Draws the quantiles as three nested bars with a dot at the median.
  private func drawQuantiles(into svg: inout SVG, _ x: Scale, y: Double) {
    let pairs = [(0.001, 0.999, "q1"), (0.05, 0.95, "q2"), (0.25, 0.75, "q3")]
    let places = pairs.compactMap { low, high, style in
      quantile(low).flatMap { low in quantile(high).map { (low, $0, style) } }
    }
    guard let median = quantile(0.5) else { return }
    let shares = places.count == 3 ? "middle 50, 90 and 99.8 % of values" : "quantiles"
    svg.label("\(shares), median \(median.text)", at: Point(x: x.extent.start, y: y + 11))
    for (low, high, style) in places {
      svg.line(
        from: Point(x: x(low), y: y + 20), to: Point(x: x(high), y: y + 20), class: "range \(style)")
    }
    svg.dot(at: Point(x: x(median), y: y + 20), radius: 3, class: "median")
  }

  private func quantile(_ level: Double) -> Double? {
    (try? site.statistics.quantile(level))?.value
  }
}
