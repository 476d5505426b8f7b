/// A Python module without dependencies: one function a site.
public struct PythonExport: FitterExport {
  public let name = "python"
  public let summary = "Python source without dependencies: one function a site"

  public init() {}

  public func file(_ contents: ExportContents) throws(ExportError) -> ExportedFile {
    let entries = try contents.entries(for: name)
    var text = contents.header(
      "#", "Python",
      "Convention: coefficients of T0, T1, ... on [lower, upper]; the first one is not halved;",
      "evaluated by Clenshaw's recurrence. Errors are bounded on the interval only.")
    text += """


      def _clenshaw(x, lower, upper, coefficients):
          half = (upper - lower) / 2
          t = (x - (lower + half)) / half
          after, next_ = 0.0, 0.0
          for c in coefficients[:0:-1]:
              after, next_ = next_, (c - after) + 2 * t * next_
          return coefficients[0] + t * next_ - after

      """
    for entry in entries {
      let value = entry.approximant.source { place, argument in
        "_clenshaw(\(argument), *_\(entry.identifier)_\(place))"
      }
      text += "\n\n# \(entry.comment)\n"
      for (place, polynomial) in entry.approximant.polynomials.enumerated() {
        text += """
          _\(entry.identifier)_\(place) = \(polynomial.domain.lower.literal), \
          \(polynomial.domain.upper.literal), (
          \(polynomial.coefficients.lines(indent: "    ")),
          )

          """
      }
      text += """


        def \(entry.identifier)(x):
            return \(value)

        """
    }
    let names = entries.map { "    \($0.name.quoted): \($0.identifier),\n" }.joined()
    return ExportedFile(text + "\n\nSITES = {\n\(names)}\n")
  }
}
