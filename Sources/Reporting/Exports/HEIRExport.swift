/// MLIR for the HEIR compiler: a function of one `polynomial.eval` a site.
public struct HEIRExport: FitterExport {
  public let name = "heir"
  public let summary = "HEIR (MLIR): polynomial.eval of a typed Chebyshev polynomial"

  public init() {}

  public func file(_ contents: ExportContents) throws(ExportError) -> ExportedFile {
    let entries = try contents.singlePolynomials(for: name)
    var text = contents.header(
      "//", "HEIR",
      "Convention: coefficients of T0, T1, ...; the first one is not halved; domain_lower and",
      "domain_upper are the interval, which HEIR maps onto [-1, 1]. Where HEIR shall fit for itself,",
      "the operation itself takes {degree = 15 : i32, domain_lower = -8.0 : f64, ...}.")
    text += "\n!poly = !polynomial.polynomial<ring=<coefficientType=f64>>\n"
    for entry in entries {
      let (lower, upper) = (entry.record.lower.literal, entry.record.upper.literal)
      text += """

        // \(entry.comment)
        #\(entry.identifier) = #polynomial.typed_chebyshev_polynomial<[
        \(entry.coefficients.lines(indent: "  "))
        ]> : !poly
        func.func @\(entry.identifier)(%x: f64) -> f64 {
          %y = polynomial.eval #\(entry.identifier), %x {domain_lower = \(lower) : f64, domain_upper = \(upper) : f64} : f64
          return %y : f64
        }

        """
    }
    return ExportedFile(text)
  }
}
