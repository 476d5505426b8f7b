import Glibc

/// The histograms of all sites on one axis, in network order from top to bottom: in several pictures
/// where there are many sites, each of which fits on a sheet.
struct RidgelineChart {
  private static let width = 904.0
  private static let labelWidth = 230.0
  private static let step = 22.0
  private static let ridge = 34.0
  /// The most sites of one picture.
  private static let limit = 40

  /// Each site with its bins.
  let sites: [(site: Report.Site, bins: [Report.Bin])]

  /// The widest reach is this many times the median one where a symlog axis is used (heuristic).
  private static let wideRatio = 6.0

  private var scale: Scale {
    let ranges = sites.compactMap(\.site.observed) + sites.compactMap(\.site.interval)
    let lower = ranges.map(\.lowerBound).min() ?? 0
    let upper = ranges.map(\.upperBound).max() ?? 0
    let reaches = ranges.map { max(abs($0.lowerBound), abs($0.upperBound)) }.sorted()
    let typical = reaches.isEmpty ? 0 : reaches[reaches.count / 2]
    let isWide = typical > 0 && reaches.last! > Self.wideRatio * typical
    return Scale(
      isWide ? .symlog(constant: typical / 4) : .linear, domain: lower...upper,
      extent: (Self.labelWidth, Self.labelWidth + 660))
  }

  /// From the first site to the last, each picture with an axis of its own, which is the same.
  var pictures: [String] {
    let (scale, count) = (scale, max((sites.count - 1) / Self.limit + 1, 1))
    return (0..<count).map { index in
      picture(of: sites.count * index / count..<sites.count * (index + 1) / count, scale)
    }
  }

  private func picture(of range: Range<Int>, _ scale: Scale) -> String {
    let top = 30 + Self.ridge - Self.step
    let height = top + Double(range.count) * Self.step + 42
    let title =
      range.count == sites.count
      ? "Histograms of all \(sites.count.text) sites in network order"
      : "Histograms of the sites \(range.lowerBound + 1) to \(range.upperBound), of "
        + "\(sites.count.text) in network order"
    return SVG.picture(width: Self.width, height: height, title: title, class: "chart ridges") {
      svg in
      drawAxis(into: &svg, scale, bottom: height - 36)
      let placed = sites[range].enumerated().map { index, entry in
        (entry, top + Double(index + 1) * Self.step)
      }
      svg.labels(
        placed.map {
          ($0.0.site.name.shortened(to: 30), Point(x: Self.labelWidth - 12, y: $0.1 - 3))
        },
        .end, class: "name")
      svg.path(
        Path(
          lines: placed.map {
            (Point(x: scale.extent.start, y: $0.1), Point(x: scale.extent.end, y: $0.1))
          }), class: "grid")
      for (entry, base) in placed { draw(entry, into: &svg, scale, base: base) }
      let intervals = placed.compactMap { entry, base in
        entry.site.chosen.map {
          (Point(x: scale($0.lower), y: base), Point(x: scale($0.upper), y: base))
        }
      }
      svg.path(Path(lines: intervals), class: "range chosen")
    }
  }

  private func drawAxis(into svg: inout SVG, _ scale: Scale, bottom: Double) {
    let ticks = scale.ticks(distance: 64)
    svg.path(
      Path(lines: ticks.map { (Point(x: $0.place, y: 24), Point(x: $0.place, y: bottom)) }),
      class: "grid")
    for y in [16, bottom + 18] {
      svg.labels(ticks.map { ($0.label, Point(x: $0.place, y: y)) }, .middle)
    }
  }

  private func draw(
    _ entry: (site: Report.Site, bins: [Report.Bin]), into svg: inout SVG, _ scale: Scale,
    base: Double
  ) {
    guard let observed = entry.site.observed else { return }
    let left = scale(observed.lowerBound)
    let right = max(scale(observed.upperBound), left + 1)
    let inner = Scale(
      scale.kind, domain: scale.domain, extent: (0, scale.extent.end - scale.extent.start))
    let density = Density(entry.bins, on: inner, count: sites.count > Detail.fullLimit ? 55 : 110)
    let most = log1p(density.counts.max() ?? 1)
    // Only the stretch that holds values is drawn.
    var outline: [Point] = []
    for (index, count) in density.counts.enumerated() {
      let (from, to) = density.places(index)
      guard to + Self.labelWidth >= left, from + Self.labelWidth <= right else { continue }
      let y = (base - Self.ridge * log1p(count) / most).rounded()
      outline += [
        Point(x: max(from + Self.labelWidth, left), y: y),
        Point(x: min(to + Self.labelWidth, right), y: y),
      ]
    }
    let closed = [Point(x: left, y: base)] + outline + [Point(x: right, y: base)]
    svg.path(Path(closed, tolerance: 0), class: "ridge")
  }
}

extension String {
  /// The text itself, or its two ends around an ellipsis where it is longer than `count`.
  func shortened(to count: Int) -> String {
    guard self.count > count else { return self }
    return prefix((count - 1) / 2) + "…" + suffix(count / 2)
  }
}
