import RangeStatistics

/// How many of the inputs that were kept out left an interval set, against what it promised.
public struct HeldOutTruth: Codable, Hashable, Sendable {
  /// The inputs that were kept out.
  public let inputs: Int
  /// Those of them that left some site's interval.
  public let escaped: Int
  /// The escape probabilities that this number does not rule out, with 95 % confidence (Clopper and
  /// Pearson 1934): the lower end.
  public let lower: Double
  /// The upper end.
  public let upper: Double
  /// The greatest escape probability that was promised; missing for a policy without a promise.
  public let promised: Double?
  /// Whether the intervals were made from these inputs too, which flatters them.
  public let isSeen: Bool

  /// Whether the number rules out what was promised.
  public var isBroken: Bool { promised.map { lower > $0 } ?? false }

  init(inputs: Int, escaped: Int, promised: Double?, isSeen: Bool) {
    let limits = ToleranceInterval.clopperPearson(
      successes: escaped, trials: inputs, confidence: 0.95)
    (self.inputs, self.escaped) = (inputs, escaped)
    (lower, upper) = (limits.lowerBound, limits.upperBound)
    (self.promised, self.isSeen) = (promised, isSeen)
  }
}

/// Which inputs left which intervals.
public struct EscapeCount: Hashable, Sendable {
  /// For each site, the inputs that left its interval; `nil` for a site without one.
  public let perSite: [Int?]
  /// The inputs that left any.
  public let anywhere: Int

  /// Counts the inputs whose extremes leave an interval.
  ///
  /// - Precondition: The sites saw the same inputs.
  public init(_ extremes: [SampleExtremes], outside bounds: [ClosedRange<Double>?]) {
    var escaped = [Bool](repeating: false, count: extremes.first?.indices.count ?? 0)
    perSite = zip(extremes, bounds).map { site, range in
      guard let range else { return nil }
      var count = 0
      for input in site.indices.indices where site.leaves(range, input: input) {
        count += 1
        escaped[input] = true
      }
      return count
    }
    anywhere = escaped.count { $0 }
  }
}

extension SampleExtremes {
  /// Whether an input's values, if it has any, are not all in a range.
  func leaves(_ range: ClosedRange<Double>, input: Int) -> Bool {
    let (minimum, maximum) = (Double(minima[input]), Double(maxima[input]))
    return minimum <= maximum && (minimum < range.lowerBound || maximum > range.upperBound)
  }
}
