import RangeRecommendation

/// Everything that a report's folder holds, ready to be written.
public struct ReportFiles: Sendable {
  public struct File: Hashable, Sendable {
    public let name: String
    public let bytes: [UInt8]
  }

  /// The page first, then the tables, then copies of what was given beside the profile.
  public let files: [File]

  /// Makes all files.
  ///
  /// - Throws: `EncodingError` if a number in the ranges or polynomials is not finite.
  public init(_ report: Report) throws {
    let tables = CSVTables(report)
    let contents: [String: [UInt8]?] = [
      "sites.csv": tables.sites, "quantiles.csv": tables.quantiles,
      "channels.csv": tables.channels, "extremes.csv": tables.extremes,
      "recommendations.csv": tables.recommendations, "policies.csv": tables.policies,
      "return_levels.csv": tables.returnLevels, "tradeoff.csv": tables.tradeOff,
      "ranges.json": try report.recommendation.map { Array(try $0.json()) },
      "polynomials.json": try report.polynomials.map { Array(try $0.json()) },
      "verification.json": try report.verification.map { Array(try $0.json()) },
    ]
    files =
      [File(name: "index.html", bytes: HTMLReport(report).page)]
      + Self.tableNames(report).map { File(name: $0, bytes: contents[$0]!!) }
  }

  /// The names of the files beside the page.
  static func tableNames(_ report: Report) -> [String] {
    ["sites.csv", "quantiles.csv", "channels.csv", "extremes.csv", "return_levels.csv"]
      + (report.recommendation == nil
        ? [] : ["recommendations.csv", "policies.csv", "tradeoff.csv", "ranges.json"])
      + (report.polynomials == nil ? [] : ["polynomials.json"])
      + (report.verification == nil ? [] : ["verification.json"])
  }
}
