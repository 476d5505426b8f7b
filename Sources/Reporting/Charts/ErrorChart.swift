import Glibc
import PolynomialApproximation

/// The error of a polynomial on its interval and beyond, where it runs away.
struct ErrorChart {
  let approximation: Approximation
  let detail: Detail

  /// Errors are shown on a symlog axis where the largest is this many times the allowed one
  /// (heuristic).
  private static let wideRatio = 4.0

  var picture: String {
    let (width, height) = (FunctionChart.width, FunctionChart.height)
    let (domain, stretch) = (approximation.interval, approximation.stretch)
    let record = approximation.record
    let xs = approximation.samples(2 * detail.samples)
    let errors = xs.compactMap { approximation.error($0) }
    let allowed = max(record.errorBound, record.supremumError)
    let most = max(errors.map(abs).max() ?? 0, allowed)
    let kind: Scale.Kind =
      allowed > 0 && most > Self.wideRatio * allowed ? .symlog(constant: allowed) : .linear
    let reach = most > 0 ? 1.1 * most : 1
    let axes = Axes(
      x: Scale(domain: stretch.lower...stretch.upper, extent: (72, width - 12)),
      y: Scale(kind, domain: -reach...reach, extent: (height - 44, 26)))
    let title =
      "Error of the polynomial, at most \(record.supremumError.text) on "
      + "\((domain.lower...domain.upper).text)"
    return SVG.picture(width: width, height: height, title: title) { svg in
      axes.drawOutside(domain, into: &svg)
      axes.draw(
        into: &svg, xTitle: "pre-activation", yTitle: kind == .linear ? "error" : "error (symlog)")
      let bounds = [record.errorBound, -record.errorBound].map(axes.y.callAsFunction)
      svg.path(
        Path(lines: bounds.map { (Point(x: axes.left, y: $0), Point(x: axes.right, y: $0)) }),
        class: "bound")
      axes.clipped(into: &svg) { svg, axes in
        svg.path(axes.curve(xs, detail.tolerance) { approximation.error($0) ?? .nan }, class: "fit")
      }
      drawFuse(into: &svg, axes)
    }
  }

  /// Marks where the error leaves the bound, if that is in sight.
  private func drawFuse(into svg: inout SVG, _ axes: Axes) {
    guard let fuse = approximation.record.fuse, (1...Approximation.reach).contains(fuse) else {
      return
    }
    let domain = approximation.interval
    let places = [-fuse, fuse].map { axes.x(domain.centre + $0 * domain.halfWidth) }
    svg.path(
      Path(lines: places.map { (Point(x: $0, y: axes.top), Point(x: $0, y: axes.bottom)) }),
      class: "fuse")
    svg.label(
      "fuse \(fuse.fuseText) ×", at: Point(x: axes.right, y: axes.top - 8), .end, class: "fuse")
  }
}
