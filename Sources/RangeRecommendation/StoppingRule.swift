import ActivationProfiling

/// When enough inputs have been run: when the intervals of the `inference` policy, all sites at
/// once, are known to within a share of their widths.
///
/// It looks after fixed numbers of blocks, which grow by a tenth, so that where a run ends depends
/// on its data alone. Each look takes its confidence limits anew; that there are several looks is
/// no part of the confidence. The promise of the intervals is made from all inputs that were run.
public struct StoppingRule: Hashable, Sendable {
  public let coverage: Double
  public let confidence: Double
  public let seed: UInt64
  /// The greatest slack with which intervals are called stable.
  public let slack: Double

  /// Creates the rule.
  ///
  /// - Precondition: The shares lie between 0 and 1.
  public init(slack: Double, coverage: Double, confidence: Double, seed: UInt64) {
    precondition([slack, coverage, confidence].allSatisfy { 0 < $0 && $0 < 1 }, "no share")
    self.slack = slack
    self.coverage = coverage
    self.confidence = confidence
    self.seed = seed
  }

  /// Whether the rule looks after this number of blocks: 1, 2, …, 20, 22, 24, …
  public static func looks(afterBlocks count: Int) -> Bool {
    var look = 1
    while look < count { look += max(1, look / 10) }
    return look == count
  }

  /// The slack of the intervals, or `nil` if there are too few inputs for any.
  public func slack(of profile: Profile) -> Double? {
    let calibration = try? InferenceCalibration(
      profile.sites.map { ($0.name, $0.statistics.samples) }, coverage: coverage,
      confidence: confidence, seed: seed)
    return calibration?.slack
  }
}
