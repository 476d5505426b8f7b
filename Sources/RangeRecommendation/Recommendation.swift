import PolynomialApproximation

/// Intervals and degrees for every site, by every policy: the contents of `ranges.json`.
public struct Recommendation: Codable, Hashable, Sendable {
  /// One policy, and what it gives for all sites together.
  public struct Policy: Codable, Hashable, Sendable {
    public let label: String
    /// What it promises, in a sentence.
    public let promise: String
    /// The estimated probability that a new input leaves any site's interval; missing if refused.
    public let escapeProbability: Double?
    /// Why the data cannot support the policy; missing if it can.
    public let refusal: String?
    public let inference: InferencePromise?
    /// How many held-out inputs left an interval; missing if none were held out.
    public let heldOut: HeldOutTruth?
    /// The sum of the depths of all sites' polynomials; missing if a site has none that will do.
    /// Functions of several numbers (softmax, max) and intervals of a single number do not count.
    public let totalDepth: Int?
  }

  /// What one policy says of one site.
  public struct Option: Codable, Hashable, Sendable {
    public let policy: String
    public let lower: Double
    public let upper: Double
    /// The estimated probability that a new input leaves this interval.
    public let escapeProbability: Double
    /// The held-out inputs that left this interval; missing if none were held out.
    public let heldOutEscapes: Int?
    /// The models that a `tail` interval comes from.
    public let tail: TailPair?
    /// A `certified` interval's width over that of the observed range.
    public let observedRatio: Double?
    /// The polynomial of least degree that meets the tolerance.
    public let approximation: Approximation?
    /// Why there is no polynomial, or what it misses.
    public let note: String?
  }

  /// A polynomial's method, degree, error and cost.
  public struct Approximation: Codable, Hashable, Sendable {
    public let method: FitMethod
    public let degree: Int
    /// Whether the tolerance is met; otherwise this is the best within the degree limit.
    public let meetsTolerance: Bool
    /// The largest absolute error on the interval.
    public let supremumError: Double
    /// The root mean square of the error over the site's values.
    public let weightedRMSError: Double?
    /// The largest absolute error that the fuse allows.
    public let errorBound: Double
    public let depth: Int
    public let multiplications: Int
    /// The largest factor on the interval at which the error is within the bound.
    public let fuse: Double?

    private enum CodingKeys: String, CodingKey {
      case method, degree, meetsTolerance, supremumError, errorBound, depth, multiplications, fuse
      case weightedRMSError = "weightedRmsError"
    }
  }

  public struct Site: Codable, Hashable, Sendable {
    public let site: String
    public let layer: String
    public let function: String
    /// In the order of `policies`, without those that were refused, here or for all sites.
    public let options: [Option]
    /// The policies that were refused for this site, though not for all.
    public let refusals: [Refusal]
  }

  /// Why a policy has no interval for one site.
  public struct Refusal: Codable, Hashable, Sendable {
    public let policy: String
    public let reason: String
  }

  public static let formatName = "rangefinder ranges"
  public static let formatVersion = 1

  public let format: String
  public let version: Int
  public let model: String
  public let modelDigest: String
  public let data: [String]
  /// The inputs that the profile ran.
  public let inputs: Int
  /// The inputs that were kept out of calibration; missing if none were.
  public let holdout: Holdout?
  /// The label of the policy whose intervals are recommended.
  public let policy: String
  public let toleranceKind: String
  public let tolerance: Double
  public let method: FitMethod
  public let degreeLimit: Int
  /// Whose degrees and depths are recommended.
  public let backend: EvaluationBackend
  public let policies: [Policy]
  public let sites: [Site]

  /// The recommended policy.
  public var chosenPolicy: Policy? { policies.first { $0.label == policy } }
}

extension Recommendation.Site {
  /// What a policy says of this site.
  public func option(_ policy: String) -> Recommendation.Option? {
    options.first { $0.policy == policy }
  }
}
