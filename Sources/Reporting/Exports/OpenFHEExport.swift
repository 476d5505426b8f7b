import PolynomialApproximation

/// A Python module for OpenFHE's `EvalChebyshevSeries`, which halves the first coefficient.
public struct OpenFHEExport: FitterExport {
  public let name = "openfhe"
  public let summary = "OpenFHE (Python): series for EvalChebyshevSeries, c0 doubled"

  public init() {}

  public func file(_ contents: ExportContents) throws(ExportError) -> ExportedFile {
    let entries = try contents.entries(for: name)
    var text = contents.header(
      "#", "OpenFHE",
      "Convention: EvalChebyshevSeries(ct, c, a, b) evaluates c0/2 + c1 T1 + ..., so the first",
      "coefficient is DOUBLED here. It maps [a, b] onto [-1, 1] itself; depth counts that level.",
      "In C++ the same numbers go to cc->EvalChebyshevSeries. A composite is several series in a row,",
      "s(x), and then linear*x + (step + bend*x)*s(x).")
    text += "\nSERIES = {\n"
    for entry in entries {
      var stages = ""
      for polynomial in entry.approximant.polynomials {
        stages += try stage(polynomial, of: entry)
      }
      text += """
            # \(entry.comment)
            \(entry.name.quoted): {
                "depth": \(entry.approximant.multiplicativeDepth(on: .ckksOpenFHE)),
        \(try composition(entry))
                "stages": [
        \(stages)
                ],
            },

        """
    }
    text += """
      }


      def evaluate(context, ciphertext, site):
          \"""Returns the ciphertext of the site's polynomial.\"""
          series = SERIES[site]
          value = ciphertext
          for stage in series["stages"]:
              value = context.EvalChebyshevSeries(
                  value, stage["coefficients"], stage["lower"], stage["upper"]
              )
          if "bend" not in series:
              return value
          factor = series["step"]
          if series["bend"] != 0:
              factor = context.EvalAdd(context.EvalMult(ciphertext, series["bend"]), factor)
          value = context.EvalMult(value, factor)
          if series["linear"] != 0:
              value = context.EvalAdd(value, context.EvalMult(ciphertext, series["linear"]))
          return value

      """
    return ExportedFile(text)
  }

  private func composition(_ entry: ExportContents.Entry) throws(ExportError) -> String {
    switch entry.approximant {
    case .polynomial: ""
    case .composite(let composite):
      """
              "linear": \(composite.linear.literal),
              "step": \(composite.step.literal),
              "bend": \(composite.bend.literal),
      """
    case .rational:
      throw .notOnePolynomial(format: name, site: entry.name, method: entry.record.method)
    }
  }

  private func stage(
    _ polynomial: ChebyshevPolynomial, of entry: ExportContents.Entry
  ) throws(ExportError) -> String {
    var coefficients = polynomial.coefficients
    coefficients[0] *= 2
    guard coefficients[0].isFinite else { throw .overflow(format: name, site: entry.name) }
    return """
                  {
                      "lower": \(polynomial.domain.lower.literal),
                      "upper": \(polynomial.domain.upper.literal),
                      "coefficients": [
      \(coefficients.lines(indent: "                    ")),
                      ],
                  },

      """
  }
}
