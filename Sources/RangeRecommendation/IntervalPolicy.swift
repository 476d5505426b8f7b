/// How an interval is made from what a site saw.
public enum IntervalPolicy: Hashable, Sendable {
  /// The observed range widened about its centre. It promises nothing.
  case minmax(margin: Double)
  /// The middle share of all values, with equal tails, out to the outer edges of their bins.
  case quantile(share: Double)
  /// The narrowest interval of bins that holds a share of all values.
  case shortestQuantile(share: Double)
  /// At least a share `coverage` of inputs inside every site's interval at once, with
  /// confidence `confidence`, whatever the distribution.
  case inference(coverage: Double, confidence: Double, seed: UInt64)
  /// For each site and side, the upper confidence limit of what an input exceeds with half the
  /// probability `exceedance`, by a generalised Pareto tail.
  case tail(exceedance: Double, confidence: Double)
  /// What no input of a box can leave.
  case certified(CertifiedBounds)

  /// The policy as files and tables name it, such as `minmax(2)` or `inference(0.95,0.9)`.
  public var label: String {
    switch self {
    case .minmax(let margin): "minmax(\(margin.shortText))"
    case .quantile(let share): "quantile(\(share.shortText))"
    case .shortestQuantile(let share): "quantile(\(share.shortText),shortest)"
    case .inference(let coverage, let confidence, _):
      "inference(\(coverage.shortText),\(confidence.shortText))"
    case .tail(let exceedance, let confidence):
      "tail(\(exceedance.shortText),\(confidence.shortText))"
    case .certified(let bounds): "certified(\(bounds.box))"
    }
  }

  /// What the policy promises, in a sentence.
  public var promise: String {
    switch self {
    case .minmax(let margin):
      margin == 1
        ? "the observed range; it promises nothing"
        : "the observed range × \(margin.shortText) about its centre; it promises nothing"
    case .quantile(let share):
      "the middle \((100 * share).shortText) % of a site's values; an input holds many values"
    case .shortestQuantile(let share):
      "the narrowest interval with \((100 * share).shortText) % of a site's values; an input holds "
        + "many values"
    case .inference(let coverage, let confidence, _):
      "at least \((100 * coverage).shortText) % of inputs stay inside every interval at once, "
        + "with \((100 * confidence).shortText) % confidence, if new inputs are drawn like these"
    case .tail(let exceedance, let confidence):
      "an input leaves a site's interval with probability \(exceedance.shortText) at most, with "
        + "\((100 * confidence).shortText) % confidence, if the tail follows its model"
    case .certified(let bounds):
      "no input in the box (\(bounds.boxText)) leaves any interval"
    }
  }

  /// The greatest probability with which one input may leave any of `sites` intervals by the
  /// promise, or `nil` without a promise.
  ///
  /// For `tail` it is the sum over the sites.
  func promisedEscape(sites: Int) -> Double? {
    switch self {
    case .minmax, .quantile, .shortestQuantile: nil
    case .inference(let coverage, _, _): 1 - coverage
    case .tail(let exceedance, _): min(1, Double(sites) * exceedance)
    case .certified: 0
    }
  }

  /// Whether the intervals are made from inputs that are kept out, too: histograms count all, and
  /// so does the data's own box.
  var seesHeldOut: Bool {
    switch self {
    case .quantile, .shortestQuantile: true
    case .certified(let bounds): bounds.box == CertifiedBounds.dataBox
    case .minmax, .inference, .tail: false
    }
  }
}

extension Double {
  /// The shortest text that reads back to the number, without `.0`, rounded to 12 digits first so
  /// that 100 · 0.95 reads as 95.
  var shortText: String {
    let scale = 1e12
    let rounded = abs(self) < 1e3 ? (self * scale).rounded() / scale : self
    let text = "\(rounded)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
