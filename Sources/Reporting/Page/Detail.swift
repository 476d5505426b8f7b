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

  /// Beyond so many sites, charts of the whole network and pictures of inputs are held short.
  static let fullLimit = 60

  /// Of how many of some sites all is told: as many as a page of 2 MB has room for.
  ///
  /// The bytes of a site are those of a network with seven policies, measured; what is left of the
  /// page takes a tenth.
  static func fullCount(ofSites sites: Int) -> Int {
    let (brief, full, room) = (8_900, 26_000, 1_730_000)
    guard sites > fullLimit else { return sites }
    return min(max((room - sites * brief) / (full - brief), leastFull), sites)
  }

  /// Of at least so many sites all is told.
  static let leastFull = 4
}

extension Report {
  /// Whether there are so many sites that not all is told of everything.
  var isBrief: Bool { sites.count > Detail.fullLimit }

  /// How much is told of each site, in network order: where there are many, all of the first that
  /// matter.
  var details: [Detail] {
    let full = Set(
      sitesByImportance.prefix(Detail.fullCount(ofSites: sites.count)).map(\.number))
    return sites.map { full.contains($0.number) ? .full : .brief }
  }

  /// The site with the widest interval, which the answer is about, then the costliest.
  var sitesByImportance: [Site] {
    guard let widest = widestSite else { return sitesWorstFirst }
    return [widest] + sitesWorstFirst.filter { $0.number != widest.number }
  }
}
