/// A C99 file without dependencies: one function a site.
public struct CExport: FitterExport {
  public let name = "c"
  public let summary = "C99 source: one function a site"

  public init() {}

  public func file(_ contents: ExportContents) throws(ExportError) -> ExportedFile {
    let entries = try contents.entries(for: name)
    var text = contents.header(
      "//", "C",
      "Convention: coefficients of T0, T1, ... on [lower, upper]; the first one is not halved;",
      "evaluated by Clenshaw's recurrence. Errors are bounded on the interval only.")
    text += """

      static double rangefinder_clenshaw(double x, double lower, double upper, const double *c, int degree) {
        double half = (upper - lower) / 2;
        double t = (x - (lower + half)) / half;
        double next = 0, after = 0;
        for (int k = degree; k > 0; k--) {
          double current = (c[k] - after) + 2 * t * next;
          after = next;
          next = current;
        }
        return c[0] + t * next - after;
      }

      """
    for entry in entries {
      let polynomials = entry.approximant.polynomials
      text += "\n// \(entry.comment)\ndouble \(entry.identifier)(double x) {\n"
      for (place, polynomial) in polynomials.enumerated() {
        text += """
            static const double c\(place)[] = {
          \(polynomial.coefficients.lines(indent: "    ")),
            };

          """
      }
      let value = entry.approximant.source { place, argument in
        let (domain, degree) = (polynomials[place].domain, polynomials[place].degree)
        return "rangefinder_clenshaw(\(argument), \(domain.lower.literal), "
          + "\(domain.upper.literal), c\(place), \(degree))"
      }
      text += "  return \(value);\n}\n"
    }
    return ExportedFile(text)
  }
}
