import Mustache

/// The report as one page: offline, readable without a script, the same bytes for the same report.
public struct HTMLReport: Sendable {
  private let report: Report

  public init(_ report: Report) { self.report = report }

  /// The page, in UTF-8.
  public var page: [UInt8] {
    let view = PageView(
      report, style: Self.text(PackageResources.page_css),
      script: Self.text(PackageResources.page_js))
    // The page is registered in the library, so that there is a text.
    return Array(Self.templates.render(view, withTemplate: "page")!.utf8)
  }

  private static let templates: MustacheLibrary = {
    let sources = [
      "page": PackageResources.page_mustache, "site": PackageResources.site_mustache,
      "figure": PackageResources.figure_mustache, "input": PackageResources.input_mustache,
      "table": PackageResources.table_mustache,
    ]
    do {
      return MustacheLibrary(
        templates: try sources.mapValues { try MustacheTemplate(string: text($0)) })
    } catch {
      preconditionFailure("a template of the package does not parse: \(error)")
    }
  }()

  static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}

/// The report as one page, in UTF-8.
public func htmlPage(_ report: Report) -> [UInt8] { HTMLReport(report).page }
