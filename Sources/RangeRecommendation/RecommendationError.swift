/// Why no recommendation can be made.
public enum RecommendationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The data cannot support the promise that was asked for.
  case tooFewInputs(policy: String, found: Int, needed: Int, possible: String?)
  /// A quantile lies beyond the data.
  case tooFewValues(policy: String, site: String, found: UInt64, needed: UInt64)
  /// An input of the second half leaves a site whose first half saw one value only.
  case noScale(policy: String, site: String)
  /// A site saw no finite value at all.
  case noValues(site: String)
  /// A file is not what was expected.
  case unreadable(file: String, expected: String, reason: String)

  /// Whether the failure is a promise that the data cannot keep, rather than bad data.
  public var isUnkeepablePromise: Bool {
    switch self {
    case .tooFewInputs, .tooFewValues, .noScale: true
    case .noValues, .unreadable: false
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
