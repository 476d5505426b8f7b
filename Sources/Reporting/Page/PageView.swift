import ActivationProfiling
import RangeRecommendation

/// The whole page as its template sees it.
struct PageView {
  struct Fact {
    let term: String
    let value: String
  }

  let model: String
  let style: String
  let script: String
  let headline: [String]
  let facts: [Fact]
  /// The command to run for what is missing.
  let nextCommand: String?
  let nextPurpose: String?
  let hasWorries: Bool
  let worries: [WorryView]
  let policies: TableView?
  let policyNote: String?
  let tradeOff: FigureView?
  let tradeOffSummaries: [TradeOff.Summary]
  let verification: TableView?
  let verificationData: String?
  let errorGrowth: FigureView?
  let blowUps: TableView?
  /// The site with the widest interval, its farthest input in a picture.
  let widest: WidestView?
  let sitesTable: SiteTable
  let ridgelines: [String]
  let ridgelineProse: String
  let siteViews: [SiteView]
  /// The sites in numbers, as `report.json` has them.
  let siteDocuments: [SiteDocument]
  /// Why not all is told of every site; nil where it is.
  let brevity: String?
  let provenance: TableView
  let files: [String]
  let pictures: [PictureView]
  let hasPictures: Bool

  init(_ report: Report, style: String, script: String) {
    let bins = report.sites.map(\.bins)
    let worries = report.worries
    let anchors = Dictionary(
      report.sites.map { ($0.name, $0.anchor) }, uniquingKeysWith: { first, _ in first })
    model = report.profile.provenance.model
    self.style = style
    self.script = script
    headline = report.headline
    facts = report.facts.shown
    (nextCommand, nextPurpose) = report.next
    hasWorries = !worries.isEmpty
    self.worries = worries.map { WorryView($0, anchors: anchors) }
    policies = report.policyTable
    policyNote = report.recommendation.map(\.toleranceSentence)
    verification = report.verificationTable
    verificationData = report.verification?.data.joined(separator: ", ")
    let summaries = report.tradeOff?.summaries(sites: report.sites.map(\.name)) ?? []
    tradeOffSummaries = summaries
    tradeOff = report.tradeOff.flatMap { FigureView(tradeOff: $0, summaries, of: report) }
    errorGrowth = report.verification.flatMap { FigureView(errorGrowthIn: $0) }
    blowUps = report.blowUpTable
    widest = report.widestSite.map { WidestView($0, report.pictures) }
    sitesTable = SiteTable(report, bins: bins)
    ridgelines = RidgelineChart(sites: Array(zip(report.sites, bins)).map { ($0, $1) }).pictures
    ridgelineProse =
      "From the first site at the top to the last: look for ranges that grow with depth, and for "
      + "sites with long flat tails. Heights are logarithmic"
      + (report.recommendation == nil ? "." : "; the line under each site is its interval.")
    let details = report.details
    let made = report.sites.concurrentMap { site in
      let charts = SiteCharts(
        site, bins: bins[site.number - 1], detail: details[site.number - 1])
      let view = SiteView(site, charts, in: report)
      return (
        view, SiteDocument(site, charts, noPolynomial: view.noPolynomial, in: report)
      )
    }
    siteViews = made.map(\.0)
    siteDocuments = made.map(\.1)
    let fullCount = details.count(where: \.isFull)
    brevity =
      fullCount < report.sites.count
      ? "Of \(report.sites.count.text) sites \(fullCount.text) are told in full, the widest and the "
        + "costliest; the others in brief. In their charts the thin line is the error of the "
        + "polynomial, with what is allowed dashed and the fuse in red; dots are inputs, with the "
        + "tail’s model and its \(ReturnLevels.confidence.percent) band; pictures are the inputs that go "
        + "lowest and highest."
      : nil
    provenance = report.profile.provenanceTable
    files = ReportFiles.tableNames(report)
    pictures = report.pictures?.views ?? []
    hasPictures = !pictures.isEmpty
  }
}

extension Report {
  /// The command for what the report lacks, and what it adds.
  fileprivate var next: (command: String?, purpose: String?) {
    if recommendation == nil {
      return (
        ReportError.Part.ranges.command,
        "This page shows what was seen. For intervals and degrees, run:"
      )
    }
    if polynomials == nil {
      return (ReportError.Part.polynomials.command, "For the polynomials themselves, run:")
    }
    return (nil, nil)
  }

  fileprivate var policyTable: TableView? {
    recommendation.map { recommendation in
      TableView(
        "All policies side by side",
        columns: ["policy", "promise", "escape"]
          + (recommendation.holdout == nil ? [] : ["promised", "held out", "95 % interval"])
          + ["total depth"],
        rows: recommendation.policies.map { policy in
          [
            policy.label + (policy.label == self.policy?.label ? " (chosen)" : ""),
            policy.refusal.map { "Refused: \($0)" } ?? policy.promise,
            policy.escapeProbability.percent,
          ] + (recommendation.holdout == nil ? [] : policy.heldOutCells)
            + [policy.totalDepth.text]
        })
    }
  }
}

extension Recommendation {
  fileprivate var toleranceSentence: String {
    let bound =
      switch toleranceKind {
      case "supremum": "the largest error is at most \(tolerance.text)"
      case "relative":
        "the largest error is at most \(tolerance.percent) of the root mean square of the "
          + "function’s outputs on the data"
      default: "the root mean square error over the site’s own values is at most \(tolerance.text)"
      }
    return "A site gets the least degree, up to \(degreeLimit.text), for which \(bound). Escape is "
      + "the estimated probability that one new input leaves any site’s interval. A total depth is "
      + "missing where a site has no polynomial that will do."
      + (holdout.map { holdout in
        " \(holdout.heldOut.counted("input")) were kept out of calibration: beside what a policy "
          + "promises stands how many of them left an interval, and the shares that this does not "
          + "rule out. A star marks policies that were made from these inputs, too."
      } ?? "")
  }
}

extension Recommendation.Policy {
  /// What was promised, and what the held-out inputs did.
  fileprivate var heldOutCells: [String] {
    guard let heldOut else { return ["", "", ""] }
    return [
      heldOut.promised.map { "≤ \($0.percent)" } ?? "nothing",
      "\(heldOut.escaped.text) of \(heldOut.inputs.text)" + (heldOut.isSeen ? " *" : ""),
      "\(heldOut.lower.percent)–\(heldOut.upper.percent)"
        + (heldOut.isBroken ? ": broken" : ""),
    ]
  }
}

extension Profile {
  fileprivate var provenanceTable: TableView {
    let source = provenance
    let rows: [[String]] =
      [["network", source.model], ["network’s digest", source.modelDigest]]
      + zip(source.data, source.dataDigests).flatMap { [["data", $0], ["data’s digest", $1]] }
      + [
        ["preprocessing", source.preprocessing.isEmpty ? "none" : source.preprocessing],
        ["inputs run", "\(sampleCount.text) of \(source.datasetSamples.text)"],
        [
          "blocks",
          "\(blocks.count.text) of \(source.blockCount.text), "
            + "\(source.blockSize.counted("input")) each",
        ],
      ]
    return TableView("Where the numbers come from", columns: ["item", "value"], rows: rows)
  }
}
