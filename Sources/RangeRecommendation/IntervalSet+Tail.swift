import RangeStatistics

/// The two tails that an interval by extrapolation comes from.
public struct TailPair: Codable, Hashable, Sendable {
  public let lower: Side
  public let upper: Side

  /// The model of one side. For the lower one it is that of the mirrored values: an excess is how
  /// far a minimum lies below the threshold.
  public struct Side: Codable, Hashable, Sendable {
    /// The threshold beyond which the tail is modelled.
    public let threshold: Double
    /// The inputs beyond the threshold.
    public let excesses: Int
    /// The shape ξ of the generalised Pareto distribution.
    public let shape: Double
    /// Its scale σ.
    public let scale: Double
    public let andersonDarling: Double
    /// The estimate of the level that an input passes with the probability that was asked for.
    public let returnLevel: Double
    /// The confidence limit of that level, an end of the interval.
    public let limit: Double
  }
}

extension IntervalSet {
  /// The interval by extrapolation of one site's extremes, or why there is none.
  ///
  /// Each side has half the exceedance. Its limit is the end of a two-sided interval, so that the
  /// doubts of both sides sum to that of the confidence.
  static func tail(
    _ extremes: SampleExtremes, _ observed: ClosedRange<Double>, exceedance: Double,
    confidence: Double
  ) -> Outcome {
    let inputs = extremes.minima.indices.filter { extremes.minima[$0] <= extremes.maxima[$0] }
    func side(_ values: [Double], sign: Double) throws(TailError) -> TailPair.Side {
      let model = try TailModel(values)
      let limit = try model.upperLimit(exceedance: exceedance / 2, confidence: confidence)
      return TailPair.Side(
        threshold: sign * model.threshold, excesses: model.excesses.count,
        shape: model.distribution.shape, scale: model.distribution.scale,
        andersonDarling: model.andersonDarling,
        returnLevel: sign * model.returnLevel(exceedance: exceedance / 2), limit: sign * limit)
    }
    var name = "below"
    do {
      let lower = try side(inputs.map { -Double(extremes.minima[$0]) }, sign: -1)
      name = "above"
      let upper = try side(inputs.map { Double(extremes.maxima[$0]) }, sign: 1)
      // A model may end before the greatest value that was seen.
      return .tail(
        min(lower.limit, observed.lowerBound)...max(upper.limit, observed.upperBound),
        TailPair(lower: lower, upper: upper))
    } catch {
      return .refused("\(name), \(error)")
    }
  }
}
