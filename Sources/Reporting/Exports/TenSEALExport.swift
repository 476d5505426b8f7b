/// A Python module for TenSEAL's `polyval`: powers of the mapped argument, lowest degree first.
public struct TenSEALExport: FitterExport {
  public let name = "tenseal"
  public let summary = "TenSEAL (Python): powers for polyval on the mapped argument"

  public init() {}

  public func file(_ contents: ExportContents) throws(ExportError) -> ExportedFile {
    let entries = try contents.singlePolynomials(for: name)
    var warnings: [String] = []
    var text = contents.header(
      "#", "TenSEAL",
      "Convention: polyval(c) takes coefficients of powers, the lowest degree first. Powers of x",
      "itself would have coefficients below a ciphertext's noise, so they are powers of",
      "t = (x - centre)/half, which costs one level more.")
    text += "\nPOLYNOMIALS = {\n"
    for entry in entries {
      let form = try entry.powers(in: .unitCoordinate, for: name, warnings: &warnings)
      let domain = entry.polynomial.domain
      text += """
            # \(entry.comment); loss in powers \(form.loss)
            \(entry.name.quoted): {
                "centre": \(domain.centre.literal),
                "half": \(domain.halfWidth.literal),
                "coefficients": [
        \(form.coefficients.lines(indent: "            ")),
                ],
            },

        """
    }
    text += """
      }


      def evaluate(ciphertext, site):
          \"""Returns the ciphertext of the site's polynomial.\"""
          polynomial = POLYNOMIALS[site]
          t = (ciphertext - polynomial["centre"]) * (1 / polynomial["half"])
          return t.polyval(polynomial["coefficients"])

      """
    return ExportedFile(text, warnings: warnings)
  }
}
