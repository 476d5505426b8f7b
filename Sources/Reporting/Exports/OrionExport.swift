import PolynomialApproximation

/// A Python module for Orion: powers of x, highest degree first, and its ranges.
public struct OrionExport: FitterExport {
  public let name = "orion"
  public let summary = "Orion (Python): powers for Activation, highest first, and ranges"

  public init() {}

  public func file(_ contents: ExportContents) throws(ExportError) -> ExportedFile {
    let entries = try contents.singlePolynomials(for: name)
    var warnings: [String] = []
    var text = contents.header(
      "#", "Orion",
      "Convention: Activation(coeffs) takes coefficients of powers of x, the HIGHEST degree first.",
      "Orion's own Chebyshev modules fit on [input_min, input_max] widened by 'margin' of the YAML",
      "file's 'orion' section: set the two from RANGES after orion.fit, and margin: 1, for the",
      "intervals hold the margin that the policy gave them.")
    text += "\nACTIVATIONS = {\n"
    for entry in entries {
      let form = try entry.powers(in: .argument, for: name, warnings: &warnings)
      text += """
            # \(entry.comment); loss in powers \(form.loss)
            \(entry.name.quoted): [
        \(Array(form.coefficients.reversed()).lines(indent: "        ")),
            ],

        """
    }
    text += "}\n\nRANGES = {\n"
    for range in contents.ranges {
      text += "    \(range.name.quoted): (\(range.lower.literal), \(range.upper.literal)),\n"
    }
    text += """
      }


      def activation(site):
          \"""Returns the site's polynomial as an Orion module.\"""
          import orion.nn

          return orion.nn.Activation(ACTIVATIONS[site])

      """
    return ExportedFile(text, warnings: warnings)
  }
}

extension ExportContents.Entry {
  /// Converts to powers, with a warning where that loses more than the fit's error.
  func powers(
    in variable: ChebyshevPolynomial.PowerVariable, for format: String, warnings: inout [String]
  ) throws(ExportError) -> PowerForm {
    guard let form = polynomial.powerForm(in: variable) else {
      throw .overflow(format: format, site: name)
    }
    if form.loss > record.supremumError {
      warnings.append(
        "\(name): in powers, the polynomial of degree \(record.degree) is off by up to "
          + "\(form.loss.text(digits: 3)), more than its error of "
          + "\(record.supremumError.text(digits: 3)). Fit a lower degree, or keep the Chebyshev "
          + "basis.")
    }
    return form
  }
}
