/// The report in short, as Markdown for a pull request: the answer, the worries, the costliest
/// sites.
public struct MarkdownSummary: Sendable {
  /// The sites that the table has.
  static let siteLimit = 20
  /// The places that are named for each worry.
  private static let itemLimit = 3

  private let report: Report

  public init(_ report: Report) { self.report = report }

  /// The text, in UTF-8.
  public var text: [UInt8] {
    var lines = ["## Ranges of \(Self.plain(report.profile.provenance.model))", ""]
    lines += report.headline.map { "- \(Self.plain($0))" }
    let worries = report.worries
    if !worries.isEmpty { lines += ["", "### What to worry about", ""] }
    for worry in worries {
      let places = worry.items.prefix(Self.itemLimit).map { item in
        (item.site.map { "\(Self.code($0)): " } ?? "") + Self.plain(item.text)
      }
      let rest = worry.items.count - places.count
      lines.append(
        "- **\(worry.title)**: \(places.joined(separator: "; "))"
          + (rest > 0 ? "; \(rest.text) more" : ""))
    }
    let sites = report.sitesWorstFirst
    lines += [
      "", "### Sites, costliest first", "",
      "| site | function | observed | interval | degree | largest error | fuse |",
      "|---|---|---|---|--:|--:|--:|",
    ]
    lines += sites.prefix(Self.siteLimit).map { site in
      let cells = [
        Self.code(site.name), site.profile.function, site.observed?.text ?? "–",
        site.chosen.map { ($0.lower...$0.upper).text } ?? "–", site.degree.text,
        site.supremumError.text, site.fuse.fuseText,
      ]
      return "| \(cells.joined(separator: " | ")) |"
    }
    if sites.count > Self.siteLimit {
      lines += ["", "\((sites.count - Self.siteLimit).counted("more site")) in the report."]
    }
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  /// A name as code that stays in its cell.
  private static func code(_ name: String) -> String {
    "`\(name.replacing("`", with: "'").replacing("|", with: "\\|").replacing("\n", with: " "))`"
  }

  /// A text whose marks stay text.
  private static func plain(_ text: String) -> String {
    var result = ""
    for character in text {
      if "\\`*_<>|#".contains(character) { result += "\\" }
      result += character.isNewline ? " " : String(character)
    }
    return result
  }
}
