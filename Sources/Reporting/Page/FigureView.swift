/// A chart with what belongs to it, as the page's template sees it.
struct FigureView {
  /// What a line or shade of the chart means.
  struct Key {
    let keyStyle: String
    let words: String
  }

  let chart: String
  let keys: [Key]
  /// What to look for.
  let prose: String
  let tables: [TableView]
  /// The file beside the page that holds the numbers.
  let data: String
}

extension FigureView {
  /// What degrees buy at a site; nil if no policy gives it a polynomial.
  init?(tradeOff: TradeOff, of site: Report.Site) {
    let lines = tradeOff.lines[site.number - 1]
    guard let first = lines.first(where: { $0.policy == site.policy }) ?? lines.first else {
      return nil
    }
    chart =
      TradeOffChart(
        title: "Least error of polynomials by degree, on \(lines.count.counted("interval"))",
        yTitle: "largest error (log)", degrees: tradeOff.degrees, depths: tradeOff.depths,
        curves: lines.map { line in
          TradeOffChart.Curve(
            label: line.policy, isChosen: line.policy == site.policy, errors: line.errors,
            choice: (line.degree, line.error))
        }, allowed: first.bound
      ).picture
    keys = [
      Key(keyStyle: "", words: "chosen interval"), Key(keyStyle: "other", words: "others"),
      Key(keyStyle: "bound", words: "allowed error"), Key(keyStyle: "dots", words: "recommended"),
    ]
    prose =
      "What a wider interval costs: look how far to the right each line meets the allowed error. Up "
      + "to the next upright line a higher degree costs no depth."
    tables = [
      TableView(
        "Least error by degree", columns: ["interval", "÷ chosen"] + tradeOff.columns,
        rows: lines.map { line in
          [line.policy, ((line.upper - line.lower) / (first.upper - first.lower)).text]
            + line.errors.map(\.text)
        })
    ]
    data = "tradeoff.csv"
  }

  /// How far single inputs go at a site.
  init(_ figure: ReturnLevelChart, _ detail: Detail) {
    let levels = figure.levels
    chart = figure.picture
    keys =
      !detail.isFull
      ? []
      : [Key(keyStyle: "dots", words: "inputs")]
        + (levels.isModelled
          ? [
            Key(keyStyle: "", words: "model"),
            Key(keyStyle: "band", words: "\(ReturnLevels.confidence.percent) band"),
          ] : [])
        + (figure.interval == nil ? [] : [Key(keyStyle: "mark", words: "chosen interval")])
    prose = figure.prose
    tables = detail.isFull ? [figure.table] : []
    data = "return_levels.csv"
  }

  /// The ranges of a site's channels; nil where there are no two to compare.
  init?(_ figure: ChannelChart) {
    guard let picture = figure.picture else { return nil }
    chart = picture
    keys =
      [Key(keyStyle: "shade", words: "range of a channel")]
      + (figure.site.chosen == nil ? [] : [Key(keyStyle: "mark", words: "chosen interval")])
    prose = figure.prose
    tables = [figure.table]
    data = "channels.csv"
  }
}

extension TradeOff {
  /// The degrees with their depths, as headings.
  var columns: [String] {
    zip(degrees, depths).map { "degree \($0.text), depth \($1.text)" }
  }
}
