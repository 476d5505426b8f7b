import Mustache

/// The table of all sites, which a script can sort.
struct SiteTable {
  struct Cell {
    let text: String
    /// What the script sorts by, if it is not the text; a text without a number sorts last.
    let key: String?

    init(_ text: String, key: String? = nil) {
      self.text = text
      self.key = key == text ? nil : key
    }
  }

  struct Row {
    let anchor: String
    let name: String
    let spark: String
    let values: [Cell]
  }

  let headings: [String]
  let siteRows: [Row]
  let order: String

  init(_ report: Report, bins: [[Report.Bin]]) {
    let hasRanges = report.recommendation != nil
    let hasPolynomials = report.polynomials != nil
    headings =
      ["place", "function", "values", "min", "max", hasRanges ? "interval ÷ σ" : "range ÷ σ"]
      + (hasRanges ? ["lower", "upper", "degree", "largest error", "depth", "fuse"] : [])
      + (hasPolynomials ? ["error at \(Report.beyond.text) ×"] : [])
    order =
      hasRanges
      ? "Costliest first: polynomials that miss the tolerance, then by degree, then by the "
        + "interval’s width in standard deviations σ."
      : "Worst first: the range’s width in standard deviations σ."
    let details = report.details
    siteRows = report.sitesWorstFirst.map { site in
      var cells = [
        Cell(site.number), Cell(site.profile.function),
        Cell(site.statistics.count.text, key: site.statistics.count.field),
        Cell(site.observed?.lowerBound), Cell(site.observed?.upperBound),
        Cell(site.relativeWidth),
      ]
      if hasRanges {
        cells += [
          Cell(site.chosen?.lower), Cell(site.chosen?.upper), Cell(site.degree),
          Cell(site.supremumError), Cell(site.depth),
          Cell(site.fuse.fuseText, key: site.fuse.key),
        ]
      }
      if hasPolynomials { cells.append(Cell(site.errorBeyond)) }
      return Row(
        anchor: site.anchor, name: site.name,
        spark: Sparkline.picture(
          site, bins: bins[site.number - 1], detail: details[site.number - 1]), values: cells)
    }
  }
}

extension SiteTable.Cell: MustacheParent {
  func child(named name: String) -> Any? {
    switch name {
    case "text": text
    case "key": key
    default: nil
    }
  }
}

extension SiteTable.Cell {
  fileprivate init(_ number: Double?) { self.init(number.text, key: number.key) }
  fileprivate init(_ number: Int?) { self.init(number.text, key: number.field) }
}

extension Report.Site {
  /// The place of its details in the page.
  var anchor: String { "site-\(number)" }
}

extension Optional where Wrapped == Double {
  /// What a script sorts by: a few more digits than people read.
  fileprivate var key: String { map { Float($0).field } ?? "" }
}
