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
    let exact = xs.map { approximation.exact($0) ?? .nan }
    let fit = xs.map { approximation.approximant($0) }
    let inside = zip(xs, fit).filter { domain.contains($0.0) }.map(\.1)
    let values = (exact + inside).filter(\.isFinite)
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
          let values = xs.map { taylor.approximant($0) }
          svg.path(axes.curve(xs, values, detail.tolerance), class: "taylor")
        }
        svg.path(axes.curve(xs, exact, detail.tolerance), class: "exact")
        svg.path(axes.curve(xs, fit, detail.tolerance), class: "fit")
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
    svg.frame(at: Point(x: left, y: top), width: right - left, height: bottom - top) {
      draw(&$0, atCorner)
    }
  }

  /// The same axes with their origin at the plot's corner.
  var atCorner: Axes {
    Axes(
      x: Scale(x.kind, domain: x.domain, extent: (0, right - left)),
      y: Scale(y.kind, domain: y.domain, extent: (bottom - top, 0)))
  }

  /// The curve through values, interrupted where one is NaN, cut off one plot height outside the
  /// plot.
  func curve(_ xs: [Double], _ values: [Double], _ tolerance: Double) -> Path {
    let (highest, lowest) = (2 * top - bottom, 2 * bottom - top)
    return Path(
      zip(xs, values).map { place, value in
        guard !value.isNaN else { return Point(x: .nan, y: .nan) }
        return Point(x: x(place), y: min(max(y(value), highest), lowest))
      }, tolerance: tolerance)
  }
}
