import Testing

@testable import Reporting

@Suite struct MarkdownSummaryTests {
  private func lines(_ report: Report) -> [String] {
    String(decoding: MarkdownSummary(report).text, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  @Test("The summary has the headline, each worry, and the costliest sites first.")
  func full() throws {
    let report = try SampleReports.full()
    let lines = lines(report)
    #expect(lines[0] == "## Ranges of sample")
    #expect(lines.contains("- \(report.headline[0])"))
    for worry in report.worries {
      #expect(lines.contains { $0.hasPrefix("- **\(worry.title)**: ") })
    }
    let rows = lines.filter { $0.hasPrefix("| `") }
    #expect(rows.count == 4 && rows[0].hasPrefix("| `conv1/relu` | relu | ["))
    #expect(rows.allSatisfy { $0.count { $0 == "|" } == 8 })
  }

  @Test("Names cannot break the table, and beyond twenty sites the others are counted.")
  func names() throws {
    let sites = (0..<22).map { index in
      SampleReports.site("a|`<b>\(index)/relu", "relu", inputs: 1) { _, _ in 1 }
    }
    let lines = lines(try Report(SampleReports.profile(sites)))
    let rows = lines.filter { $0.hasPrefix("| `") }
    #expect(rows.count == 20)
    #expect(rows.allSatisfy { $0.hasPrefix("| `a\\|'<b>") })
    #expect(lines.contains("2 more sites in the report."))
  }
}
