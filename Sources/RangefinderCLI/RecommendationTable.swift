import RangeRecommendation

/// What `recommend` and `fit` print: one row a site, then the policies side by side.
struct RecommendationTable: CustomStringConvertible {
  private let recommendation: Recommendation

  init(_ recommendation: Recommendation) { self.recommendation = recommendation }

  var description: String { "\(sites)\n\n\(policies)" }

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
        (fit?.fuse).text(digits: 5), option.note.map { "(\($0))" } ?? "",
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
        promise ?? policy.promise,
      ])
    }
    return table
  }
}
