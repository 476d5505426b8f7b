import RangeRecommendation

/// What a network loses by its polynomials, measured on data: the contents of `verification.json`.
///
/// A share or mean over nothing is missing.
public struct Verification: Codable, Hashable, Sendable {
  /// The sums of the replaced sites' depths.
  public struct Depth: Codable, Hashable, Sendable {
    public let total: Int
    /// The greatest sum along a path from an input to an output.
    public let criticalPath: Int
  }

  /// How often both networks give the same class, the one with the greatest output.
  public struct Agreement: Codable, Hashable, Sendable {
    public let agreeing: Int
    public let share: Double
    /// The same among the inputs of which the exact network's values stay in all intervals.
    public let agreeingInside: Int
    public let shareInside: Double?
  }

  /// The share of inputs whose class is that of their label.
  public struct Accuracy: Codable, Hashable, Sendable {
    public let exact: Double
    public let polynomial: Double
  }

  /// The difference of one output, over the inputs that did not blow up.
  public struct Output: Codable, Hashable, Sendable {
    public let output: Int
    public let rootMeanSquareError: Double?
    public let maximumError: Double?
  }

  /// The Kullback–Leibler divergence of the polynomial network's softmax from the exact one's, in
  /// nats, over the inputs that did not blow up.
  public struct Divergence: Codable, Hashable, Sendable {
    public let mean: Double?
    public let maximum: Double?
  }

  /// Inputs that leave some interval, or none.
  public struct Inputs: Codable, Hashable, Sendable {
    /// Those of which the exact network's values stay in all intervals: those the intervals are for.
    public let inside: Int
    /// Those of which the polynomial network's values leave some interval.
    public let escaped: Int
    /// Those that blow up in the polynomial network.
    public let blownUp: Int
    /// Those of them that are `inside`.
    public let blownUpInside: Int
  }

  /// An input that blew up: a value that is not finite, or farther from the interval's centre than
  /// `blowUpFactor` half-widths.
  ///
  /// Where a site has no interval, the range of the exact network's values counts, over the inputs
  /// that are run at the same time.
  public struct BlowUp: Codable, Hashable, Sendable {
    /// Its place in the data.
    public let sample: Int
    /// The first site where it did.
    public let site: String
    /// How far from the centre, in half-widths; missing if it is not finite.
    public let reach: Double?
    /// The first site where it had left the interval.
    public let firstEscape: String?
    /// Whether the exact network's values stay in all intervals.
    public let isInside: Bool
  }

  /// One site.
  public struct Site: Codable, Hashable, Sendable {
    public let site: String
    public let function: String
    /// Whether something stands in for the function.
    public let isReplaced: Bool
    public let lower: Double?
    public let upper: Double?
    /// The root mean square of the pre-activations' difference, over the inputs that did not blow
    /// up, and the same over the standard deviation of the exact network's pre-activations.
    public let rootMeanSquareDifference: Double?
    public let errorGrowth: Double?
    /// The inputs that leave the interval in the exact network, and in the polynomial one.
    public let exactEscapes: Int
    public let escapes: Int
    /// The greatest distance from the interval's centre in the polynomial network, in half-widths;
    /// missing if some value is not finite, or there is no interval.
    public let reach: Double?
    /// The first inputs that leave the interval in the polynomial network.
    public let firstEscapes: [Int]
    /// The inputs whose first blow-up is here.
    public let blowUps: Int
  }

  public static let formatName = "rangefinder verification"
  public static let formatVersion = 1

  /// A heuristic: nothing that a polynomial still stands for is ten half-widths away.
  public static let blowUpFactor = 10.0

  /// How many inputs are listed for a site, and how many blow-ups.
  public static let (escapesListed, blowUpsListed) = (5, 20)

  public let format: String
  public let version: Int
  public let model: String
  public let modelDigest: String
  public let data: [String]
  public let dataDigests: [String]
  public let inputs: Int
  /// The policy of the polynomials' intervals.
  public let policy: String
  public let maxPooling: MaxPoolingPolicy
  /// The sites that stay what they are.
  public let kept: [String]
  public let depth: Depth
  /// Missing if no output is a list of classes' numbers.
  public let agreement: Agreement?
  /// Missing if the data has no labels.
  public let accuracy: Accuracy?
  public let outputs: [Output]
  /// Missing if no output is a softmax.
  public let divergence: Divergence?
  public let escapes: Inputs
  public let blowUpFactor: Double
  public let blowUps: [BlowUp]
  public let sites: [Site]
}

extension Verification: JSONFile {
  public static var fileDescription: String {
    "a verification (rangefinder verify makes one)"
  }

  public var contradiction: String? {
    inputs < 1 ? "it has no inputs" : nil
  }
}
