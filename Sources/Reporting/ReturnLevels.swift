import Glibc
import RangeStatistics

/// How far single inputs go at a site, by how rare they are, as seen and as a model of the tail
/// extrapolates it.
struct ReturnLevels: Sendable {
  /// The highest values of inputs, or the lowest.
  struct Side: Sendable {
    /// `above` or `below`.
    let name: String
    /// The most extreme value of each input, the farthest first.
    let extremes: [Double]
    /// The model, or why there is none.
    let tail: Result<TailModel, TailError>
    fileprivate let sign: Double
    fileprivate let band: TailModel.Band?

    fileprivate init(_ name: String, _ values: [Float], sign: Float) {
      let ascending = values.map { sign * $0 }.ascending().map(Double.init)
      self.name = name
      self.sign = Double(sign)
      extremes = ascending.reversed().map { [sign = self.sign] in sign * $0 }
      tail = Result { () throws(TailError) in try TailModel(ascending: ascending) }
      band = (try? tail.get())?.band(confidence: ReturnLevels.confidence)
    }
  }

  /// A level that one of so many inputs goes beyond.
  struct Level: Sendable {
    let period: Double
    /// What the inputs showed; nil beyond them.
    let seen: Double?
    let estimate: Double?
    let limits: ClosedRange<Double>?
  }

  /// The confidence of the band.
  static let confidence = 0.95
  /// The model is followed to this many times the inputs (heuristic).
  static let reach = 10.0

  /// Above and below; both have the extremes of the same inputs, at least one.
  let sides: [Side]

  /// Takes the extremes of inputs; nil if there are none.
  init?(_ samples: SampleExtremes) {
    let inputs = samples.indices.indices.filter { samples.minima[$0] <= samples.maxima[$0] }
    guard !inputs.isEmpty else { return nil }
    sides = [
      Side("above", inputs.map { samples.maxima[$0] }, sign: 1),
      Side("below", inputs.map { samples.minima[$0] }, sign: -1),
    ]
  }

  /// The inputs that extremes are known of.
  var inputs: Int { sides[0].extremes.count }

  /// Whether some side has a model.
  var isModelled: Bool { sides.contains { $0.band != nil } }

  /// The greatest period that is shown.
  var longestPeriod: Double { Self.reach * Double(inputs) }

  /// 10, 100, … up to the longest period.
  var periods: [Double] {
    Array(sequence(first: 10.0) { $0 * 10 }.prefix { $0 <= longestPeriod * 1.001 })
  }
}

extension ReturnLevels.Side {
  /// The level that one input in `period` goes beyond, at least 1.
  func level(period: Double) -> ReturnLevels.Level {
    let rank = Int((Double(extremes.count + 1) / period).rounded())
    let seen = (1...extremes.count).contains(rank) ? extremes[rank - 1] : nil
    guard let model = try? tail.get(), let band, 1 / period <= model.exceedanceRate else {
      return ReturnLevels.Level(period: period, seen: seen, estimate: nil, limits: nil)
    }
    let limits = band.limits(exceedance: 1 / period)
    let ends = [sign * limits.lowerBound, sign * limits.upperBound].sorted()
    return ReturnLevels.Level(
      period: period, seen: seen, estimate: sign * model.returnLevel(exceedance: 1 / period),
      limits: ends[0]...ends[1])
  }

  /// The periods of the model's curve, evenly spaced on a logarithmic axis; none without a model.
  func modelled(upTo longest: Double, steps: Int) -> [Double] {
    guard let model = try? tail.get() else { return [] }
    let first = 1 / model.exceedanceRate
    // The first one may be rounded below the model's threshold.
    return (0...steps).map {
      first * (1 + 1e-12) * pow(longest / first, Double($0) / Double(steps))
    }
  }
}
