extension KerasLayer {
  /// Every known class as a text in columns: the class, what becomes of it, and its other names.
  public static var listing: String {
    let width = all.map(\.name.count).max() ?? 0
    let sections = families.map { family in
      ([family.name] + family.layers.map { "  " + $0.line(width: width) }).joined(separator: "\n")
    }
    return (sections + ["Activation functions\n  " + activationNames.joined(separator: ", ")])
      .joined(separator: "\n\n")
  }

  /// Every known class as Markdown: the document `docs/KerasSupport.md`.
  public static var document: String {
    let sections = families.map { family in
      """
      ## \(family.name)

      | class | what becomes of it | other names |
      |---|---|---|
      \(family.layers.map(\.row).joined(separator: "\n"))
      """
    }
    return """
      # Keras layers

      What Rangefinder reads, of Keras 1, 2 and 3. This page is made from the source by `make docs`.

      A *nonlinearity* is a site: what enters it is recorded. A setting that is not supported is
      refused by the name of the layer and the setting. `Lambda` and other Python code is never run.

      \(sections.joined(separator: "\n\n"))

      ## Activation functions

      As `activation=` of a layer, or in `Activation`: \(code(activationNames)).

      """
  }

  private static let activationNames = LayerSettings.activationNames

  private static func code(_ names: [String]) -> String {
    names.map { "`\($0)`" }.joined(separator: ", ")
  }

  private var row: String {
    "| `\(name)` | \(summary) | \(Self.code(aliases)) |"
  }

  private func line(width: Int) -> String {
    let gap = String(repeating: " ", count: width - name.count + 2)
    return name + gap + summary
      + (aliases.isEmpty ? "" : " (also \(aliases.joined(separator: ", ")))")
  }
}
