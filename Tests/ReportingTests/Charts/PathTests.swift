import Glibc
import Testing

@testable import Reporting

@Suite struct PathTests {
  @Test("Data is relative, in tenths, with the shortest commands.")
  func data() {
    let points = [
      Point(x: 52, y: 10.04), Point(x: 58, y: 10.04), Point(x: 58, y: -0.5),
      Point(x: 58.25, y: 3),
    ]
    #expect(Path(points, tolerance: 0).data == "M52 10h6v-10.5l.3 3.5")
  }

  @Test("A line is interrupted where a point is not finite.")
  func interrupted() {
    let points = [
      Point(x: 0, y: 0), Point(x: 1, y: 1), Point(x: 2, y: .nan), Point(x: 3, y: .infinity),
      Point(x: 4, y: 0), Point(x: 5, y: 2),
    ]
    #expect(Path(points).data == "M0 0l1 1M4 0l1 2")
    #expect(Path([Point(x: .nan, y: 0)]).data == "")
  }

  @Test("At most the limit of points is kept, and the line strays by little from those left out.")
  func decimated() {
    let points = (0..<2_000).map { index in
      Point(x: Double(index) / 5, y: 100 + 80 * sin(Double(index) / 40))
    }
    let path = Path(points, tolerance: 0.2)
    let kept = path.runs[0]
    #expect(kept.count <= 400 && kept.first == points.first && kept.last == points.last)
    for point in points {
      let index = kept.lastIndex { $0.x <= point.x }!
      let (a, b) = (kept[index], kept[min(index + 1, kept.count - 1)])
      let share = b.x > a.x ? (point.x - a.x) / (b.x - a.x) : 0
      // The distance along y is at most the distance times the slope's factor, √(1 + 10²) here.
      #expect(abs(a.y + share * (b.y - a.y) - point.y) <= 0.2 * 10.05)
    }
    #expect(Path(points, limit: 50).runs[0].count <= 50)
  }

  @Test("Rounding does not add up along a path.")
  func rounding() throws {
    let points = (0...300).map { Point(x: Double($0) * 0.149, y: $0 % 2 == 0 ? 0 : 5) }
    let path = Path(points, tolerance: 0)
    var x = 0.0
    for command in path.data.dropFirst(4).split(whereSeparator: { "lhv".contains($0) }) {
      x += try #require(Double(command.split { $0 == " " || $0 == "-" }.first!))
    }
    // Half a tenth, the rounding of the last point.
    #expect(abs(x - points.last!.x) <= 0.05 + 1e-9)
  }
}
