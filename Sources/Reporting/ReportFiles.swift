import RangeRecommendation

/// Everything that a report's folder holds, ready to be written.
public struct ReportFiles: Sendable {
  public struct File: Hashable, Sendable {
    public let name: String
    public let bytes: [UInt8]
  }

  /// The page first, then the same in numbers, then the tables, then copies of what was given beside
  /// the profile.
  public let files: [File]

  /// Makes all files.
  ///
  /// - Throws: `EncodingError` if a number in what was given beside the profile is not finite.
  public init(_ report: Report) throws {
    let (tables, html) = (CSVTables(report), HTMLReport(report))
    let contents: [String: @Sendable () throws -> [UInt8]] = [
      "index.html": { html.page },
      "report.json": { try ReportDocument(html.view, of: report).bytes },
      "sites.csv": { tables.sites }, "quantiles.csv": { tables.quantiles },
      "channels.csv": { tables.channels }, "extremes.csv": { tables.extremes },
      "recommendations.csv": { tables.recommendations ?? [] },
      "policies.csv": { tables.policies ?? [] },
      "return_levels.csv": { tables.returnLevels }, "tradeoff.csv": { tables.tradeOff ?? [] },
      "ranges.json": { Array(try report.recommendation?.json() ?? .init()) },
      "polynomials.json": { Array(try report.polynomials?.json() ?? .init()) },
      "verification.json": { Array(try report.verification?.json() ?? .init()) },
    ]
    files = try (["index.html"] + Self.tableNames(report)).concurrentMap { name in
      Result { File(name: name, bytes: try contents[name]!()) }
    }.map { try $0.get() }
  }

  /// The names of the files beside the page.
  static func tableNames(_ report: Report) -> [String] {
    [
      "report.json", "sites.csv", "quantiles.csv", "channels.csv", "extremes.csv",
      "return_levels.csv",
    ]
      + (report.recommendation == nil
        ? [] : ["recommendations.csv", "policies.csv", "tradeoff.csv", "ranges.json"])
      + (report.polynomials == nil ? [] : ["polynomials.json"])
      + (report.verification == nil ? [] : ["verification.json"])
  }
}
