import ActivationProfiling
import RangeStatistics

/// The inputs of a profile that intervals are made from, and those kept out to test them.
public struct CalibrationInputs: Sendable {
  public let profile: Profile
  /// What was kept out, or `nil` if nothing was.
  public let holdout: Holdout?
  /// For each site, the extremes of the inputs that intervals are made from.
  public let extremes: [SampleExtremes]
  /// For each site, the extremes of the inputs that were kept out; empty if none were.
  public let heldOut: [SampleExtremes]

  /// Takes all inputs of a profile.
  public init(_ profile: Profile) {
    self.profile = profile
    holdout = nil
    extremes = profile.sites.map(\.statistics.samples)
    heldOut = []
  }

  /// Keeps out a share of the inputs, rounded down, by a seeded permutation.
  ///
  /// Of an input the profile keeps its extremes at every site. The histograms count all inputs, so
  /// that the `quantile` policies see those that are kept out.
  ///
  /// - Throws: `RecommendationError.tooFewInputs` if that would keep out none.
  /// - Precondition: The share is between 0 and 1.
  public init(
    _ profile: Profile, holdingOut share: Double, seed: UInt64
  ) throws(RecommendationError) {
    precondition(share > 0 && share < 1, "not between 0 and 1: \(share)")
    let inputs = profile.sites.first?.statistics.samples.indices.count ?? 0
    let count = Self.heldOutCount(share, of: inputs)
    guard count > 0 else {
      throw .tooFewInputs(
        policy: "a holdout of \(share.shortText)", found: inputs,
        needed: Int((1 / share).rounded(.up)), possible: nil)
    }
    // A stream of its own: the split inside the inference policy must not depend on this one.
    var generator = SplitMix64(seed: SplitMix64.hash(seed ^ 0x686F_6C64_6F75_7421))
    let order = generator.permutation(of: inputs)
    let out = order.prefix(count).sorted()
    let rest = order.dropFirst(count).sorted()
    self.profile = profile
    holdout = Holdout(share: share, seed: seed, calibrated: rest.count, heldOut: count)
    extremes = profile.sites.map { $0.statistics.samples.selecting(rest) }
    heldOut = profile.sites.map { $0.statistics.samples.selecting(out) }
  }

  /// The number of inputs that intervals are made from.
  var count: Int { extremes.first?.indices.count ?? 0 }

  /// The least and the greatest finite value that the inputs gave a site.
  ///
  /// - Throws: `RecommendationError.noValues` if there was none.
  func range(ofSite site: Int) throws(RecommendationError) -> ClosedRange<Double> {
    let seen = profile.sites[site].statistics
    // Of very many inputs not all extremes are kept, but the whole range is.
    let range =
      holdout == nil
      ? seen.minimum.flatMap { low in seen.maximum.map { low...$0 } } : extremes[site].range
    guard let range else { throw .noValues(site: profile.sites[site].name) }
    return Double(range.lowerBound)...Double(range.upperBound)
  }

  /// The inputs that a profile must have, so that enough are left for a number of them.
  func inputs(leaving needed: Int) -> Int {
    guard let holdout else { return needed }
    var inputs = needed
    while inputs - Self.heldOutCount(holdout.share, of: inputs) < needed { inputs += 1 }
    return inputs
  }

  private static func heldOutCount(_ share: Double, of inputs: Int) -> Int {
    Int((share * Double(inputs)).rounded(.down))
  }
}

/// Inputs that were kept out of calibration.
public struct Holdout: Codable, Hashable, Sendable {
  /// The share that was asked for.
  public let share: Double
  public let seed: UInt64
  /// The inputs that intervals were made from.
  public let calibrated: Int
  /// The inputs that were kept out.
  public let heldOut: Int
}
