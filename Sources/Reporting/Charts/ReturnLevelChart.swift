import Glibc

/// The extremes of single inputs by how rare they are, with the model of the tail and its band.
struct ReturnLevelChart {
  /// What is drawn of one side.
  struct Side {
    let levels: ReturnLevels.Side
    /// The model with its band; empty without a model.
    let curve: [ReturnLevels.Level]
    /// Inputs by rarity, the farthest first.
    let dots: [(period: Double, value: Double)]
  }

  let levels: ReturnLevels
  let interval: ClosedRange<Double>?
  let detail: Detail
  let sides: [Side]

  init(levels: ReturnLevels, interval: ClosedRange<Double>?, detail: Detail) {
    (self.levels, self.interval, self.detail) = (levels, interval, detail)
    let ranks = Self.ranks(of: levels.inputs, step: detail.rankStep)
    sides = levels.sides.map { side in
      Side(
        levels: side,
        curve: side.modelled(upTo: levels.longestPeriod, steps: detail.curveSteps)
          .map(side.level(period:)),
        dots: ranks.map { (Double(levels.inputs + 1) / Double($0), side.extremes[$0 - 1]) })
    }
  }

  var picture: String {
    let (width, height) = (FunctionChart.width, FunctionChart.height)
    let axes = Axes(
      x: Scale(.log, domain: 1...max(levels.longestPeriod, 10), extent: (58, width - 12)),
      y: Scale(domain: reach, extent: (height - 44, 26)))
    let title = "The highest and the lowest value of \(levels.inputs.counted("input")), by rarity"
    return SVG.picture(width: width, height: height, title: title) { svg in
      axes.draw(into: &svg, xTitle: "one input in …", yTitle: "pre-activation")
      axes.clipped(into: &svg) { svg, axes in
        for side in sides { draw(side, into: &svg, axes) }
        let ends = interval.map { [$0.lowerBound, $0.upperBound] } ?? []
        svg.path(
          Path(
            lines: ends.map {
              (Point(x: axes.left, y: axes.y($0)), Point(x: axes.right, y: axes.y($0)))
            }), class: "mark")
      }
    }
  }

  /// The levels that are shown: all that were seen, and of the model and the interval what does not
  /// squeeze these.
  private var reach: ClosedRange<Double> {
    let seen = levels.sides.flatMap { [$0.extremes[0], $0.extremes[$0.extremes.count - 1]] }
    let (least, most) = (seen.min()!, seen.max()!)
    let slack = max(most - least, abs(most) * 1e-3) / 2
    let last = levels.sides.compactMap { $0.level(period: levels.longestPeriod).limits }
    let others =
      last.flatMap { [$0.lowerBound, $0.upperBound] }
      + (interval.map { [$0.lowerBound, $0.upperBound] } ?? [])
    let shown = others.map { min(max($0, least - slack), most + slack) }
    let (low, high) = (min(least, shown.min() ?? least), max(most, shown.max() ?? most))
    return low - 0.04 * (high - low)...high + 0.04 * (high - low)
  }

  private func draw(_ side: Side, into svg: inout SVG, _ axes: Axes) {
    func points(_ value: (ReturnLevels.Level) -> Double?) -> [Point] {
      side.curve.compactMap { level in
        value(level).map { Point(x: axes.x(level.period), y: axes.y($0)) }
      }
    }
    let outline = points { $0.limits?.upperBound } + points { $0.limits?.lowerBound }.reversed()
    svg.path(Path(outline, tolerance: detail.tolerance), class: "band")
    svg.path(Path(points(\.estimate), tolerance: detail.tolerance), class: "fit")
    let dots = side.dots.map { Point(x: axes.x($0.period), y: axes.y($0.value)) }
    // The shortest line with round ends is a dot.
    svg.path(Path(lines: dots.map { ($0, Point(x: $0.x + 0.1, y: $0.y)) }), class: "dots")
  }

  /// The ranks that are drawn: the farthest few, then fewer and fewer.
  private static func ranks(of inputs: Int, step: Double) -> [Int] {
    let ranks = sequence(first: 1) { max($0 + 1, Int(Double($0) * step)) }
    return Array(ranks.prefix { $0 <= inputs })
  }
}

extension ReturnLevelChart {
  /// What to look for.
  var prose: String {
    (detail.isFull
      ? "Each dot is the highest or the lowest value of an input, by how many inputs hold one that "
        + "goes as far. " : "The extremes of inputs by rarity. ")
      + levels.sides.map(sentence).joined(separator: " ")
  }

  /// What the model of a side says, or why there is none.
  private func sentence(_ side: ReturnLevels.Side) -> String {
    let name = side.name.capitalized
    switch side.tail {
    case .success(let model):
      let level = side.level(period: levels.longestPeriod)
      return "\(name), the model (shape ξ \(model.distribution.shape.text)) has one input in "
        + "\(Int(levels.longestPeriod).text) beyond \(level.estimate.text); its band is "
        + "\(level.limits?.text ?? "–") there."
    case .failure(let error): return "\(name), \(error)."
    }
  }

  var table: TableView {
    TableView(
      "One input in so many goes beyond",
      columns: ["side", "one in", "seen", "model", "not below", "not above"],
      rows: levels.sides.flatMap { side in
        levels.periods.map { period in
          let level = side.level(period: period)
          return [
            side.name, Int(period).text, level.seen.text, level.estimate.text,
            (level.limits?.lowerBound).text, (level.limits?.upperBound).text,
          ]
        }
      })
  }
}
