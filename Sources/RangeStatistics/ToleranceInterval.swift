import Glibc

/// How many samples support which promise, whatever the distribution they are drawn from.
///
/// Of n scores drawn like the next one, the k-th smallest is not exceeded by the next with a
/// probability that is itself distributed as Beta(k, n + 1 − k) over the draws; it is at least that
/// if scores can be equal. (Wilks 1941; Vovk, "Conditional validity of inductive conformal
/// predictors", 2012.)
public enum ToleranceInterval {
  /// Returns the least rank k, from 1 on, such that the k-th smallest of n scores covers at least
  /// the share `coverage` of new scores with the given confidence, or nil if n is too small.
  ///
  /// - Precondition: n is not negative; the coverage and the confidence lie between 0 and 1.
  public static func rank(samples n: Int, coverage: Double, confidence: Double) -> Int? {
    precondition(n >= 0, "a negative number of samples: \(n)")
    checkShares(coverage, confidence)
    func isEnough(_ k: Int) -> Bool {
      BetaDistribution(Double(k), Double(n + 1 - k)).survival(coverage) >= confidence
    }
    guard n > 0 && isEnough(n) else { return nil }
    var (lower, upper) = (0, n)
    while upper - lower > 1 {
      let middle = (lower + upper) / 2
      if isEnough(middle) { upper = middle } else { lower = middle }
    }
    return upper
  }

  /// Returns the greatest rank k, from 1 on, such that the k-th smallest of n scores covers at most
  /// the share `coverage` of new scores with the given confidence, or nil if n is too small.
  ///
  /// So the scores of this rank and of `rank(samples:coverage:confidence:)` are confidence limits,
  /// lower and upper, of the quantile that covers just this share. (Order statistics' limits of a
  /// quantile: David and Nagaraja, Order Statistics, 2003, section 7.1.)
  ///
  /// - Precondition: As of the other.
  public static func lowerRank(samples n: Int, coverage: Double, confidence: Double) -> Int? {
    precondition(n >= 0, "a negative number of samples: \(n)")
    checkShares(coverage, confidence)
    // Scores in the opposite order cover the rest of the new ones.
    return rank(samples: n, coverage: 1 - coverage, confidence: confidence).map { n + 1 - $0 }
  }

  /// Returns the least number of samples for which there is such a rank: the least n with
  /// 1 − coverageⁿ ≥ confidence.
  ///
  /// - Precondition: The coverage and the confidence lie between 0 and 1.
  public static func samplesNeeded(coverage: Double, confidence: Double) -> Int {
    checkShares(coverage, confidence)
    var n = max(1, Int((log1p(-confidence) / log(coverage)).rounded()))
    while rank(samples: n, coverage: coverage, confidence: confidence) == nil { n += 1 }
    while n > 1 && rank(samples: n - 1, coverage: coverage, confidence: confidence) != nil {
      n -= 1
    }
    return n
  }

  /// Returns the confidence with which the range of n samples covers at least the share `coverage`
  /// of new ones: that share is distributed as Beta(n − 1, 2).
  ///
  /// - Precondition: n is positive, and the coverage lies between 0 and 1.
  public static func rangeConfidence(samples n: Int, coverage: Double) -> Double {
    precondition(n > 0, "no samples")
    checkShares(coverage, coverage)
    return n == 1 ? 0 : BetaDistribution(Double(n - 1), 2).survival(coverage)
  }

  /// Returns the probability that a new sample leaves the range of n others, 2/(n + 1) at most.
  ///
  /// - Precondition: n is positive.
  public static func expectedEscape(samples n: Int) -> Double {
    precondition(n > 0, "no samples")
    return 2 / Double(n + 1)
  }

  /// Returns the interval of probabilities that an observed number of successes does not rule out,
  /// with at least the given confidence. (Clopper and Pearson 1934.)
  ///
  /// - Precondition: There are trials, at most all succeeded, and the confidence is between 0 and 1.
  public static func clopperPearson(
    successes: Int, trials: Int, confidence: Double
  ) -> ClosedRange<Double> {
    precondition(trials > 0 && successes >= 0 && successes <= trials, "\(successes) of \(trials)")
    checkShares(confidence, confidence)
    let tail = (1 - confidence) / 2
    let (k, n) = (Double(successes), Double(trials))
    let lower = successes == 0 ? 0 : BetaDistribution(k, n - k + 1).quantile(tail)
    // By symmetry, so that the upper limit loses no digits to 1 − tail.
    let upper = successes == trials ? 1 : 1 - BetaDistribution(n - k, k + 1).quantile(tail)
    return lower...upper
  }

  private static func checkShares(_ coverage: Double, _ confidence: Double) {
    precondition(coverage > 0 && coverage < 1, "not between 0 and 1: \(coverage)")
    precondition(confidence > 0 && confidence < 1, "not between 0 and 1: \(confidence)")
  }
}
