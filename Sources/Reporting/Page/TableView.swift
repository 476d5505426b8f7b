import Mustache

/// A table as the page's template sees it.
struct TableView {
  struct Row {
    /// The cell that names the row.
    let head: String
    let cells: [String]
  }

  let caption: String
  let columns: [String]
  let rows: [Row]

  init(_ caption: String, columns: [String], rows: [[String]]) {
    self.caption = caption
    self.columns = columns
    self.rows = rows.map { Row(head: $0[0], cells: Array($0.dropFirst())) }
  }
}

// Pages have thousands of rows, so that reflection is spared for them.
extension TableView.Row: MustacheParent {
  func child(named name: String) -> Any? {
    switch name {
    case "head": head
    case "cells": cells
    default: nil
    }
  }
}

extension Optional where Wrapped == Double {
  /// The number as people read it, a dash where it is missing.
  var text: String { self?.text ?? "–" }
  /// The share as a percentage, a dash where it is missing.
  var percent: String { self?.percent ?? "–" }
  /// The factor, a dash where it is missing.
  var fuseText: String { self?.fuseText ?? "–" }
}

extension Optional where Wrapped == Int {
  /// The number as people read it, a dash where it is missing.
  var text: String { self?.text ?? "–" }
}
