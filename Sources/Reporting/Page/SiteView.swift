import RangeRecommendation
import RangeStatistics

/// The details of one site as the page's template sees them.
struct SiteView {
  let siteAnchor: String
  let siteName: String
  let summary: String
  let warning: String?
  let histogram: String
  let histogramProse: String
  /// The tables behind the histogram.
  let seenTables: [TableView]
  /// Empty where no input of the site is shown.
  let extremeViews: [ExtremeView]
  let hasExtremeViews: Bool
  /// What to ask of them; nil in brief.
  let extremesProse: String?
  /// The other charts: the polynomial, what degrees buy, how far single inputs go, channels.
  let figures: [FigureView]
  /// Why there is no polynomial.
  let noPolynomial: String?

  init(_ site: Report.Site, _ charts: SiteCharts, in report: Report) {
    let chart = charts.histogram
    let detail = chart.detail
    siteAnchor = site.anchor
    siteName = site.name
    summary = site.summary
    warning = site.nonFiniteSentence
    histogram = chart.picture
    histogramProse = chart.prose
    seenTables =
      site.observed == nil
      ? []
      : ([site.policyTable(detail)]
        + (detail.isFull ? [site.quantileTable, chart.table, site.extremesTable] : []))
        .compactMap { $0 }
    extremeViews = report.pictures.map { site.extremeViews($0, detail) } ?? []
    hasExtremeViews = !extremeViews.isEmpty
    extremesProse =
      detail.isFull
      ? "The inputs that go lowest and highest, outermost first and last: is there something that they "
        + "have in common, or something wrong?" : nil
    figures =
      [
        detail.isFull ? charts.approximation.map { FigureView(functionOf: $0) } : nil,
        charts.error.map { FigureView(errorOf: $0, detail) },
        detail.isFull ? report.tradeOff.flatMap { FigureView(tradeOff: $0, of: site) } : nil,
        charts.returnLevels.map { FigureView($0, detail) },
        charts.channels.flatMap { FigureView($0) },
      ].compactMap { $0 }
    noPolynomial =
      report.polynomials != nil && site.polynomial == nil ? site.omission ?? site.chosen?.note : nil
  }
}

extension Report.Site {
  /// What the site is and saw, in sentences.
  fileprivate var summary: String {
    let shape = profile.shape.map(\.text).joined(separator: " × ")
    let place =
      "Site \(number.text): \(profile.function) after layer \(profile.layer), "
      + "\(shape) values an input."
    let moments = statistics.moments
    guard let observed, let mean = moments.mean, let deviation = moments.standardDeviation else {
      return "\(place) It saw no finite value."
    }
    let zeros = Double(statistics.zeros) / Double(statistics.count)
    return "\(place) It saw \(statistics.count.counted("finite value")) in \(observed.text), with "
      + "mean \(mean.text) and standard deviation \(deviation.text)"
      + (zeros > 0 ? "; \(zeros.percent) are exactly zero." : ".")
  }

  fileprivate var nonFiniteSentence: String? {
    statistics.nonFinite.total > 0 ? "Not finite: \(nonFiniteText)." : nil
  }

  /// What every policy says; without some columns in brief.
  fileprivate func policyTable(_ detail: Detail) -> TableView? {
    guard !options.isEmpty else { return nil }
    let columns = [
      "policy", "lower", "upper", "÷ observed", "escape", "degree", "largest error", "RMS error",
      "depth", "products", "fuse",
    ]
    let kept = columns.indices.filter { column in
      detail.isFull || !["÷ observed", "RMS error", "products"].contains(columns[column])
    }
    let rows = options.map { option in
      let fit = option.approximation
      return [
        option.policy, option.lower.text, option.upper.text, option.ratio(to: observed).text,
        option.escapeProbability.percent,
        (fit?.degree).text + (fit?.meetsTolerance == false ? " (misses)" : ""),
        (fit?.supremumError).text, (fit?.weightedRMSError).text, (fit?.depth).text,
        (fit?.multiplications).text, (fit?.fuse).fuseText,
      ]
    }
    let refused = refusals.map {
      [$0.policy, "refused: \($0.reason)"] + Array(repeating: "", count: columns.count - 2)
    }
    return TableView(
      "Intervals of every policy", columns: kept.map { columns[$0] },
      rows: (rows + refused).map { row in kept.map { row[$0] } })
  }

  fileprivate var quantileTable: TableView {
    TableView(
      "Quantiles", columns: ["share below", "value", "not below", "not above"],
      rows: Report.quantileLevels.compactMap { level in
        guard let quantile = quantile(level) else { return nil }
        return [level.percent, quantile.value.text, quantile.lower.text, quantile.upper.text]
      })
  }

  fileprivate var extremesTable: TableView {
    let lists = [("highest", statistics.highest), ("lowest", statistics.lowest)]
    return TableView(
      "Inputs that made the extremes", columns: ["side", "value", "input", "place"],
      rows: lists.flatMap { side, list in
        list.values.prefix(Detail.full.pictures).map { extreme in
          [
            side, Double(extreme.value).text, extreme.sample.text,
            profile.coordinates(of: extreme.offset).map(\.text).joined(separator: ", "),
          ]
        }
      })
  }

  /// The inputs of the most extreme values, where there is a picture of some: the lowest value
  /// first, the highest last.
  fileprivate func extremeViews(_ pictures: InputPictures, _ detail: Detail) -> [ExtremeView] {
    let views =
      (statistics.lowest.values(ofInputs: detail.pictures)
      + statistics.highest.values(ofInputs: detail.pictures).reversed()).map(pictures.view)
    return views.contains { $0.picture != nil } ? views : []
  }
}

extension Recommendation.Option {
  /// The interval's width over that of a range.
  fileprivate func ratio(to range: ClosedRange<Double>?) -> Double? {
    guard let range, range.upperBound > range.lowerBound else { return nil }
    return (upper - lower) / (range.upperBound - range.lowerBound)
  }
}

extension HistogramChart {
  /// What to look for.
  fileprivate var prose: String {
    guard let observed = site.observed else { return "" }
    var sentences: [String] = []
    if isWide {
      sentences.append(
        "The values reach far, so their axis is linear near zero and logarithmic beyond.")
    }
    let width = observed.upperBound - observed.lowerBound
    if let ratio = site.tailRatio {
      sentences.append(
        ratio.isFinite
          ? "The whole range is \(ratio.text) × as wide as the middle 99.8 % of values"
            + (ratio > Report.heavyTail ? ": look at the inputs behind the few far ones." : ".")
          : "Nearly all values are the same.")
    }
    if let chosen = site.chosen, width > 0 {
      let factor = (chosen.upper - chosen.lower) / width
      sentences.append(
        "The chosen interval is \(factor.text) × as wide as the observed range; a new input leaves "
          + "it with a probability of about \(chosen.escapeProbability.percent).")
    }
    return sentences.joined(separator: " ")
  }

  /// The numbers of the bars, of which the table has fewer and wider ones.
  fileprivate var table: TableView {
    let density = Density(bins, on: density.scale, count: Self.tableRows)
    return TableView(
      "Histogram", columns: ["from", "to", "values"],
      rows: density.counts.indices.compactMap { index in
        guard density.counts[index] > 0 else { return nil }
        let (left, right) = density.places(index)
        return [
          density.scale.value(at: left).text, density.scale.value(at: right).text,
          density.counts[index] < 1 ? "< 1" : UInt64(density.counts[index].rounded()).text,
        ]
      })
  }
}
