import Glibc

/// Errors by degree on several intervals, with the backend's depth as steps.
struct TradeOffChart {
  /// The errors on one policy's intervals.
  struct Curve {
    let label: String
    let isChosen: Bool
    /// For each degree.
    let errors: [Double?]
    /// The degree that is recommended, and its error.
    let choice: (degree: Int, error: Double)?
  }

  let title: String
  let yTitle: String
  let degrees: [Int]
  let depths: [Int]
  let curves: [Curve]
  /// The error that is allowed.
  let allowed: Double

  private static let labelWidth = 150.0
  /// Errors so far below the allowed one are not shown (heuristic).
  private static let deepest = 1e-3

  var picture: String {
    let (width, height) = (FunctionChart.width, FunctionChart.height)
    let axes = Axes(
      x: Scale(.log, domain: 2...Double(degrees.last ?? 1) + 1.5, extent: (72, right)),
      y: Scale(.log, domain: reach, extent: (height - 44, 42)))
    return SVG.picture(width: width, height: height, title: title, class: "chart dense") { svg in
      drawFrame(into: &svg, axes)
      axes.clipped(into: &svg) { svg, axes in
        svg.line(
          from: Point(x: axes.left, y: axes.y(allowed)),
          to: Point(x: axes.right, y: axes.y(allowed)), class: "bound")
        for curve in curves {
          svg.path(
            Path(points(curve, axes), tolerance: 0),
            class: curve.isChosen ? "fit" : "other")
          if let (degree, error) = curve.choice {
            svg.dot(
              at: Point(x: place(degree, axes), y: axes.y(error)), radius: 3.5,
              class: curve.isChosen ? "choice" : "other")
          }
        }
      }
      drawLabels(into: &svg, axes)
    }
  }

  private var right: Double { FunctionChart.width - Self.labelWidth }

  /// Degree d is at d + 1: the highest of each depth are evenly spaced.
  private func place(_ degree: Int, _ axes: Axes) -> Double { axes.x(Double(degree + 1)) }

  private func points(_ curve: Curve, _ axes: Axes) -> [Point] {
    zip(degrees, curve.errors).map { degree, error in
      Point(x: place(degree, axes), y: error.map { axes.y($0) } ?? .nan)
    }
  }

  private var reach: ClosedRange<Double> {
    let errors = curves.flatMap { $0.errors.compactMap { $0 } }.filter { $0 > 0 && $0.isFinite }
    let most = max(errors.max() ?? 1, allowed * 2)
    let least = max(min(errors.min() ?? 1, allowed / 2), allowed * Self.deepest)
    return least / 1.3...max(most, 1.001 * least) * 1.3
  }

  /// The axes, with a line at the end of each depth.
  private func drawFrame(into svg: inout SVG, _ axes: Axes) {
    let up = axes.y.ticks(distance: 36)
    svg.path(
      Path(lines: up.map { (Point(x: axes.left, y: $0.place), Point(x: axes.right, y: $0.place)) }),
      class: "grid")
    svg.labels(up.map { ($0.label, Point(x: axes.left - 6, y: $0.place + 4)) }, .end)
    let places = degrees.map { place($0, axes) }
    svg.path(
      Path(lines: places.map { (Point(x: $0, y: axes.top), Point(x: $0, y: axes.bottom)) }),
      class: "step")
    svg.line(
      from: Point(x: axes.left, y: axes.bottom), to: Point(x: axes.right, y: axes.bottom),
      class: "base")
    svg.labels(
      zip(places, degrees).map { ($1.text, Point(x: $0, y: axes.bottom + 17)) }, .middle)
    svg.labels(zip(places, depths).map { ($1.text, Point(x: $0, y: axes.top - 6)) }, .middle)
    svg.label("degree", at: Point(x: axes.right, y: axes.bottom + 36), .end)
    svg.label("depth", at: Point(x: axes.right + 12, y: axes.top - 6))
    svg.label(yTitle, at: Point(x: 0, y: 12))
  }

  /// The curves' names at their right ends, moved apart.
  private func drawLabels(into svg: inout SVG, _ axes: Axes) {
    var free = axes.top
    let ends = curves.map { curve in
      let last = points(curve, axes).last { $0.y.isFinite }?.y ?? axes.bottom
      return (curve, min(max(last, axes.top), axes.bottom))
    }.sorted { $0.1 < $1.1 }
    for (index, (curve, y)) in ends.enumerated() {
      // The others below need room, too.
      let room = axes.bottom - 15 * Double(ends.count - 1 - index)
      free = max(min(y, room), free)
      svg.label(
        curve.label.shortened(to: 21), at: Point(x: axes.right + 6, y: free + 4),
        class: curve.isChosen ? "chosen" : nil)
      free += 15
    }
  }
}
