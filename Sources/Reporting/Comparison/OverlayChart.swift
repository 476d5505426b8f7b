/// The histograms of one site in two profiles on one pair of axes, as shares of each profile's
/// values.
struct OverlayChart {
  private static let (width, height) = (620.0, 260.0)

  let site: ComparisonReport.Site

  /// The picture; empty if neither profile saw a finite value.
  var picture: String {
    let both = [site.first, site.second]
    let ranges = both.compactMap(\.observed)
    guard !ranges.isEmpty else { return "" }
    let reach = (ranges + [site.interval]).reduce(ranges[0]) {
      min($0.lowerBound, $1.lowerBound)...max($0.upperBound, $1.upperBound)
    }
    // Both on the axis that suits the first.
    let kind = HistogramChart.scaleKind(of: both[0])
    let scale = Scale(kind, domain: reach, extent: (62, Self.width - 16))
    let shares = both.map { site in
      let total = Double(max(site.statistics.count, 1))
      let bins = site.bins.map {
        Report.Bin(lower: $0.lower, upper: $0.upper, count: $0.count / total)
      }
      return Density(bins, on: scale, count: Detail.full.bars)
    }
    let positive = shares.flatMap(\.counts).filter { $0 > 0 }
    let (least, most) = (positive.min() ?? 0.5, positive.max() ?? 1)
    let axes = Axes(
      x: scale,
      y: Scale(.log, domain: least / 2...most * 1.3, extent: (Self.height - 44, 26)))
    return SVG.picture(
      width: Self.width, height: Self.height, title: "Histograms of \(site.name) in both profiles"
    ) { svg in
      axes.draw(
        into: &svg, xTitle: kind == .linear ? "pre-activation" : "pre-activation (symlog)",
        yTitle: "share of values (log)")
      for (density, style) in zip(shares, ["bars", "fit"]) {
        svg.path(density.outline(base: axes.bottom) { axes.y($0).rounded() }, class: style)
      }
      let ends = [site.interval.lowerBound, site.interval.upperBound].map(axes.x.callAsFunction)
      svg.path(
        Path(lines: ends.map { (Point(x: $0, y: axes.top), Point(x: $0, y: axes.bottom)) }),
        class: "bound")
    }
  }
}
