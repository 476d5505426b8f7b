/// A Swift file without dependencies: one function a site.
public struct SwiftExport: FitterExport {
  public let name = "swift"
  public let summary = "Swift source: one function a site"

  public init() {}

  public func file(_ contents: ExportContents) throws(ExportError) -> ExportedFile {
    let entries = try contents.entries(for: name)
    var text = contents.header(
      "//", "Swift",
      "Convention: coefficients of T0, T1, ... on [lower, upper]; the first one is not halved;",
      "evaluated by Clenshaw's recurrence. Errors are bounded on the interval only.")
    text += """

      private func clenshaw(_ x: Double, _ lower: Double, _ upper: Double, _ c: [Double]) -> Double {
        let half = (upper - lower) / 2
        let t = (x - (lower + half)) / half
        var (next, after) = (0.0, 0.0)
        for coefficient in c.dropFirst().reversed() {
          (next, after) = ((coefficient - after) + 2 * t * next, next)
        }
        return c[0] + t * next - after
      }

      """
    for entry in entries {
      let polynomials = entry.approximant.polynomials
      let value = entry.approximant.source { place, argument in
        let domain = polynomials[place].domain
        return "clenshaw(\(argument), \(domain.lower.literal), \(domain.upper.literal), "
          + "\(entry.identifier)_\(place))"
      }
      text += """

        /// \(entry.comment)
        public func \(entry.identifier)(_ x: Double) -> Double {
          \(value)
        }

        """
      for (place, polynomial) in polynomials.enumerated() {
        text += """

          private let \(entry.identifier)_\(place): [Double] = [
          \(polynomial.coefficients.lines(indent: "  ")),
          ]

          """
      }
    }
    return ExportedFile(text)
  }
}
