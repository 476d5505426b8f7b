import ActivationProfiling
import RangeRecommendation

/// Two profiles of one network side by side.
public struct ComparisonReport: Sendable {
  /// One site of both profiles.
  struct Site {
    let drift: DriftComparison.Site
    let first: Report.Site
    let second: Report.Site

    var name: String { drift.site }
    /// The first profile's interval.
    var interval: ClosedRange<Double> { drift.lower...drift.upper }
  }

  public let comparison: DriftComparison
  public let first: Profile
  public let second: Profile
  /// In network order.
  let sites: [Site]

  /// Puts a comparison and the profiles that it was made from together.
  ///
  /// - Throws: `ReportError`, as a report does.
  public init(_ comparison: DriftComparison, of first: Profile, and second: Profile)
    throws(ReportError)
  {
    self.comparison = comparison
    self.first = first
    self.second = second
    let (ours, theirs) = (try Report(first).sites, try Report(second).sites)
    sites = comparison.sites.enumerated().map { index, drift in
      Site(drift: drift, first: ours[index], second: theirs[index])
    }
  }

  /// The sites that moved first, then by the distance that is sure, the farthest first.
  var sitesMovedFirst: [Site] {
    func rank(_ site: Site) -> (Int, Double) {
      (site.drift.hasMoved ? 1 : 0, site.drift.kolmogorovSmirnovLower ?? -1)
    }
    return sites.sorted { left, right in
      let (a, b) = (rank(left), rank(right))
      return a == b ? left.first.number < right.first.number : a > b
    }
  }

  /// The answer in plain sentences.
  public var headline: [String] {
    let (escapes, moved) = (comparison.escapes, comparison.movedSites.count)
    let promise =
      escapes.promised.map {
        escapes.isBroken
          ? ", more than the \($0.percent) promised" : "; promised: at most \($0.percent)"
      } ?? ""
    return [
      moved == 0
        ? "No site moved, of \(sites.count.text)."
        : "\(moved.counted("site")) of \(sites.count.text) moved.",
      "\(escapes.escaped.text) of \(escapes.inputs.text) inputs leave an interval of "
        + "\(comparison.policy): a share of \(escapes.lower.percent) to \(escapes.upper.percent) with "
        + "95\u{A0}% confidence\(promise).",
    ]
  }
}

/// Everything that a comparison's folder holds, ready to be written: the page first.
public struct ComparisonFiles: Sendable {
  public let files: [ReportFiles.File]

  /// The names of the files beside the page.
  static let tableNames = ["comparison.csv", "comparison.json"]

  /// Makes all files.
  ///
  /// - Throws: `EncodingError` if a number in the comparison is not finite.
  public init(_ report: ComparisonReport) throws {
    let contents = [report.table, Array(try report.comparison.json())]
    files =
      [ReportFiles.File(name: "index.html", bytes: report.page)]
      + zip(Self.tableNames, contents).map { ReportFiles.File(name: $0, bytes: $1) }
  }
}
