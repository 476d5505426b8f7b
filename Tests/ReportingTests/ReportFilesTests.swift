import RangeRecommendation
import Testing

@testable import Reporting

@Suite struct ReportFilesTests {
  @Test("The page comes first, then the tables, then copies that read back to the same.")
  func full() throws {
    let report = try SampleReports.full()
    let files = try ReportFiles(report).files
    #expect(
      files.map(\.name) == [
        "index.html", "report.json", "sites.csv", "quantiles.csv", "channels.csv", "extremes.csv",
        "return_levels.csv", "recommendations.csv", "policies.csv", "tradeoff.csv", "ranges.json",
        "polynomials.json",
      ])
    let bytes = Dictionary(uniqueKeysWithValues: files.map { ($0.name, $0.bytes) })
    #expect(bytes["index.html"] == htmlPage(report))
    #expect(bytes["extremes.csv"] == CSVTables(report).extremes)
    let ranges = try Recommendation(json: .init(bytes["ranges.json"]!), name: "ranges.json")
    #expect(ranges == report.recommendation)
    let polynomials = try PolynomialSet(
      json: .init(bytes["polynomials.json"]!), name: "polynomials.json")
    #expect(polynomials == report.polynomials)
  }

  @Test("A profile alone gives the page and the tables of what was seen.")
  func profileAlone() throws {
    let report = try Report(SampleReports.profile(SampleReports.ordinarySites))
    #expect(
      try ReportFiles(report).files.map(\.name) == [
        "index.html", "report.json", "sites.csv", "quantiles.csv", "channels.csv", "extremes.csv",
        "return_levels.csv",
      ])
  }
}
