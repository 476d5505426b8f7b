import Glibc

extension TailModel {
  /// Confidence limits of all return levels at once.
  ///
  /// The profile likelihood leaves a level inside its interval if it is that of a distribution
  /// whose likelihood has not fallen below what the χ² distribution of the confidence allows. So the
  /// distributions of that kind are found once, and each level's limits are the least and the
  /// greatest that they give. (Coles 2001, section 2.6.6.)
  public struct Band: Sendable {
    /// Distributions on the edge of those that count for the lower limits, and for the upper ones:
    /// ratios θ = ξ/σ with their shapes.
    private let lower: [(theta: Double, shape: Double)]
    private let upper: [(theta: Double, shape: Double)]
    private let threshold: Double
    private let exceedanceRate: Double

    fileprivate init(_ model: TailModel, confidence: Double) {
      let drop = TailModel.deviance(confidence)
      // As in `upperLimit`, short shapes do not make the upper limit.
      lower = Region(model.excesses, leastShape: GeneralizedPareto.leastShape, drop: drop).edge
      upper = Region(model.excesses, leastShape: TailModel.shortestTail, drop: drop).edge
      (threshold, exceedanceRate) = (model.threshold, model.exceedanceRate)
    }

    /// Returns the limits of the value that the next one exceeds with the given probability.
    ///
    /// - Precondition: The probability is positive and at most the model's `exceedanceRate`.
    public func limits(exceedance: Double) -> ClosedRange<Double> {
      let probability = exceedance / exceedanceRate
      let level = { (edge: (theta: Double, shape: Double)) in
        GeneralizedPareto.standardLevel(probability, shape: edge.shape) * edge.shape / edge.theta
      }
      let (least, most) = (lower.map(level).min()!, upper.map(level).max()!)
      return threshold + min(least, most)...threshold + most
    }
  }

  /// Returns the confidence limits of all return levels.
  ///
  /// - Precondition: The confidence is between 0 and 1.
  public func band(confidence: Double) -> Band {
    precondition(confidence > 0 && confidence < 1, "no band for \(confidence)")
    return Band(self, confidence: confidence)
  }
}

/// The generalised Pareto distributions whose likelihood is at most half of `drop` below the best.
///
/// For a ratio θ = ξ/σ only the sum S of log(1 + θx) is needed of the excesses: the logarithm of
/// the likelihood is −n log(ξ/θ) − (1 + 1/ξ)S. Along ξ it has one maximum, at S/n.
private struct Region {
  /// The least and the greatest shape at each of some ratios from the region's one end to the other.
  private(set) var edge: [(theta: Double, shape: Double)] = []

  private let excesses: [Double]
  private let mean: Double
  private let allowed: ClosedRange<Double>
  private let cutoff: Double

  init(_ excesses: [Double], leastShape: Double, drop: Double) {
    let best = GeneralizedPareto.fit(excesses, leastShape: leastShape)
    self.excesses = excesses
    mean = excesses.reduce(0, +) / Double(excesses.count)
    allowed = leastShape...TailModel.widestShape
    cutoff = best.logLikelihood - drop / 2
    let start = best.distribution.shape / best.distribution.scale
    let least = -(1 - 1e-9) / excesses[excesses.count - 1]
    // The best itself lies inside.
    let ratio = awayFromZero(start)
    edge.append((ratio, ratio * best.distribution.scale))
    let (low, high) = (end(from: start, -1, until: least), end(from: start, 1, until: .infinity))
    for step in 0...Self.steps {
      let theta = low + (high - low) * Double(step) / Double(Self.steps)
      guard let shapes = shapes(at: theta) else { continue }
      edge += [shapes.lowerBound, shapes.upperBound].map { (awayFromZero(theta), $0) }
    }
  }

  /// Goes on from a ratio inside until the region or the ratios end.
  private func end(from start: Double, _ direction: Double, until last: Double) -> Double {
    var (inside, step) = (start, 1 / (mean * Double(excesses.count).squareRoot()))
    while shapes(at: inside + direction * step) != nil {
      if direction * (last - inside) <= step { break }
      inside += direction * step
      step *= 2
    }
    for _ in 0..<Self.bisections {
      step /= 2
      let next = inside + direction * step
      if direction * (last - next) > 0, shapes(at: next) != nil { inside = next }
    }
    return inside
  }

  /// The shapes inside the region at a ratio, or nil if there are none.
  private func shapes(at ratio: Double) -> ClosedRange<Double>? {
    let theta = awayFromZero(ratio)
    guard let sum = GeneralizedPareto.logarithms(of: excesses, theta: theta) else { return nil }
    let (n, sign) = (Double(excesses.count), theta < 0 ? -1.0 : 1.0)
    let isInside = { (size: Double) in
      let shape = sign * size
      return -n * log(shape / theta) - (1 + 1 / shape) * sum >= cutoff
    }
    let top = (sum / n).magnitude
    guard top > 0, isInside(top) else { return nil }
    func end(_ factor: Double) -> Double {
      var (inside, outside) = (top, top * factor)
      while isInside(outside), outside < 1e3, outside > 1e-12 {
        (inside, outside) = (outside, outside * factor)
      }
      for _ in 0..<40 {
        let middle = (inside + outside) / 2
        if isInside(middle) { inside = middle } else { outside = middle }
      }
      return inside
    }
    let ends = [sign * end(0.5), sign * end(2)].sorted()
    guard ends[0] <= allowed.upperBound, ends[1] >= allowed.lowerBound else { return nil }
    return max(ends[0], allowed.lowerBound)...min(ends[1], allowed.upperBound)
  }

  /// The ratio, or one next to 0 that the formulas hold for.
  private func awayFromZero(_ theta: Double) -> Double {
    (theta * mean).magnitude >= 1e-6 ? theta : (theta < 0 ? -1e-6 : 1e-6) / mean
  }

  /// Ratios at which the edge is known (heuristic).
  private static let steps = 48
  /// Halvings of a step to find an end (heuristic).
  private static let bisections = 14
}
