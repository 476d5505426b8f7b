import RangeRecommendation
import RangeStatistics

/// What `recommend` and `fit` print: one row a site, then the policies side by side.
struct RecommendationTable: CustomStringConvertible {
  private let recommendation: Recommendation

  init(_ recommendation: Recommendation) { self.recommendation = recommendation }

  var description: String {
    ([sites, policies, truth, refusals] as [TextTable?]).compactMap { $0?.description }
      .joined(separator: "\n\n")
      + "\n\n\(observedRanges)\nAll of it but certified intervals assumes that new inputs are drawn "
      + "like the calibration inputs."
  }

  private var sites: TextTable {
    var table = TextTable(
      ["site", "function", "lower", "upper", "escape", "degree", "depth", "error", "fuse", ""],
      leftColumns: 2)
    for site in recommendation.sites {
      guard let option = site.option(recommendation.policy) else { continue }
      let fit = option.approximation
      table.append([
        site.site, site.function, option.lower.text(), option.upper.text(),
        option.escapeProbability.text(digits: 2), fit.map { "\($0.degree)" } ?? "",
        fit.map { "\($0.depth)" } ?? "", (fit?.supremumError).text(digits: 3),
        (fit?.fuse).text(digits: 5),
        [option.observedRatio.map { "\($0.text(digits: 3)) × the observed range" }, option.note]
          .compactMap { $0.map { "(\($0))" } }.joined(separator: " "),
      ])
    }
    return table
  }

  private var policies: TextTable {
    var table = TextTable(["policy", "", "escape", "total depth", "promise"], leftColumns: 5)
    for policy in recommendation.policies {
      let promise = policy.refusal?.split(separator: "\n").first.map(String.init)
      table.append([
        policy.label, policy.label == recommendation.policy ? "← used" : "",
        policy.escapeProbability.text(digits: 2), policy.totalDepth.map(String.init) ?? "",
        promise ?? policy.promise + ratios(of: policy),
      ])
    }
    return table
  }

  /// How much wider than the observed ranges certified intervals are.
  private func ratios(of policy: Recommendation.Policy) -> String {
    let ratios = recommendation.sites.compactMap { $0.option(policy.label)?.observedRatio }
    guard let least = ratios.min(), let greatest = ratios.max() else { return "" }
    return "; \(least.text(digits: 3)) to \(greatest.text(digits: 3)) × the observed ranges"
  }

  /// What is known of observed ranges: 2/(N + 1) a site, and the union bound.
  private var observedRanges: String {
    let inputs = recommendation.holdout?.calibrated ?? recommendation.inputs
    let escape = ToleranceInterval.expectedEscape(samples: max(inputs, 1))
    let anywhere = min(1, Double(recommendation.sites.count) * escape)
    return "One site's observed range is left with probability \(escape.text(digits: 2)) on "
      + "average, some site's with \(anywhere.text(digits: 2)) at most."
  }

  /// What was promised, and what the held-out inputs did.
  private var truth: TextTable? {
    guard let holdout = recommendation.holdout else { return nil }
    var table = TextTable(
      ["held out: \(holdout.heldOut)", "promised", "observed", "", "95 % interval", ""],
      leftColumns: 1)
    for policy in recommendation.policies {
      guard let truth = policy.heldOut else { continue }
      table.append([
        policy.label, truth.promised.map { "≤ \($0.text(digits: 3))" } ?? "",
        (Double(truth.escaped) / Double(truth.inputs)).text(digits: 3),
        "\(truth.escaped)/\(truth.inputs)",
        "\(truth.lower.text(digits: 3))–\(truth.upper.text(digits: 3))",
        truth.isBroken ? "broken" : truth.isSeen ? "(calibrated on them too)" : "",
      ])
    }
    return table
  }

  /// The sites that a policy has no interval for, though it has for others.
  private var refusals: TextTable? {
    var table = TextTable(["refused", "site", "reason"], leftColumns: 3)
    for site in recommendation.sites {
      for refusal in site.refusals { table.append([refusal.policy, site.site, refusal.reason]) }
    }
    return recommendation.sites.allSatisfy(\.refusals.isEmpty) ? nil : table
  }
}
