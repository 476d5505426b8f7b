/// Why a polynomial network cannot be run beside the exact one.
public enum VerificationError: Error, Hashable, Sendable, CustomStringConvertible {
  case otherNetwork(polynomials: String, network: String)
  case unknownSite(String, function: String)
  case notReplaceable(site: String, known: [String])
  case noRanges
  /// The search for a fixed point ended at a site whose interval does not hold what is seen there.
  case diverges(FixedPoint.Divergence, rounds: Int)

  /// No choice of degrees costs so little.
  case budget(limit: Int)

  public var description: String {
    switch self {
    case .otherNetwork(let polynomials, let network):
      """
      the polynomials are for the network with digest \(polynomials), and this is \(network).
        Give the network that was profiled, or profile, recommend and fit for this one.
      """
    case .unknownSite(let site, let function):
      """
      the network has no site '\(site)' with the function \(function).
        Profile, recommend and fit again: the files were made for another architecture.
      """
    case .notReplaceable(let site, let known):
      """
      '\(site)' is no site with a polynomial.
        There are: \(known.joined(separator: ", ")).
      """
    case .noRanges:
      """
      composites for max poolings need the intervals of the poolings.
        Give the ranges file too: --ranges ranges.json
      """
    case .budget(let limit):
      """
      the least degrees of all sites cost more than the budget of \(limit).
        Give a larger --budget.
      """
    case .diverges(let divergence, let rounds):
      """
      after \(rounds) round\(rounds == 1 ? "" : "s") the polynomial network still leaves the interval \
      of '\(divergence.site)': it shows \(Self.text(divergence.seen)), the interval is \
      \(Self.text(divergence.interval)), and the exact network shows \(Self.text(divergence.exact)).
        The polynomials before that site err too much: ask recommend for a smaller --tolerance, or \
      --reprofile more rounds.
      """
    }
  }

  private static func text(_ range: ClosedRange<Double>?) -> String {
    range.map { "[\(Float($0.lowerBound)), \(Float($0.upperBound))]" }
      ?? "values that are not finite"
  }
}
