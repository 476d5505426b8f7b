import PolynomialApproximation

/// A function, its polynomial and its Taylor series, on the interval and a little beyond.
struct FunctionChart {
  static let width = 460.0
  static let height = 280.0

  let approximation: Approximation
  let detail: Detail

  var picture: String {
    let domain = approximation.interval
    let stretch = approximation.stretch
    let xs = approximation.samples(detail.samples)
    let exact = xs.map { approximation.exact($0) }
    let inside = xs.filter(domain.contains).map { approximation.approximant($0) }
    let values = (exact.compactMap { $0 } + inside).filter(\.isFinite)
    let (low, high) = (values.min() ?? 0, values.max() ?? 0)
    let margin = 0.12 * (high - low)
    let axes = Axes(
      x: Scale(domain: stretch.lower...stretch.upper, extent: (58, Self.width - 12)),
      y: Scale(domain: low - margin...high + margin, extent: (Self.height - 44, 26)))
    let title =
      "\(approximation.record.function) and its polynomial of degree "
      + "\(approximation.record.degree) on \((domain.lower...domain.upper).text)"
    return SVG.picture(width: Self.width, height: Self.height, title: title) { svg in
      axes.drawOutside(domain, into: &svg)
      axes.draw(into: &svg, xTitle: "pre-activation", yTitle: "value")
      axes.clipped(into: &svg) { svg, axes in
        if let taylor = approximation.taylor {
          svg.path(axes.curve(xs, detail.tolerance) { taylor.approximant($0) }, class: "taylor")
        }
        svg.path(
          axes.curve(xs, detail.tolerance) { approximation.exact($0) ?? .nan }, class: "exact")
        svg.path(axes.curve(xs, detail.tolerance) { approximation.approximant($0) }, class: "fit")
      }
    }
  }
}

extension Axes {
  /// Shades what lies outside an interval.
  func drawOutside(_ interval: Interval, into svg: inout SVG) {
    for (from, to) in [(left, x(interval.lower)), (x(interval.upper), right)] {
      svg.rectangle(from: Point(x: from, y: top), to: Point(x: to, y: bottom), class: "outside")
    }
  }

  /// Draws into the plot alone: the axes that `draw` gets have their origin at its corner.
  func clipped(into svg: inout SVG, _ draw: (inout SVG, Axes) -> Void) {
    let (width, height) = (right - left, bottom - top)
    let inner = Axes(
      x: Scale(x.kind, domain: x.domain, extent: (0, width)),
      y: Scale(y.kind, domain: y.domain, extent: (height, 0)))
    svg.frame(at: Point(x: left, y: top), width: width, height: height) { draw(&$0, inner) }
  }

  /// The curve of a function, cut off one plot height outside the plot.
  func curve(_ xs: [Double], _ tolerance: Double, _ function: (Double) -> Double) -> Path {
    let (highest, lowest) = (2 * top - bottom, 2 * bottom - top)
    return Path(
      xs.map { value in
        let y = function(value)
        guard !y.isNaN else { return Point(x: .nan, y: .nan) }
        return Point(x: x(value), y: min(max(self.y(y), highest), lowest))
      }, tolerance: tolerance)
  }
}
