/// A page that leads to the reports of several networks.
public struct ReportIndex: Sendable {
  /// One report, as the template sees it.
  struct Entry: Sendable {
    let folder: String
    let model: String
    let answer: [String]
  }

  /// The sentences of a report's headline that are repeated.
  private static let sentenceLimit = 2

  private let style: String
  private let entries: [Entry]

  /// Lists reports in the order given, each with the name of its folder beside the page.
  public init(_ reports: [(folder: String, report: Report)]) {
    style = HTMLReport.style
    entries = reports.map { folder, report in
      Entry(
        folder: folder, model: report.profile.provenance.model,
        answer: Array(report.headline.prefix(Self.sentenceLimit))
          + [report.verificationSentence].compactMap { $0 })
    }
  }

  /// The page as a file.
  public var file: ReportFiles.File {
    ReportFiles.File(name: "index.html", bytes: HTMLReport.render(self, "index"))
  }
}
