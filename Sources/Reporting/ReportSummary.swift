import RangeRecommendation

/// What an index says of a report, as its `report.json` has it.
public struct ReportSummary: Codable, Hashable, Sendable {
  public static let formatName = "rangefinder report"
  public static let formatVersion = 1

  public let format: String
  public let version: Int
  public let model: String
  /// The answer in a few sentences.
  public let summary: [String]
}

extension ReportSummary: JSONFile {
  public static var fileDescription: String { "a report's numbers (rangefinder report makes them)" }
  public var contradiction: String? { nil }
}
