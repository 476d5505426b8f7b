/// Why a profile, its ranges and its polynomials make no report.
public enum ReportError: Error, Hashable, Sendable {
  /// A file that is shown beside the profile.
  public enum Part: String, Hashable, Sendable {
    case ranges
    case polynomials
    case verification
  }

  /// A part was made for a network with another fingerprint.
  case otherNetwork(Part, digest: String, profileDigest: String)
  /// A part has a site, or a function at a site, that the profile does not have, or lacks one.
  case otherSites(Part, site: String)
  /// Polynomials came without the ranges that they were fitted on.
  case polynomialsWithoutRanges
  /// The polynomials were fitted on the intervals of a policy that the ranges do not have.
  case otherPolicy(polynomials: String, ranges: [String])
  /// A polynomial was fitted on another interval than the ranges give its site.
  case otherInterval(site: String, polynomial: [Double], ranges: [Double])
  /// Numbers that no run of Rangefinder writes.
  case damaged(Part, site: String, reason: String)
}

extension ReportError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .otherNetwork(let part, let digest, let profileDigest):
      """
      the \(part) \(part == .verification ? "was" : "were") made for another network than the profile: \(digest), not \(profileDigest).
        Make \(part == .verification ? "it" : "them") again from this profile: \(part.command)
      """
    case .otherSites(let part, let site):
      """
      the \(part) and the profile do not have the same site '\(site)'.
        Make them again from this profile: \(part.command)
      """
    case .polynomialsWithoutRanges:
      """
      the polynomials were given without the ranges that they were fitted on.
        Give both: rangefinder report PROFILE ranges.json polynomials.json
      """
    case .otherPolicy(let policy, let known):
      """
      the polynomials were fitted on the intervals of '\(policy)', which the ranges do not have.
        They have \(known.joined(separator: ", ")). Fit again: \(Part.polynomials.command)
      """
    case .otherInterval(let site, let polynomial, let ranges):
      """
      the polynomial of '\(site)' was fitted on \(polynomial), but the ranges say \(ranges).
        Fit again: \(Part.polynomials.command)
      """
    case .damaged(let part, let site, let reason):
      """
      the \(part) are damaged at '\(site)': \(reason).
        Make them again: \(part.command)
      """
    }
  }
}

extension ReportError.Part {
  /// The command that makes the part.
  var command: String {
    switch self {
    case .ranges: "rangefinder recommend PROFILE -o ranges.json"
    case .polynomials: "rangefinder fit ranges.json -o polynomials.json"
    case .verification:
      "rangefinder verify MODEL --data DATA --polynomials polynomials.json -o verification.json"
    }
  }
}
