import FoundationEssentials
import NetworkVerification
import PolynomialApproximation
import RangeRecommendation

/// The contents of `report.json`: what the page shows, in numbers.
///
/// It is made of the values that the page is made of, so that the two cannot differ. What is missing
/// is absent, or null inside a list; so is what is not finite.
struct ReportDocument: Encodable {
  /// What the policies' intervals and degrees stand on.
  struct Ranges: Encodable {
    let policy: String
    let toleranceKind: String
    let tolerance: Double
    let method: FitMethod
    let degreeLimit: Int
    let backend: EvaluationBackend
    let holdout: Holdout?
    let policies: [Recommendation.Policy]
  }

  /// What degrees buy at all sites together.
  struct AllSites: Encodable {
    let degrees: [Int]
    let depths: [Int]
    let policies: [TradeOff.Summary]
  }

  let format = ReportSummary.formatName
  let version = ReportSummary.formatVersion
  let model: String
  let modelDigest: String
  let data: [String]
  let dataDigests: [String]
  let preprocessing: String
  let inputs: Int
  let datasetInputs: Int
  let blocks: Int
  let datasetBlocks: Int
  let blockSize: Int
  let headline: [String]
  let summary: [String]
  let facts: Report.Facts
  /// The policy whose intervals the page stands on.
  let policy: String?
  let ranges: Ranges?
  let worries: [Worry]
  /// The site with the widest interval.
  let widestSite: String?
  /// The sites as the table lists them.
  let costliestFirst: [String]
  /// The factor on an interval at which `error_beyond` is taken.
  let beyondFactor = Report.beyond
  let tradeOff: AllSites?
  let verification: Verification?
  /// In network order.
  let sites: [SiteDocument]
  let files: [String]

  init(_ view: PageView, of report: Report) {
    let source = report.profile.provenance
    (model, modelDigest) = (source.model, source.modelDigest)
    (data, dataDigests) = (source.data, source.dataDigests)
    preprocessing = source.preprocessing
    (inputs, datasetInputs) = (report.profile.sampleCount, source.datasetSamples)
    (blocks, datasetBlocks) = (report.profile.blocks.count, source.blockCount)
    blockSize = source.blockSize
    headline = view.headline
    summary = report.summary
    facts = report.facts
    policy = report.policy?.label
    ranges = report.recommendation.map { ranges in
      Ranges(
        policy: ranges.policy, toleranceKind: ranges.toleranceKind, tolerance: ranges.tolerance,
        method: ranges.method, degreeLimit: ranges.degreeLimit, backend: ranges.backend,
        holdout: ranges.holdout, policies: ranges.policies)
    }
    worries = report.worries
    widestSite = view.widest?.name
    costliestFirst = view.sitesTable.siteRows.map(\.name)
    tradeOff = report.tradeOff.map { tradeOff in
      AllSites(
        degrees: tradeOff.degrees, depths: tradeOff.depths, policies: view.tradeOffSummaries)
    }
    verification = report.verification
    sites = view.siteDocuments
    files = view.files
  }

  /// The file: one line with sorted keys.
  ///
  /// - Throws: `EncodingError` if a number that was given in a file is not finite.
  var bytes: [UInt8] { get throws { Array(try json(isIndented: false)) } }
}

extension Double {
  /// The number, or nil if it is not finite.
  var finite: Double? { isFinite ? self : nil }
}
