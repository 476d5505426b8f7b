import Mustache

/// The report as one page: offline, readable without a script, the same bytes for the same report.
public struct HTMLReport: Sendable {
  let view: PageView

  public init(_ report: Report) {
    view = PageView(report, style: Self.style, script: Self.script)
  }

  /// The page, in UTF-8.
  public var page: [UInt8] { Self.render(view, "page") }

  static var style: String { text(PackageResources.page_css) }
  static var script: String { text(PackageResources.page_js) }

  /// A page of one of the package's templates.
  static func render(_ view: some Sendable, _ template: String) -> [UInt8] {
    // The template is registered in the library, so that there is a text.
    Array(templates.render(view, withTemplate: template)!.utf8)
  }

  private static let templates: MustacheLibrary = {
    let sources = [
      "page": PackageResources.page_mustache, "site": PackageResources.site_mustache,
      "figure": PackageResources.figure_mustache, "input": PackageResources.input_mustache,
      "table": PackageResources.table_mustache,
      "comparison": PackageResources.comparison_mustache, "index": PackageResources.index_mustache,
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
