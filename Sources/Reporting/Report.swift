import ActivationProfiling
import NetworkVerification
import PolynomialApproximation
import RangeRecommendation

/// What is known of a network: the ranges it saw, and what was made of them.
///
/// The record behind every format. It can be had from the profile alone; intervals and polynomials
/// are added when they exist.
public struct Report: Sendable {
  public let profile: Profile
  public let recommendation: Recommendation?
  public let polynomials: PolynomialSet?
  /// What the network with its polynomials loses.
  public let verification: Verification?

  /// The sites in network order.
  public let sites: [Site]

  /// What degrees buy on the policies' intervals; nil without a recommendation.
  let tradeOff: TradeOff?

  /// The inputs behind the extremes; nil where they are no pictures, or the data is not at hand.
  public var pictures: InputPictures?

  /// Puts a report together.
  ///
  /// - Throws: `ReportError` if the parts do not belong together.
  public init(
    _ profile: Profile, recommendation: Recommendation? = nil, polynomials: PolynomialSet? = nil,
    verification: Verification? = nil
  ) throws(ReportError) {
    let tradeOff = recommendation.map {
      TradeOff($0, policy: polynomials?.policy ?? $0.policy)
    }
    try self.init(
      profile, recommendation: recommendation, polynomials: polynomials,
      verification: verification, tradeOff: tradeOff)
  }

  /// Puts a report together while its profile is being read, which takes a while.
  ///
  /// - Throws: What reading throws; `ReportError` if the parts do not belong together.
  public init(
    reading profile: @Sendable () throws -> Profile, recommendation: Recommendation? = nil,
    polynomials: PolynomialSet? = nil, verification: Verification? = nil
  ) throws {
    let (profile, tradeOff) = concurrently(
      { Result { try profile() } },
      { recommendation.map { TradeOff($0, policy: polynomials?.policy ?? $0.policy) } })
    try self.init(
      profile.get(), recommendation: recommendation, polynomials: polynomials,
      verification: verification, tradeOff: tradeOff)
  }

  private init(
    _ profile: Profile, recommendation: Recommendation?, polynomials: PolynomialSet?,
    verification: Verification?, tradeOff: TradeOff?
  ) throws(ReportError) {
    self.profile = profile
    self.recommendation = recommendation
    self.polynomials = polynomials
    self.verification = verification
    if polynomials != nil && recommendation == nil { throw .polynomialsWithoutRanges }
    if let recommendation { try recommendation.check(against: profile) }
    if let polynomials, let recommendation {
      try polynomials.check(against: profile, recommendation)
    }
    let digest = profile.provenance.modelDigest
    if let verification, verification.modelDigest != digest {
      throw .otherNetwork(
        .verification, digest: verification.modelDigest, profileDigest: digest)
    }
    let policy = polynomials?.policy ?? recommendation?.policy
    let records = Dictionary(
      (polynomials?.sites ?? []).map { ($0.site, $0.polynomial) }, uniquingKeysWith: { $1 })
    let omissions = Dictionary(
      (polynomials?.omissions ?? []).map { ($0.site, $0.reason) }, uniquingKeysWith: { $1 })
    self.tradeOff = tradeOff
    sites = Array(profile.sites.indices).concurrentMap { index in
      let site = profile.sites[index]
      return Site(
        number: index + 1, profile: site, policy: policy,
        options: recommendation?.sites[index].options ?? [],
        refusals: recommendation?.sites[index].refusals ?? [], polynomial: records[site.name],
        omission: omissions[site.name])
    }
  }

  /// The policy whose intervals the page stands on: that of the polynomials, or the recommended
  /// one.
  public var policy: Recommendation.Policy? {
    let label = polynomials?.policy ?? recommendation?.policy
    return recommendation?.policies.first { $0.label == label }
  }
}

extension Recommendation {
  fileprivate func check(against profile: Profile) throws(ReportError) {
    let digest = profile.provenance.modelDigest
    guard modelDigest == digest else {
      throw .otherNetwork(.ranges, digest: modelDigest, profileDigest: digest)
    }
    for (ours, theirs) in zip(sites, profile.sites)
    where ours.site != theirs.name || ours.function != theirs.function {
      throw .otherSites(.ranges, site: ours.site)
    }
    guard sites.count == profile.sites.count else {
      let common = min(sites.count, profile.sites.count)
      throw .otherSites(
        .ranges,
        site: sites.count > common ? sites[common].site : profile.sites[common].name)
    }
    let known = Set(policies.filter { $0.refusal == nil }.map(\.label))
    for site in sites {
      let said = site.options.map(\.policy) + site.refusals.map(\.policy)
      guard said.count == known.count, Set(said) == known else {
        throw .damaged(.ranges, site: site.site, reason: "it does not have every policy once")
      }
    }
  }
}

extension PolynomialSet {
  fileprivate func check(
    against profile: Profile, _ recommendation: Recommendation
  ) throws(ReportError) {
    let digest = profile.provenance.modelDigest
    guard modelDigest == digest else {
      throw .otherNetwork(.polynomials, digest: modelDigest, profileDigest: digest)
    }
    let known = recommendation.policies.filter { $0.refusal == nil }.map(\.label)
    guard known.contains(policy) else { throw .otherPolicy(polynomials: policy, ranges: known) }
    let ranges = Dictionary(
      recommendation.sites.map { ($0.site, $0) }, uniquingKeysWith: { $1 })
    for site in sites {
      let record = site.polynomial
      guard let range = ranges[site.site], range.function == record.function,
        let option = range.option(policy)
      else { throw .otherSites(.polynomials, site: site.site) }
      let asked = record.askedInterval
      guard option.lower == asked.lower, option.upper == asked.upper else {
        throw .otherInterval(
          site: site.site, polynomial: [asked.lower, asked.upper],
          ranges: [option.lower, option.upper])
      }
      guard (try? TargetFunction(record.function)) != nil else {
        throw .damaged(
          .polynomials, site: site.site, reason: "\(record.function) has no polynomial")
      }
    }
    for omission in omissions where ranges[omission.site] == nil {
      throw .otherSites(.polynomials, site: omission.site)
    }
  }
}
