import ActivationProfiling
import RangeRecommendation
import RangeStatistics

extension Report {
  /// One site with everything that is known of it.
  public struct Site: Sendable {
    /// Its place in the network, from 1.
    public let number: Int
    public let profile: Profile.Site
    /// The quantiles of `Report.quantileLevels` that the values are enough for.
    let quantiles: [QuantileEstimate]
    /// How far single inputs go; nil where none has a value.
    let returnLevels: ReturnLevels?
    /// The label of the policy whose interval the page stands on.
    let policy: String?
    /// What each policy says.
    public let options: [Recommendation.Option]
    /// The policies that have no interval here, though they have elsewhere.
    public let refusals: [Recommendation.Refusal]
    public let polynomial: PolynomialRecord?
    /// Why there is no polynomial although the others have one.
    public let omission: String?

    init(
      number: Int, profile: Profile.Site, policy: String?, options: [Recommendation.Option],
      refusals: [Recommendation.Refusal], polynomial: PolynomialRecord?, omission: String?
    ) {
      self.number = number
      self.profile = profile
      self.policy = policy
      self.options = options
      self.refusals = refusals
      self.polynomial = polynomial
      self.omission = omission
      returnLevels = ReturnLevels(profile.statistics.samples)
      quantiles = Report.quantileLevels.compactMap { try? profile.statistics.quantile($0) }
    }

    public var name: String { profile.name }
    public var statistics: SiteStatistics { profile.statistics }

    /// What the chosen policy says.
    public var chosen: Recommendation.Option? { options.first { $0.policy == policy } }

    /// The least and the greatest finite value seen, or nil if there was none.
    public var observed: ClosedRange<Double>? {
      guard let minimum = statistics.minimum, let maximum = statistics.maximum else { return nil }
      return Double(minimum)...Double(maximum)
    }

    /// The chosen interval, or else the observed range.
    public var interval: ClosedRange<Double>? { chosen.map { $0.lower...$0.upper } ?? observed }

    /// The width of `interval` in standard deviations; nil where there is no spread.
    public var relativeWidth: Double? {
      guard let interval, let deviation = statistics.moments.standardDeviation, deviation > 0
      else { return nil }
      return (interval.upperBound - interval.lowerBound) / deviation
    }

    /// The polynomial's degree, fitted or recommended.
    public var degree: Int? { polynomial?.degree ?? chosen?.approximation?.degree }

    /// The polynomial's multiplicative depth, fitted or recommended.
    public var depth: Int? { polynomial?.depth ?? chosen?.approximation?.depth }

    /// The largest absolute error of the polynomial on the interval.
    public var supremumError: Double? {
      polynomial?.supremumError ?? chosen?.approximation?.supremumError
    }

    /// The error that is allowed.
    var errorBound: Double? { polynomial?.errorBound ?? chosen?.approximation?.errorBound }

    /// The factor on the interval up to which the error stays allowed.
    public var fuse: Double? {
      polynomial.map(\.fuse) ?? chosen?.approximation?.fuse
    }

    /// How far the polynomial is off on the interval a little scaled up about its centre, which
    /// the fuse tells, too; infinite where it is not bounded, nil without a polynomial.
    public var errorBeyond: Double? {
      polynomial?.overshoots.first { $0.factor == Report.beyond }.map { $0.error ?? .infinity }
    }

    /// Whether the polynomial's error is within the tolerance; nil without a polynomial.
    ///
    /// A polynomial of another degree than the recommended one is measured against the same bound.
    public var meetsTolerance: Bool? {
      guard let approximation = chosen?.approximation else { return nil }
      guard let polynomial, polynomial.degree != approximation.degree else {
        return approximation.meetsTolerance
      }
      return polynomial.supremumError <= polynomial.errorBound
    }

    /// The observed range's width over that of the middle 99.8 % of values; infinite where those
    /// are all the same, and nil where the values are too few or do not differ.
    public var tailRatio: Double? {
      guard let observed, let low = quantile(0.001), let high = quantile(0.999) else { return nil }
      let width = observed.upperBound - observed.lowerBound
      return width > 0 ? width / (high.value - low.value) : nil
    }

    /// The quantile of one of `Report.quantileLevels`; nil if the values are too few for it.
    func quantile(_ level: Double) -> QuantileEstimate? { quantiles.first { $0.level == level } }
  }

  /// The factor on an interval at which the error beyond it is given everywhere.
  static let beyond = 1.05

  /// The levels of the quantiles that are shown.
  public static let quantileLevels = [
    0.0001, 0.001, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 0.999, 0.9999,
  ]

  /// The sites that cost most first: those that miss the tolerance, then by degree, then by the
  /// interval's width in standard deviations.
  public var sitesWorstFirst: [Site] {
    func rank(_ site: Site) -> (Int, Int, Double) {
      (site.meetsTolerance == false ? 1 : 0, site.degree ?? -1, site.relativeWidth ?? -1)
    }
    // Each rank once: the deviation sums over channels.
    return sites.map { (site: $0, rank: rank($0)) }
      .sorted { left, right in
        left.rank == right.rank ? left.site.number < right.site.number : left.rank > right.rank
      }.map(\.site)
  }
}
