/// Why a polynomial network cannot be run beside the exact one.
public enum VerificationError: Error, Hashable, Sendable, CustomStringConvertible {
  case otherNetwork(polynomials: String, network: String)
  case unknownSite(String, function: String)
  case notReplaceable(site: String, known: [String])
  case noRanges

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
    }
  }
}
