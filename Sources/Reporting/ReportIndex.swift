/// A page that leads to the reports of several networks.
public struct ReportIndex: Sendable {
  /// One report, as the template sees it.
  struct Entry: Sendable {
    let folder: String
    let model: String
    let answer: [String]
  }

  private let style: String
  private let entries: [Entry]

  /// Lists reports in the order given, each with the name of its folder beside the page.
  public init(_ reports: [(folder: String, report: ReportSummary)]) {
    style = HTMLReport.style
    entries = reports.map { folder, report in
      Entry(folder: folder, model: report.model, answer: report.summary)
    }
  }

  /// The page as a file.
  public var file: ReportFiles.File {
    ReportFiles.File(name: "index.html", bytes: HTMLReport.render(self, "index"))
  }
}
