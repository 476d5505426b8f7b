/// How much a page tells of each site: less where there are many, so that the page opens quickly.
///
/// All the numbers are in the tables beside the page. The figures are heuristics: 200 sites stay
/// below 2 MB.
struct Detail {
  /// How far a curve may stray from its points, in units of a chart.
  let tolerance: Double
  /// Points at which a function is evaluated for its curve; twice as many for its error.
  let samples: Int
  /// Bars of a histogram; they fill a chart whose width is 552 units.
  let bars: Int
  /// Bars of a histogram's table; there is none if zero.
  let histogramRows: Int
  /// Values of a function's table.
  let values: Int
  /// Channels that are listed, and extremes on either side; none of both if zero.
  let channels: Int
  let extremes: Int
  /// Extremes on either side whose inputs are shown, as pictures with sides of at most so many
  /// pixels.
  let pictures: Int
  let pictureSide: Int
  let quantiles: [Double]

  static let full = Detail(
    tolerance: 0.2, samples: 800, bars: 92, histogramRows: 16, values: 11, channels: 5,
    extremes: 3, pictures: 3, pictureSide: 48, quantiles: Report.quantileLevels)

  static let brief = Detail(
    tolerance: 1, samples: 300, bars: 46, histogramRows: 0, values: 6, channels: 0,
    extremes: 0, pictures: 1, pictureSide: 32, quantiles: [0.001, 0.05, 0.5, 0.95, 0.999])

  /// Sites of which all is told.
  static let fullLimit = 80
}

extension Detail {
  init(sites: Int) { self = sites > Self.fullLimit ? .brief : .full }
}
