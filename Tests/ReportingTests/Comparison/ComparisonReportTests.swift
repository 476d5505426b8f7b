import ActivationProfiling
import Foundation
import RangeRecommendation
import Testing

@testable import Reporting

@Suite struct ComparisonReportTests {
  @Test("The headline says how many sites moved, and how many inputs left, against the promise.")
  func headline() throws {
    let drifted = try SampleComparisons.drifted()
    let escapes = drifted.comparison.escapes
    #expect(escapes.isBroken)
    #expect(
      drifted.headline == [
        "1 site of 3 moved.",
        "\(escapes.escaped) of 200 inputs leave an interval of inference(0.9,0.9): a share of "
          + "\(escapes.lower.percent) to \(escapes.upper.percent) with 95\u{A0}% confidence, more "
          + "than the 10\u{A0}% promised.",
      ])
    let unchanged = try SampleComparisons.unchanged()
    #expect(unchanged.headline[0] == "No site moved, of 3.")
    #expect(unchanged.headline[1].hasSuffix("; promised: at most 10\u{A0}%."))
  }

  @Test("Sites that moved come first, then the most distant ones.")
  func order() throws {
    let report = try SampleComparisons.drifted()
    let sites = report.sitesMovedFirst
    #expect(sites.map(\.drift.hasMoved) == [true, false, false])
    #expect(sites[0].name == "conv1/relu")
    #expect(
      sites[1].drift.kolmogorovSmirnovLower! >= sites[2].drift.kolmogorovSmirnovLower!)
    #expect(report.sites.map(\.name) == report.first.sites.map(\.name))
  }

  @Test("The folder holds the page, a table with a line a site, and the comparison.")
  func files() throws {
    let report = try SampleComparisons.drifted()
    let files = try ComparisonFiles(report).files
    #expect(files.map(\.name) == ["index.html", "comparison.csv", "comparison.json"])
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    #expect(
      try decoder.decode(DriftComparison.self, from: Data(files[2].bytes)) == report.comparison)
    let lines = String(decoding: files[1].bytes, as: UTF8.self).split(separator: "\n")
    #expect(lines.count == 4)
    #expect(
      lines.map { $0.split(separator: ",", omittingEmptySubsequences: false).count } == [
        15, 15, 15, 15,
      ])
    let moved = try #require(lines.first { $0.hasPrefix("conv1/relu,relu,1,") })
    let site = report.sites[1]
    #expect(moved.contains(",\(site.drift.lower.field),\(site.drift.upper.field),"))
    #expect(moved.hasSuffix(",\(site.second.statistics.maximum.field)"))
  }

  @Test("The page has both histograms of each site, and is the same each time.")
  func page() throws {
    let report = try SampleComparisons.drifted()
    let page = String(decoding: report.page, as: UTF8.self)
    #expect(report.page == report.page)
    for site in report.sites {
      let picture = OverlayChart(site: site).picture
      #expect(picture.contains("class=\"bars\"") && picture.contains("class=\"fit\""))
      #expect(page.contains(picture))
    }
    for request in ["http:", "https:", "src=", "url(", "@import", "fetch("] {
      #expect(!page.contains(request), "\(request)")
    }
  }

  @Test("Sites without a finite value, and such whose values are all the same, have a page, too.")
  func degenerate() throws {
    func profile(_ value: Float) -> Profile {
      SampleReports.profile([
        SampleReports.site("a/relu", "relu") { _, _ in value },
        SampleReports.site("b/relu", "relu") { _, _ in 3.25 },
      ])
    }
    let report = try ComparisonReport(
      DriftComparison(from: profile(1), to: profile(.nan), policy: .minmax(margin: 1)),
      of: profile(1), and: profile(.nan))
    let page = String(decoding: report.page, as: UTF8.self)
    #expect(page.hasSuffix("</html>\n") && !page.contains("nan\"") && !page.contains("inf\""))
  }
}
