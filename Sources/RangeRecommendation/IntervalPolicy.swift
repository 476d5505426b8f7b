/// How an interval is made from what a site saw.
public enum IntervalPolicy: Hashable, Sendable {
  /// The observed range widened about its centre. It promises nothing.
  case minmax(margin: Double)
  /// The middle share of all values, with equal tails, out to the outer edges of their bins.
  case quantile(share: Double)
  /// At least a share `coverage` of inputs inside every site's interval at once, with
  /// confidence `confidence`, whatever the distribution.
  case inference(coverage: Double, confidence: Double, seed: UInt64)

  /// The policy as files and tables name it, such as `minmax(2)` or `inference(0.95,0.9)`.
  public var label: String {
    switch self {
    case .minmax(let margin): "minmax(\(margin.shortText))"
    case .quantile(let share): "quantile(\(share.shortText))"
    case .inference(let coverage, let confidence, _):
      "inference(\(coverage.shortText),\(confidence.shortText))"
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
    case .inference(let coverage, let confidence, _):
      "at least \((100 * coverage).shortText) % of inputs stay inside every interval at once, "
        + "with \((100 * confidence).shortText) % confidence, if new inputs are drawn like these"
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
