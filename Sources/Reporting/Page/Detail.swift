/// How much a page tells of each site: less where there are many, so that the page opens quickly.
///
/// All the numbers are in the tables beside the page. The figures are heuristics: 200 sites stay
/// below 2 MB.
struct Detail {
  /// Whether every chart has its own legend and table, and those are shown that tell the least: the
  /// function, what degrees buy, channels.
  let isFull: Bool
  /// How far a curve may stray from its points, in units of a chart.
  let tolerance: Double
  /// Points at which a function is evaluated for its curve; twice as many for its error.
  let samples: Int
  /// Bars of a histogram; they fill a chart whose width is 552 units.
  let bars: Int
  /// Bars of the histogram in the table of sites.
  let sparks: Int
  /// Points of a tail's curve, and the factor from one drawn rank of an input to the next.
  let curveSteps: Int
  let rankStep: Double
  /// Extremes on either side whose inputs are shown.
  let pictures: Int

  static let full = Detail(
    isFull: true, tolerance: 0.2, samples: 800, bars: 92, sparks: 28, curveSteps: 24,
    rankStep: 1.15,
    pictures: 3)

  static let brief = Detail(
    isFull: false, tolerance: 2, samples: 200, bars: 34, sparks: 20, curveSteps: 8, rankStep: 1.8,
    pictures: 1)

  /// Up to so many sites all is told of each.
  static let fullLimit = 60
  /// Where there are more, of so many.
  static let fullCount = 6
}

extension Report {
  /// Whether less is told of most sites.
  var isBrief: Bool { sites.count > Detail.fullLimit }

  /// How much is told of each site, in network order: where there are many, all of the costliest.
  var details: [Detail] {
    guard isBrief else { return sites.map { _ in .full } }
    let costliest = Set(sitesWorstFirst.prefix(Detail.fullCount).map(\.number))
    return sites.map { costliest.contains($0.number) ? .full : .brief }
  }
}
