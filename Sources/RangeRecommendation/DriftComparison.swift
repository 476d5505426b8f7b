import ActivationProfiling
import RangeStatistics

/// Whether two profiles of one network were drawn from the same source: the contents of
/// `comparison.json`.
///
/// Values inside one input depend on each other, so that sites are tested by what each input's
/// extremes were; the distances are those of all values.
public struct DriftComparison: Codable, Hashable, Sendable {
  /// One site of both profiles.
  public struct Site: Codable, Hashable, Sendable {
    public let site: String
    /// The Kolmogorov–Smirnov distance of all values is at least this.
    public let kolmogorovSmirnovLower: Double?
    /// It is at most this.
    public let kolmogorovSmirnovUpper: Double?
    /// The Wasserstein distance of all values, in standard deviations of the first profile's, is at
    /// least this; missing if those are all the same.
    public let wassersteinLower: Double?
    /// It is at most this.
    public let wassersteinUpper: Double?
    /// How probable it is that the inputs' extremes differ so much by chance, allowing for all sites.
    public let probability: Double?
    /// Whether that is below the level.
    public let hasMoved: Bool
    /// The first profile's interval.
    public let lower: Double
    public let upper: Double
    /// The second profile's inputs that leave it.
    public let escaped: Int
  }

  public static let formatName = "rangefinder comparison"
  public static let formatVersion = 1

  public let format: String
  public let version: Int
  public let model: String
  public let modelDigest: String
  /// The data of both profiles.
  public let data: [[String]]
  /// The inputs of both profiles.
  public let inputs: [Int]
  /// The policy of the first profile's intervals.
  public let policy: String
  /// The error probability of the whole test.
  public let level: Double
  /// How many of the second profile's inputs leave some interval, against what was promised.
  public let escapes: HeldOutTruth
  public let sites: [Site]

  /// The sites that moved, in network order.
  public var movedSites: [String] { sites.filter(\.hasMoved).map(\.site) }

  /// Whether some site moved, or the promise does not hold for the second profile.
  public var hasDrifted: Bool { escapes.isBroken || !movedSites.isEmpty }

  /// Compares two profiles.
  ///
  /// - Parameters:
  ///   - policy: That of the first profile's intervals.
  ///   - level: The probability with which any site at all may be said to have moved if none has.
  /// - Throws: `RecommendationError` if the profiles are of different networks, or the first cannot
  ///   support the policy at every site.
  public init(
    from first: Profile, to second: Profile, policy: IntervalPolicy, level: Double = 0.01
  ) throws {
    let digests = [first, second].map(\.provenance.modelDigest)
    guard digests[0] == digests[1], first.sites.map(\.name) == second.sites.map(\.name) else {
      throw RecommendationError.differentNetworks(
        [first, second].map(\.provenance.model), digests: digests)
    }
    let set = try IntervalSet(policy, for: first)
    try set.requireAll(first)
    let bounds = set.bounds
    let extremes = CalibrationInputs(second).extremes
    let count = EscapeCount(extremes, outside: bounds)
    let pairs = zip(first.sites, second.sites)
    let probabilities = Self.adjusted(pairs.map { Self.probability($0.statistics, $1.statistics) })
    format = Self.formatName
    version = Self.formatVersion
    model = first.provenance.model
    modelDigest = digests[0]
    data = [first, second].map(\.provenance.data)
    inputs = [first, second].map(\.sampleCount)
    self.policy = policy.label
    self.level = level
    escapes = HeldOutTruth(
      inputs: max(extremes.first?.indices.count ?? 0, 1), escaped: count.anywhere,
      promised: policy.promisedEscape(sites: bounds.count), isSeen: false)
    sites = pairs.enumerated().map { index, pair in
      let distance = HistogramDistance(pair.0.statistics, pair.1.statistics)
      let deviation = pair.0.statistics.moments.standardDeviation.flatMap { $0 > 0 ? $0 : nil }
      let range = bounds[index]!
      return Site(
        site: pair.0.name, kolmogorovSmirnovLower: distance?.kolmogorovSmirnov.lowerBound,
        kolmogorovSmirnovUpper: distance?.kolmogorovSmirnov.upperBound,
        wassersteinLower: deviation.flatMap { unit in
          distance.map { $0.wasserstein.lowerBound / unit }
        },
        wassersteinUpper: deviation.flatMap { unit in
          distance.map { $0.wasserstein.upperBound / unit }
        },
        probability: probabilities[index],
        hasMoved: probabilities[index].map { $0 < level } ?? false,
        lower: range.lowerBound, upper: range.upperBound, escaped: count.perSite[index] ?? 0)
    }
  }

  /// How probable it is that inputs' minima and maxima differ so much by chance, allowing for both
  /// (Bonferroni); `nil` if a profile has no values.
  private static func probability(_ first: SiteStatistics, _ second: SiteStatistics) -> Double? {
    let (a, b) = (first.samples, second.samples)
    func finite(_ values: [Float]) -> [Float] { values.filter(\.isFinite) }
    let sides = [(a.minima, b.minima), (a.maxima, b.maxima)].map { (finite($0), finite($1)) }
    guard sides.allSatisfy({ !$0.0.isEmpty && !$0.1.isEmpty }) else { return nil }
    return min(1, 2 * sides.map { TwoSampleTest($0, $1).probability }.min()!)
  }

  /// The probabilities allowing for their number (Holm, "A simple sequentially rejective multiple
  /// test procedure", 1979).
  static func adjusted(_ probabilities: [Double?]) -> [Double?] {
    let order = probabilities.indices.filter { probabilities[$0] != nil }
      .sorted { (probabilities[$0]!, $0) < (probabilities[$1]!, $1) }
    var adjusted = [Double?](repeating: nil, count: probabilities.count)
    var greatest = 0.0
    for (rank, index) in order.enumerated() {
      greatest = max(greatest, min(1, Double(order.count - rank) * probabilities[index]!))
      adjusted[index] = greatest
    }
    return adjusted
  }
}
