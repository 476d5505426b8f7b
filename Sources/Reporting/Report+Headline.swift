import RangeRecommendation

extension Report {
  /// The answer in plain sentences, most important first.
  public var headline: [String] {
    [
      extent, intervals, widestSentence, polynomialSentence, verificationSentence, escape,
    ].compactMap { $0 }
  }

  /// The answer in short: its first two sentences, and what is left of the network.
  var summary: [String] { headline.prefix(2) + [verificationSentence].compactMap { $0 } }

  /// The number of inputs and sites.
  private var extent: String {
    let (run, all) = (profile.sampleCount, profile.provenance.datasetSamples)
    let inputs = run == all ? run.counted("input") : "\(run.text) of \(all.text) inputs"
    return "Over \(inputs), \(sites.count.counted("site"))."
  }

  /// The widest interval of the chosen policy, or the widest range.
  private var intervals: String? {
    guard let widest = widestSite, let interval = widest.interval else { return nil }
    let place = "\(interval.text) at \(widest.name)"
    guard let policy else { return "The widest range seen is \(place)." }
    if let promise = policy.inference {
      return "With intervals that hold at least \(promise.coverage.percent) of inputs with "
        + "\(promise.confidence.percent) confidence: widest \(place)."
    }
    return "With the intervals of \(policy.label) (\(policy.promise)): widest \(place)."
  }

  /// The site with the widest interval; nil if no site has one.
  var widestSite: Site? {
    let widths = sites.compactMap { site in
      site.interval.map { (site, $0.upperBound - $0.lowerBound) }
    }
    return widths.max { $0.1 < $1.1 }?.0
  }

  /// Which input made the widest interval, what it costs, and what happens beyond it.
  private var widestSentence: String? {
    guard let site = widestSite, let low = site.statistics.lowest.values.first,
      let high = site.statistics.highest.values.first
    else { return nil }
    return "Its lowest value there, \(Double(low.value).text), is of input \(low.sample), its "
      + "highest, \(Double(high.value).text), of input \(high.sample)"
      + (site.cost.map { "; \($0)" } ?? "") + "."
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

extension Report.Site {
  /// What the interval costs, and what happens 5 % beyond it; nil without a polynomial.
  fileprivate var cost: String? {
    guard let degree, let depth else { return nil }
    let beyond = errorBeyond.map {
      "5\u{A0}% beyond it the error is \($0.isFinite ? $0.text : "unbounded"), where "
        + "\(errorBound.text) is allowed"
    }
    return
      (["the interval takes degree \(degree.text), depth \(depth.text)"]
      + [beyond ?? fuse.map { "the error stays allowed up to \($0.fuseText) × the interval" }]
      .compactMap { $0 }).joined(separator: "; ")
  }
}
