import Glibc

/// A point of a chart, in its units, y downwards.
struct Point: Hashable {
  let x: Double
  let y: Double
}

/// A line through points, as few of them as the eye needs.
struct Path {
  /// The most points that a path keeps.
  static let pointLimit = 400

  /// The runs of points that are joined.
  let runs: [[Point]]
  /// Which of the points that were given are in the runs, ascending.
  let kept: [Int]

  /// Creates a line through points, interrupted where one is not finite.
  ///
  /// - Parameter tolerance: How far the line may stray from a point that it leaves out. It grows
  ///   until at most `limit` points are left.
  init(_ points: [Point], tolerance: Double = 0.2, limit: Int = Path.pointLimit) {
    let runs = points.split { !$0.x.isFinite || !$0.y.isFinite }
    var (kept, tolerance) = (runs.map { Path.simplified($0, tolerance) }, tolerance)
    while kept.reduce(0, { $0 + $1.count }) > max(limit, 2 * runs.count) {
      tolerance *= 1.5
      kept = runs.map { Path.simplified($0, tolerance) }
    }
    self.runs = kept.map { $0.map { points[$0] } }
    self.kept = kept.flatMap { $0 }
  }

  /// Creates separate straight lines.
  init(lines: [(Point, Point)]) {
    runs = lines.map { [$0.0, $0.1] }
    kept = Array(0..<2 * lines.count)
  }

  /// The path data, in tenths of a unit, relative to the point before.
  var data: String {
    var text = ""
    for run in runs {
      var (x, y) = (0, 0)
      for (index, point) in run.enumerated() {
        let (nextX, nextY) = (Int((point.x * 10).rounded()), Int((point.y * 10).rounded()))
        if index > 0 && nextX == x && nextY == y { continue }
        text += Path.step(nextX - x, nextY - y, isFirst: index == 0)
        (x, y) = (nextX, nextY)
      }
    }
    return text
  }

  /// The shortest command for a step in tenths of a unit.
  private static func step(_ dx: Int, _ dy: Int, isFirst: Bool) -> String {
    if dy == 0 && !isFirst { return "h" + tenths(dx) }
    if dx == 0 && !isFirst { return "v" + tenths(dy) }
    return (isFirst ? "M" : "l") + tenths(dx) + (dy < 0 ? "" : " ") + tenths(dy)
  }

  /// A number of tenths as a decimal.
  static func tenths(_ value: Int) -> String {
    let (whole, rest) = value.magnitude.quotientAndRemainder(dividingBy: 10)
    let digits = rest == 0 ? "\(whole)" : whole == 0 ? ".\(rest)" : "\(whole).\(rest)"
    return value < 0 ? "-" + digits : digits
  }

  /// The places of the points that are left when those within `tolerance` of the line are not.
  /// (Douglas and Peucker 1973.)
  private static func simplified(_ points: ArraySlice<Point>, _ tolerance: Double) -> [Int] {
    guard points.count > 2 else { return Array(points.indices) }
    let (start, end) = (points.startIndex, points.endIndex - 1)
    var keep = [Bool](repeating: false, count: points.count)
    keep[0] = true
    keep[points.count - 1] = true
    var stretches = [(start, end)]
    while let (first, last) = stretches.popLast() {
      var (farthest, distance) = (first, tolerance)
      for index in first + 1..<max(last, first + 1) {
        let away = points[index].distance(from: points[first], points[last])
        if away > distance { (farthest, distance) = (index, away) }
      }
      guard farthest != first else { continue }
      keep[farthest - start] = true
      stretches += [(first, farthest), (farthest, last)]
    }
    return points.indices.filter { keep[$0 - start] }
  }
}

extension Point {
  /// The distance from the stretch between two points.
  fileprivate func distance(from a: Point, _ b: Point) -> Double {
    let (dx, dy) = (b.x - a.x, b.y - a.y)
    let square = dx * dx + dy * dy
    let share = square > 0 ? min(max(((x - a.x) * dx + (y - a.y) * dy) / square, 0), 1) : 0
    return hypot(x - a.x - share * dx, y - a.y - share * dy)
  }
}
