import RangeRecommendation

extension Report {
  /// The answer in plain sentences, most important first.
  public var headline: [String] {
    [extent, intervals, polynomialSentence, verificationSentence, escape].compactMap { $0 }
  }

  /// The number of inputs and sites.
  private var extent: String {
    let (run, all) = (profile.sampleCount, profile.provenance.datasetSamples)
    let inputs = run == all ? run.counted("input") : "\(run.text) of \(all.text) inputs"
    return "Over \(inputs), \(sites.count.counted("site"))."
  }

  /// The widest interval of the chosen policy, or the widest range.
  private var intervals: String? {
    let widths = sites.compactMap { site in
      site.interval.map { (site, $0, $0.upperBound - $0.lowerBound) }
    }
    guard let widest = widths.max(by: { $0.2 < $1.2 }) else { return nil }
    let place = "\(widest.1.text) at \(widest.0.name)"
    guard let policy else { return "The widest range seen is \(place)." }
    if let promise = policy.inference {
      return "With intervals that hold at least \(promise.coverage.percent) of inputs with "
        + "\(promise.confidence.percent) confidence: widest \(place)."
    }
    return "With the intervals of \(policy.label) (\(policy.promise)): widest \(place)."
  }

  /// The degrees and depths of the chosen policy's polynomials.
  private var polynomialSentence: String? {
    let degrees = sites.compactMap(\.degree)
    guard recommendation != nil else { return nil }
    guard let least = degrees.min(), let most = degrees.max() else {
      return "No site has a polynomial."
    }
    let range = least == most ? most.text : "\(least.text)–\(most.text)"
    let depth = sites.compactMap(\.depth).reduce(0, +)
    var sentence = "Polynomials of degree \(range), depths sum to \(depth.text)"
    let missed = sites.count { $0.meetsTolerance == false }
    if missed > 0 {
      sentence += "; \(missed.text) \(missed == 1 ? "misses" : "miss") the tolerance"
    }
    let without = sites.count - degrees.count
    if without > 0 { sentence += "; \(without.counted("site")) without one" }
    return sentence + "."
  }

  private var escape: String? {
    policy?.escapeProbability.map {
      "A new input leaves some interval with a probability of about \($0.percent)."
    }
  }
}
