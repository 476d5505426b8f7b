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
    drawUp(into: &svg, title: yTitle)
    drawAcross(into: &svg, title: xTitle)
  }

  /// Draws the grid lines and labels of the left axis.
  func drawUp(into svg: inout SVG, title: String, distance: Double = 36) {
    let up = y.ticks(distance: distance)
    svg.path(
      Path(lines: up.map { (Point(x: left, y: $0.place), Point(x: right, y: $0.place)) }),
      class: "grid")
    svg.labels(up.map { ($0.label, Point(x: left - 6, y: $0.place + 4)) }, .end)
    svg.label(title, at: Point(x: left, y: top - 8))
  }

  /// Draws the axis below.
  func drawAcross(into svg: inout SVG, title: String) {
    let across = x.ticks(distance: 76)
    let marks = across.map { (Point(x: $0.place, y: bottom), Point(x: $0.place, y: bottom + 4)) }
    svg.path(
      Path(lines: [(Point(x: left, y: bottom), Point(x: right, y: bottom))] + marks), class: "base")
    svg.labels(across.map { ($0.label, Point(x: $0.place, y: bottom + 17)) }, .middle)
    svg.label(title, at: Point(x: right, y: bottom + 36), .end)
  }
}
