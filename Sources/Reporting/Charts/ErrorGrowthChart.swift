import NetworkVerification

/// How the polynomials' errors grow from site to site.
struct ErrorGrowthChart {
  let sites: [Verification.Site]

  private static let (width, height) = (620.0, 260.0)

  /// The picture; nil where no growth was measured.
  var picture: String? {
    let growths = sites.compactMap(\.errorGrowth).filter { $0 > 0 && $0.isFinite }
    guard let most = growths.max() else { return nil }
    let least = max(growths.min()!, most * 1e-6)
    let axes = Axes(
      x: Scale(
        domain: 0.5...Double(sites.count) + 0.5, extent: (58, Self.width - 12)),
      y: Scale(
        .log, domain: least / 2...max(most * 2, 2 * least), extent: (Self.height - 44, 26)))
    let points = sites.enumerated().map { index, site in
      Point(
        x: axes.x(Double(index + 1)),
        y: site.errorGrowth.map { $0 > 0 ? axes.y($0) : axes.bottom } ?? .nan)
    }
    let title = "Error growth at \(sites.count.text) sites in network order, at most \(most.text)"
    return SVG.picture(width: Self.width, height: Self.height, title: title) { svg in
      axes.draw(into: &svg, xTitle: "site, in network order", yTitle: "error growth (log)")
      svg.path(Path(points, tolerance: 0), class: "fit")
      svg.path(
        Path(
          lines: points.filter(\.y.isFinite).map { ($0, Point(x: $0.x + 0.1, y: $0.y)) }),
        class: "dots")
      let escaping = zip(points, sites).filter { $0.y.isFinite && $1.escapes > 0 }.map(\.0)
      svg.path(
        Path(lines: escaping.map { ($0, Point(x: $0.x + 0.1, y: $0.y)) }), class: "dots escape")
    }
  }
}
