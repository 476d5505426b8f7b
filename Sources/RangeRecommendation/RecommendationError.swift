/// Why no recommendation can be made.
public enum RecommendationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The data cannot support the promise that was asked for.
  case tooFewInputs(policy: String, found: Int, needed: Int, possible: String?)
  /// A quantile lies beyond the data.
  case tooFewValues(policy: String, site: String, found: UInt64, needed: UInt64)
  /// An input of the second half leaves a site whose first half saw one value only.
  case noScale(policy: String, site: String)
  /// Every site is refused by a policy; the reason at the first, and the number of the others.
  case noSiteSupported(policy: String, site: String, reason: String, others: Int)
  /// Some sites are refused by the policy that was asked for.
  case sitesRefused(policy: String, refusals: [String])
  /// Two profiles that are compared are of different networks.
  case differentNetworks([String], digests: [String])
  /// A site saw no finite value at all.
  case noValues(site: String)
  /// A file is not what was expected.
  case unreadable(file: String, expected: String, reason: String)

  /// Whether the failure is a promise that the data cannot keep, rather than bad data.
  public var isUnkeepablePromise: Bool {
    switch self {
    case .tooFewInputs, .tooFewValues, .noScale, .noSiteSupported, .sitesRefused: true
    case .differentNetworks, .noValues, .unreadable: false
    }
  }

  public var description: String {
    switch self {
    case .tooFewInputs(let policy, let found, let needed, let possible):
      """
      \(policy) cannot be promised from \(found) inputs: it needs at least \(needed).
        Profile more inputs\(possible.map { ", or ask for less: \($0)" } ?? "").
      """
    case .tooFewValues(let policy, let site, let found, let needed):
      """
      \(policy) cannot be read from the \(found) values of '\(site)': it needs at least \(needed).
        Profile more inputs, or ask for a smaller share.
      """
    case .noScale(let policy, let site):
      """
      \(policy) cannot be promised: half of the inputs gave '\(site)' one value only, the others \
      more.
        Profile more inputs.
      """
    case .noSiteSupported(let policy, let site, let reason, let others):
      """
      \(policy) supports no site. '\(site)': \(reason)\(others > 0 ? " (and \(others) others)" : "").
        Profile more inputs, or use another policy.
      """
    case .sitesRefused(let policy, let refusals):
      """
      \(policy) cannot be promised for \(refusals.count) of the sites:
        \(refusals.joined(separator: "\n  "))
        Profile more inputs, or use another policy.
      """
    case .differentNetworks(let models, let digests):
      """
      the profiles are of different networks: \(zip(models, digests)
        .map { "\($0), digest \($1)" }.joined(separator: "; ")).
        Compare profiles of one network over different data.
      """
    case .noValues(let site):
      """
      '\(site)' saw no finite value, so it has no range.
        Look at the network's input: rangefinder report shows where the first NaN or Inf appeared.
      """
    case .unreadable(let file, let expected, let reason):
      """
      '\(file)' is not \(expected): \(reason).
      """
    }
  }
}
