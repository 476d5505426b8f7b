extension Report {
  /// A fuse below this is close to 1 (heuristic).
  static let shortFuse = 1.05

  /// A tail ratio above this is heavy (heuristic: ten million normal values reach 1.7).
  static let heavyTail = 3.0

  /// What to look at before trusting the report: worst first, one worry for each kind.
  public var worries: [Worry] {
    Worry.Kind.allCases.compactMap { kind in
      let items = items(of: kind)
      return items.isEmpty ? nil : Worry(kind: kind, items: items)
    }
  }

  private func items(of kind: Worry.Kind) -> [Worry.Item] {
    switch kind {
    case .noValues:
      sites.filter { $0.observed == nil }.map { site in
        Worry.Item(
          site: site.name,
          text: site.statistics.nonFinite.total == 0
            ? "no value at all" : "every value was NaN or infinite")
      }
    case .nonFinite:
      worst(by: \.nonFiniteShare) { site, _ in site.nonFiniteText }
    case .missedTolerance:
      worst(by: \.missRatio) { site, _ in
        "degree \(site.degree!.text) leaves an error of \(site.supremumError!.text); "
          + "the tolerance asks for \(site.errorBound!.text)"
      }
    case .shortFuse:
      worst(by: \.fuseShortness) { site, _ in
        "the error stays allowed up to \(site.fuse!.fuseText) × the interval"
          + (site.errorBeyond.map { error in
            "; at \(Report.beyond.text) × it is \(error.isFinite ? error.text : "unbounded")"
          } ?? "")
      }
    case .heavyTail:
      worst(by: \.heavyTailRatio) { site, ratio in
        "observed \(site.observed!.text), "
          + (ratio.isFinite
            ? "\(ratio.text) × as wide as the middle 99.8 % of values"
            : "but 99.8 % of values are the same")
      }
    case .refusedPolicy:
      (recommendation?.policies ?? []).compactMap { policy in
        policy.refusal.map { Worry.Item(site: nil, text: $0) }
      }
    }
  }

  /// The sites that have a badness, the highest first, in network order where it is the same.
  private func worst(
    by badness: KeyPath<Site, Double?>, text: (Site, Double) -> String
  ) -> [Worry.Item] {
    sites.compactMap { site in site[keyPath: badness].map { (site, $0) } }
      .sorted { $0.1 == $1.1 ? $0.0.number < $1.0.number : $0.1 > $1.1 }
      .map { Worry.Item(site: $0.0.name, text: text($0.0, $0.1)) }
  }
}

extension Report.Site {
  /// The share of values that are not finite; nil if there are none.
  fileprivate var nonFiniteShare: Double? {
    let bad = Double(statistics.nonFinite.total)
    return bad > 0 ? bad / (bad + Double(statistics.count)) : nil
  }

  /// The error over what is allowed, where it misses the tolerance.
  fileprivate var missRatio: Double? {
    guard meetsTolerance == false, let supremumError, let errorBound else { return nil }
    return errorBound > 0 ? supremumError / errorBound : .infinity
  }

  /// How short the fuse is, where it is close to 1.
  fileprivate var fuseShortness: Double? {
    guard meetsTolerance == true, let fuse, fuse < Report.shortFuse else { return nil }
    return -fuse
  }

  /// The tail ratio, where it is heavy.
  fileprivate var heavyTailRatio: Double? {
    tailRatio.flatMap { $0 > Report.heavyTail ? $0 : nil }
  }

  /// How many values of which kind were not finite, and where the first one was.
  var nonFiniteText: String {
    let counts = statistics.nonFinite
    let parts = [
      (counts.nan, "NaN"), (counts.positiveInfinity, "+∞"), (counts.negativeInfinity, "−∞"),
    ]
    let found = parts.filter { $0.0 > 0 }.map { "\($0.0.text) × \($0.1)" }
    guard let first = statistics.firstNonFinite else { return found.joined(separator: ", ") }
    return found.joined(separator: ", ")
      + "; the first in input \(first.sample.text) at \(profile.coordinates(of: first.offset))"
  }
}
