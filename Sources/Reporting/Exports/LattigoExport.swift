/// A Go file of `bignum.Polynomial`s for Lattigo.
public struct LattigoExport: FitterExport {
  public let name = "lattigo"
  public let summary = "Lattigo (Go): bignum.NewPolynomial in the Chebyshev basis"

  public init() {}

  public func file(_ contents: ExportContents) throws(ExportError) -> ExportedFile {
    let entries = try contents.singlePolynomials(for: name)
    var text = contents.header(
      "//", "Lattigo",
      "Convention: coefficients of T0, T1, ... on the interval; the first one is not halved.",
      "The caller maps the interval onto [-1, 1] first: ct = scalar*ct + constant, with the numbers",
      "that ChangeOfBasis returns. Channels with polynomials of their own go together through",
      "polynomial.NewPolynomialVector.")
    text += """

      package rangefinder

      import "github.com/tuneinsight/lattigo/v6/utils/bignum"

      """
    for entry in entries {
      let (lower, upper) = (entry.record.lower.literal, entry.record.upper.literal)
      let depth = entry.approximant.multiplicativeDepth(on: .ckksLattigo)
      text += """

        // \(entry.goName): \(entry.comment); depth \(depth).
        func \(entry.goName)() bignum.Polynomial {
        \treturn bignum.NewPolynomial(bignum.Chebyshev, []float64{
        \(entry.coefficients.lines(indent: "\t\t")),
        \t}, [2]float64{\(lower), \(upper)})
        }

        """
    }
    return ExportedFile(text)
  }
}

extension ExportContents.Entry {
  /// An exported name.
  fileprivate var goName: String { "P" + identifier.dropFirst() }
}
