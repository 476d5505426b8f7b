import ActivationProfiling
import RangeRecommendation
import RangeStatistics

/// One site in `report.json`.
struct SiteDocument: Encodable {
  /// Values that were seen, as 32-bit numbers.
  struct Observed: Encodable {
    let lower: Float
    let upper: Float
  }

  /// What the chosen interval takes, and what happens beyond it.
  struct Cost: Encodable {
    let degree: Int?
    let depth: Int?
    let supremumError: Double?
    let errorBound: Double?
    let meetsTolerance: Bool?
    let fuse: Double?
    /// Missing where it is not bounded, or not known.
    let errorBeyond: Double?
  }

  struct Quantile: Encodable {
    let level: Double
    let value: Double
    let lower: Double
    let upper: Double
  }

  struct Counts: Encodable {
    let finite: UInt64
    let zeros: UInt64
    let nan: UInt64
    let positiveInfinity: UInt64
    let negativeInfinity: UInt64
  }

  struct Place: Encodable {
    let input: Int
    let coordinates: [Int]
  }

  struct Extreme: Encodable {
    let value: Float
    let input: Int
    /// The input's class, where the data tells and its picture is shown.
    let label: Int?
    let coordinates: [Int]
  }

  struct Extremes: Encodable {
    let lowest: [Extreme]
    let highest: [Extreme]
  }

  let number: Int
  let site: String
  let layer: String
  let function: String
  let shape: [Int]
  /// Whether the page tells all of it.
  let isFull: Bool
  let values: Counts
  let firstNonFinite: Place?
  let mean: Double?
  let standardDeviation: Double?
  let observed: Observed?
  /// The width of the chosen interval, or of what was seen, in standard deviations.
  let relativeWidth: Double?
  /// The observed range's width over that of the middle 99.8 % of values.
  let tailRatio: Double?
  let cost: Cost
  let quantiles: [Quantile]
  let intervals: [Recommendation.Option]
  let refusals: [Recommendation.Refusal]
  let extremes: Extremes
  let histogram: HistogramDocument?
  let polynomial: PolynomialRecord?
  let noPolynomial: String?
  let approximation: ApproximationDocument?
  let tradeOff: [TradeOff.Line]
  let returnLevels: ReturnLevelsDocument?
  let channels: ChannelsDocument?
}

/// The charts of a site, of which the page has the pictures and `report.json` the numbers.
struct SiteCharts {
  let histogram: HistogramChart
  let approximation: Approximation?
  let error: ErrorChart?
  let returnLevels: ReturnLevelChart?
  /// Nil where it is not shown.
  let channels: ChannelChart?

  init(_ site: Report.Site, bins: [Report.Bin], detail: Detail) {
    histogram = HistogramChart(site: site, bins: bins, detail: detail)
    approximation = site.polynomial.map { Approximation($0) }
    error = approximation.map { ErrorChart(approximation: $0, detail: detail) }
    returnLevels = site.returnLevels.map {
      ReturnLevelChart(
        levels: $0, interval: site.chosen.map { $0.lower...$0.upper }, detail: detail)
    }
    channels = detail.isFull ? ChannelChart(site: site) : nil
  }
}

extension SiteDocument {
  init(_ site: Report.Site, _ charts: SiteCharts, noPolynomial: String?, in report: Report) {
    let (seen, profile, pictures) = (site.statistics, site.profile, report.pictures)
    number = site.number
    self.site = site.name
    (layer, function, shape) = (profile.layer, profile.function, profile.shape)
    isFull = charts.histogram.detail.isFull
    values = Counts(
      finite: seen.count, zeros: seen.zeros, nan: seen.nonFinite.nan,
      positiveInfinity: seen.nonFinite.positiveInfinity,
      negativeInfinity: seen.nonFinite.negativeInfinity)
    firstNonFinite = seen.firstNonFinite.map {
      Place(input: $0.sample, coordinates: profile.coordinates(of: $0.offset))
    }
    mean = seen.moments.mean?.finite
    standardDeviation = seen.moments.standardDeviation?.finite
    observed = seen.minimum.flatMap { minimum in
      seen.maximum.map { Observed(lower: minimum, upper: $0) }
    }
    relativeWidth = site.relativeWidth?.finite
    tailRatio = site.tailRatio?.finite
    cost = Cost(
      degree: site.degree, depth: site.depth, supremumError: site.supremumError,
      errorBound: site.errorBound, meetsTolerance: site.meetsTolerance, fuse: site.fuse,
      errorBeyond: site.errorBeyond?.finite)
    quantiles = site.quantiles.map {
      Quantile(level: $0.level, value: $0.value, lower: $0.lower, upper: $0.upper)
    }
    (intervals, refusals) = (site.options, site.refusals)
    func listed(_ list: ExtremeValues) -> [Extreme] {
      list.values.prefix(Detail.full.pictures).map { extreme in
        Extreme(
          value: extreme.value, input: extreme.sample,
          label: pictures?.pictures[extreme.sample]?.label,
          coordinates: profile.coordinates(of: extreme.offset))
      }
    }
    extremes = Extremes(lowest: listed(seen.lowest), highest: listed(seen.highest))
    histogram = site.observed == nil ? nil : HistogramDocument(charts.histogram.density)
    polynomial = site.polynomial
    self.noPolynomial = noPolynomial
    approximation = charts.approximation.flatMap { approximation in
      charts.error.map { ApproximationDocument(approximation, $0) }
    }
    tradeOff = report.tradeOff?.lines[site.number - 1] ?? []
    returnLevels = charts.returnLevels.map { ReturnLevelsDocument($0) }
    channels = charts.channels.map { ChannelsDocument($0) }
  }
}
