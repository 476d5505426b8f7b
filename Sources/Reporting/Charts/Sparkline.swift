import Glibc

/// A site's histogram at the size of a word.
enum Sparkline {
  static func picture(_ site: Report.Site, bins: [Report.Bin], detail: Detail) -> String {
    guard let observed = site.observed else { return "" }
    let (width, height) = (112.0, 22.0)
    let density = Density(
      bins, on: Scale(domain: observed, extent: (0, width)), count: detail.sparks)
    let most = log1p(density.counts.max() ?? 1)
    return SVG.picture(
      width: width, height: height, title: "Histogram", class: "spark"
    ) { svg in
      svg.path(
        density.outline(base: height) { (height - (height - 1) * log1p($0) / most).rounded() },
        class: "bars")
    }
  }
}
