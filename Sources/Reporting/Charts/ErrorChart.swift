import Glibc
import PolynomialApproximation

/// The error of a polynomial on its interval and beyond, where it runs away.
struct ErrorChart {
  let approximation: Approximation
  /// Where the curve that is drawn bends, and the error there.
  let curve: [(x: Double, error: Double)]

  private let axes: Axes
  private let path: Path

  /// Errors are shown on a symlog axis where the largest is this many times the allowed one
  /// (heuristic).
  private static let wideRatio = 4.0

  init(approximation: Approximation, detail: Detail) {
    self.approximation = approximation
    let (stretch, record) = (approximation.stretch, approximation.record)
    let xs = approximation.samples(2 * detail.samples)
    let errors = xs.map { approximation.error($0) ?? .nan }
    let allowed = max(record.errorBound, record.supremumError)
    let most = max(errors.filter { !$0.isNaN }.map(abs).max() ?? 0, allowed)
    let kind: Scale.Kind =
      allowed > 0 && most > Self.wideRatio * allowed ? .symlog(constant: allowed) : .linear
    let reach = most > 0 ? 1.1 * most : 1
    axes = Axes(
      x: Scale(domain: stretch.lower...stretch.upper, extent: (72, FunctionChart.width - 12)),
      y: Scale(kind, domain: -reach...reach, extent: (FunctionChart.height - 44, 26)))
    path = axes.atCorner.curve(xs, errors, detail.tolerance)
    curve = path.kept.map { (xs[$0], errors[$0]) }
  }

  var picture: String {
    let (width, height) = (FunctionChart.width, FunctionChart.height)
    let (domain, record) = (approximation.interval, approximation.record)
    let title =
      "Error of the polynomial, at most \(record.supremumError.text) on "
      + "\((domain.lower...domain.upper).text)"
    return SVG.picture(width: width, height: height, title: title) { svg in
      axes.drawOutside(domain, into: &svg)
      axes.draw(
        into: &svg, xTitle: "pre-activation",
        yTitle: axes.y.kind == .linear ? "error" : "error (symlog)")
      let bounds = [record.errorBound, -record.errorBound].map(axes.y.callAsFunction)
      svg.path(
        Path(lines: bounds.map { (Point(x: axes.left, y: $0), Point(x: axes.right, y: $0)) }),
        class: "bound")
      axes.clipped(into: &svg) { svg, _ in svg.path(path, class: "fit") }
      drawFuse(into: &svg)
    }
  }

  /// Marks where the error leaves the bound, if that is in sight.
  private func drawFuse(into svg: inout SVG) {
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
