/// The frame of a chart: a plot inside margins, with an axis below and one on the left.
struct Axes {
  let x: Scale
  let y: Scale

  var left: Double { x.extent.start }
  var right: Double { x.extent.end }
  /// y grows downwards, so the lower end of the domain is at the bottom.
  var bottom: Double { y.extent.start }
  var top: Double { y.extent.end }

  /// Draws grid lines and the labels of both axes.
  func draw(into svg: inout SVG, xTitle: String, yTitle: String) {
    let (across, up) = (x.ticks(distance: 76), y.ticks(distance: 36))
    svg.path(
      Path(lines: up.map { (Point(x: left, y: $0.place), Point(x: right, y: $0.place)) }),
      class: "grid")
    svg.labels(up.map { ($0.label, Point(x: left - 6, y: $0.place + 4)) }, .end)
    let marks = across.map { (Point(x: $0.place, y: bottom), Point(x: $0.place, y: bottom + 4)) }
    svg.path(
      Path(lines: [(Point(x: left, y: bottom), Point(x: right, y: bottom))] + marks), class: "base")
    svg.labels(across.map { ($0.label, Point(x: $0.place, y: bottom + 17)) }, .middle)
    svg.label(xTitle, at: Point(x: right, y: bottom + 36), .end)
    svg.label(yTitle, at: Point(x: left, y: top - 8))
  }
}
