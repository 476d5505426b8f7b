import Glibc

/// What lies beyond the greatest values seen: peaks over a threshold that keeps the top tenth.
///
/// The excesses over the threshold follow a generalised Pareto distribution if the threshold is
/// high enough (Balkema and de Haan 1974, Pickands 1975), which an Anderson–Darling test checks as
/// far as the data reaches. (Coles 2001, chapter 4.)
public struct TailModel: Hashable, Sendable {
  /// The values that were given, one an input.
  public let inputs: Int
  /// The threshold: the greatest value that is not among the top tenth.
  public let threshold: Double
  /// The values above the threshold, less the threshold, ascending.
  public let excesses: [Double]
  public let distribution: GeneralizedPareto
  /// The Anderson–Darling statistic of the excesses.
  public let andersonDarling: Double

  /// The share of the values that is modelled (heuristic: what the design of most studies takes).
  public static let modelledShare = 0.1
  /// The least number of excesses.
  public static let leastExcesses = 50
  /// The greatest shape that supports an extrapolation: beyond, the variance is infinite.
  public static let greatestShape = 0.5

  /// Fits the upper tail of values, of which one comes from each input.
  ///
  /// - Throws: `TailError` if no extrapolation is supported.
  /// - Precondition: All values are finite.
  public init(_ values: [Double]) throws(TailError) { try self.init(ascending: values.sorted()) }

  /// Fits the upper tail of values in ascending order.
  ///
  /// - Throws: As above.
  /// - Precondition: As above.
  public init(ascending sorted: [Double]) throws(TailError) {
    let kept = Int(Self.modelledShare * Double(sorted.count))
    guard kept >= Self.leastExcesses else {
      throw .tooFewInputs(
        found: sorted.count, needed: Int(Double(Self.leastExcesses) / Self.modelledShare))
    }
    inputs = sorted.count
    threshold = sorted[sorted.count - kept - 1]
    excesses = sorted.suffix(kept).map { [threshold] in $0 - threshold }.filter { $0 > 0 }
    guard excesses.count >= Self.leastExcesses else {
      throw .tooFewExcesses(found: excesses.count, needed: Self.leastExcesses)
    }
    distribution = GeneralizedPareto.fit(excesses).distribution
    guard distribution.shape <= Self.greatestShape else { throw .heavy(shape: distribution.shape) }
    andersonDarling = distribution.andersonDarling(excesses)
    let limit = GeneralizedPareto.criticalAndersonDarling(shape: distribution.shape)
    guard andersonDarling <= limit else {
      throw .poorFit(statistic: andersonDarling, limit: limit)
    }
  }

  /// The share of the values above the threshold.
  public var exceedanceRate: Double { Double(excesses.count) / Double(inputs) }

  /// Returns the value that the next one exceeds with the given probability.
  ///
  /// - Precondition: The probability is positive and at most `exceedanceRate`.
  public func returnLevel(exceedance: Double) -> Double {
    threshold + distribution.level(exceededWith: exceedance / exceedanceRate)
  }

  /// Returns the upper confidence limit of a return level, by profile likelihood.
  ///
  /// The level takes the place of the scale as a parameter. The limit is the upper end of the
  /// interval of levels at which the likelihood, at the best shape, has not fallen below what the χ²
  /// distribution of the confidence allows: two-sided, for the likelihood of so few excesses falls
  /// too fast. Shapes below `shortestTail` are not considered. (Coles 2001, section 4.3.3.)
  ///
  /// - Throws: `TailError.noLimit` if the data rules out nothing.
  /// - Precondition: The probability is positive and at most `exceedanceRate`; the confidence is
  ///   between 0 and 1.
  public func upperLimit(
    exceedance: Double, confidence: Double
  ) throws(TailError) -> Double {
    precondition(confidence > 0 && confidence < 1, "no upper limit for \(confidence)")
    let probability = exceedance / exceedanceRate
    let drop = Self.deviance(confidence)
    func likelihood(_ level: Double) -> Double {
      Maximum.goldenSection(in: Self.shortestTail...Self.widestShape) { shape in
        let scale = level / GeneralizedPareto.standardLevel(probability, shape: shape)
        return GeneralizedPareto(shape: shape, scale: scale).logLikelihood(excesses)
      }.value
    }
    let best = GeneralizedPareto.fit(excesses, leastShape: Self.shortestTail)
    func isPlausible(_ level: Double) -> Bool {
      2 * (best.logLikelihood - likelihood(level)) < drop
    }
    var plausible = best.distribution.level(exceededWith: probability)
    var beyond = 1.5 * plausible
    while isPlausible(beyond) {
      plausible = beyond
      beyond *= 2
      if beyond > 1e9 * excesses[excesses.count - 1] { throw .noLimit }
    }
    while beyond - plausible > 1e-6 * beyond {
      let middle = (plausible + beyond) / 2
      if isPlausible(middle) { plausible = middle } else { beyond = middle }
    }
    return threshold + beyond
  }

  /// The quantile of the χ² distribution with one degree of freedom, by bisection.
  static func deviance(_ confidence: Double) -> Double {
    var (lower, upper) = (0.0, 40.0)
    while upper - lower > 1e-12 * upper {
      let middle = (lower + upper) / 2
      if erfc(middle / 2.0.squareRoot()) > 1 - confidence {
        lower = middle
      } else {
        upper = middle
      }
    }
    return upper * upper
  }

  /// The least shape that a confidence limit considers (heuristic: the excesses of normal values look
  /// shorter than their tail is, and with this bound the limit covers levels down to 1e-6 however
  /// many there are).
  static let shortestTail = -0.1

  /// The greatest shape that a confidence limit considers (heuristic).
  static let widestShape = 1.5
}

/// Why values support no extrapolation.
public enum TailError: Error, Hashable, Sendable, CustomStringConvertible {
  case tooFewInputs(found: Int, needed: Int)
  case tooFewExcesses(found: Int, needed: Int)
  case heavy(shape: Double)
  case poorFit(statistic: Double, limit: Double)
  case noLimit

  public var description: String {
    switch self {
    case .tooFewInputs(let found, let needed):
      "no extrapolation is supported: it needs \(needed) inputs, not \(found)"
    case .tooFewExcesses(let found, let needed):
      "no extrapolation is supported: only \(found) inputs exceed the threshold, as many are equal; "
        + "it needs \(needed)"
    case .heavy(let shape):
      "no extrapolation is supported: the tail is too heavy (ξ = \(Float(shape)), above "
        + "\(TailModel.greatestShape))"
    case .poorFit(let statistic, let limit):
      "no extrapolation is supported: the tail does not follow a generalised Pareto distribution "
        + "(Anderson–Darling \(Float(statistic)), above \(Float(limit)))"
    case .noLimit: "no extrapolation is supported: any level is plausible"
    }
  }
}
