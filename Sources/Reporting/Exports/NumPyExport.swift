/// A Python module of `numpy.polynomial.Chebyshev` series, each with its interval as domain.
public struct NumPyExport: FitterExport {
  public let name = "numpy"
  public let summary = "Python: numpy.polynomial.Chebyshev series"

  public init() {}

  public func file(_ contents: ExportContents) throws(ExportError) -> ExportedFile {
    let entries = try contents.singlePolynomials(for: name)
    var text = contents.header(
      "#", "NumPy",
      "Convention: coefficients of T0, T1, ...; the first one is not halved; domain maps the",
      "interval onto [-1, 1]. A series is called like a function, also with arrays.")
    text += "\nfrom numpy.polynomial import Chebyshev\n"
    for entry in entries {
      text += """

        # \(entry.comment)
        \(entry.identifier) = Chebyshev(
            [
        \(entry.coefficients.lines(indent: "        ")),
            ],
            domain=[\(entry.record.lower.literal), \(entry.record.upper.literal)],
        )

        """
    }
    let names = entries.map { "    \($0.name.quoted): \($0.identifier),\n" }.joined()
    return ExportedFile(text + "\nSITES = {\n\(names)}\n")
  }
}
