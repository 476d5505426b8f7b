import RangeRecommendation

/// The page of a comparison as its template sees it.
struct ComparisonView {
  struct Detail {
    let siteAnchor: String
    let siteName: String
    let summary: String
    let warning: String?
    let histogram: String
    let seen: TableView
  }

  let model: String
  let style: String
  let script: String
  let headline: [String]
  let escapes: TableView
  let headings: [String]
  let siteRows: [SiteTable.Row]
  let level: String
  let details: [Detail]
  let provenance: TableView
  let files = ComparisonFiles.tableNames

  init(_ report: ComparisonReport, style: String, script: String) {
    let sites = report.sitesMovedFirst
    model = report.comparison.model
    self.style = style
    self.script = script
    headline = report.headline
    escapes = report.escapesTable
    headings = [
      "place", "function", "moved", "distance at least", "at most", "moved by", "probability",
      "escaped",
    ]
    siteRows = sites.map(\.row)
    level = report.comparison.level.percent
    details = sites.map { site in
      Detail(
        siteAnchor: site.first.anchor, siteName: site.name, summary: site.summary,
        warning: site.drift.hasMoved ? site.finding : nil,
        histogram: OverlayChart(site: site).picture, seen: site.seenTable)
    }
    provenance = report.provenanceTable
  }
}

extension ComparisonReport {
  /// The page, in UTF-8.
  public var page: [UInt8] {
    HTMLReport.render(
      ComparisonView(self, style: HTMLReport.style, script: HTMLReport.script), "comparison")
  }

  fileprivate var escapesTable: TableView {
    let escapes = comparison.escapes
    return TableView(
      "Inputs of the second profile outside the first one’s intervals",
      columns: ["figure", "value"],
      rows: [
        ["policy", comparison.policy],
        ["inputs", escapes.inputs.text],
        ["inputs that leave an interval", escapes.escaped.text],
        ["share not ruled out", "\(escapes.lower.percent) to \(escapes.upper.percent)"],
        ["share promised, at most", escapes.promised?.percent ?? "nothing promised"],
        ["promise", escapes.promised == nil ? "–" : escapes.isBroken ? "broken" : "not ruled out"],
      ])
  }

  fileprivate var provenanceTable: TableView {
    let sources = [first, second].map(\.provenance)
    func row(_ item: String, _ value: (Int) -> String) -> [String] { [item, value(0), value(1)] }
    return TableView(
      "Where the numbers come from", columns: ["item", "first", "second"],
      rows: [
        row("network’s digest") { sources[$0].modelDigest },
        row("data") { sources[$0].data.joined(separator: ", ") },
        row("data’s digest") { sources[$0].dataDigests.joined(separator: ", ") },
        row("preprocessing") {
          sources[$0].preprocessing.isEmpty ? "none" : sources[$0].preprocessing
        },
        row("inputs run") {
          "\([first, second][$0].sampleCount.text) of \(sources[$0].datasetSamples.text)"
        },
      ])
  }
}

extension ComparisonReport.Site {
  fileprivate var row: SiteTable.Row {
    func cell(_ number: Double?) -> SiteTable.Cell { .init(number.text, key: number.field) }
    return SiteTable.Row(
      anchor: first.anchor, name: name,
      spark: Sparkline.picture(second, bins: second.bins, detail: .full),
      values: [
        .init(first.number.text), .init(first.profile.function),
        .init(drift.hasMoved ? "moved" : "", key: drift.hasMoved ? "0" : ""),
        cell(drift.kolmogorovSmirnovLower), cell(drift.kolmogorovSmirnovUpper),
        cell(drift.wassersteinLower),
        .init(drift.probability.map(Self.shown).text, key: drift.probability.field),
        .init(drift.escaped.text, key: drift.escaped.field),
      ])
  }

  fileprivate var summary: String {
    "Site \(first.number.text): \(first.profile.function) after layer \(first.profile.layer). "
      + "\(drift.escaped.counted("input")) of the second profile "
      + "\(drift.escaped == 1 ? "leaves" : "leave") the first one’s interval \(interval.text)."
  }

  fileprivate var finding: String {
    "Moved: by chance alone, the inputs’ extremes differ so much with a probability of at most "
      + "\(drift.probability.map(Self.shown).text)."
  }

  /// A probability's bound that can be read: one that is smaller than numbers go is not 0.
  private static func shown(_ probability: Double) -> Double { max(probability, 1e-300) }

  fileprivate var seenTable: TableView {
    func row(_ item: String, _ value: (Report.Site) -> String) -> [String] {
      [item, value(first), value(second)]
    }
    return TableView(
      "What both saw", columns: ["item", "first", "second"],
      rows: [
        row("finite values") { $0.statistics.count.text },
        row("not finite") { $0.statistics.nonFinite.total.text },
        row("least") { ($0.observed?.lowerBound).text },
        row("greatest") { ($0.observed?.upperBound).text },
        row("mean") { $0.statistics.moments.mean.text },
        row("standard deviation") { $0.statistics.moments.standardDeviation.text },
      ]
        + Report.quantileLevels.compactMap { level in
          guard let ours = first.quantile(level), let theirs = second.quantile(level) else {
            return nil
          }
          return ["\(level.percent) of values below", ours.value.text, theirs.value.text]
        })
  }
}
