/// Puts many profiles together, one after the other.
///
/// A merge costs as much as the larger part. So small profiles are gathered first, and added to what
/// is there when they are a sixteenth of it (a heuristic): a thousand shards cost some tens of large
/// merges, not a thousand. In memory are what is there, what was gathered, and the profile that is
/// added.
public struct ProfileUnion {
  private static let share = 16

  private var whole: Profile
  private var gathered: Profile?

  public init(_ first: Profile) { whole = first }

  /// Adds a profile.
  ///
  /// - Throws: As `Profile.merge(_:)`; then the union must not be used any more.
  public mutating func add(_ profile: Profile) throws {
    _ = try whole.blocks(with: profile)
    if gathered == nil { gathered = profile } else { try gathered!.merge(profile) }
    if gathered!.samplesKept >= whole.samplesKept / Self.share { try join() }
  }

  /// All profiles in one.
  ///
  /// - Throws: As `Profile.merge(_:)`.
  public mutating func profile() throws -> Profile {
    try join()
    return whole
  }

  private mutating func join() throws {
    guard let profile = gathered.take() else { return }
    try whole.merge(profile)
  }
}

extension Profile {
  /// The samples whose extremes are kept: what a merge costs.
  fileprivate var samplesKept: Int { sites.first?.statistics.samples.indices.count ?? 0 }
}
