import NetworkGraph

/// Chooses a degree for every site, so that the network loses least within a budget.
///
/// Losses of single sites are taken to add up, as small independent errors do in a divergence, which
/// is quadratic in them. Under a total of multiplications that is a knapsack. For the depth along the
/// critical path, sites that no path joins share a level, whose depth is that of the deepest; a
/// dynamic programme over the levels chooses, and depth that is left beside the critical path is
/// given away afterwards. For a chain of sites this is exact.
public struct DegreeAllocation: Sendable {
  /// What is limited.
  public enum Budget: Hashable, Sendable {
    /// The greatest sum of depths along a path.
    case depth(Int)
    /// The sum of all sites' multiplications.
    case multiplications(Int)

    var limit: Int {
      switch self {
      case .depth(let limit), .multiplications(let limit): limit
      }
    }

    func cost(_ choice: Sensitivity) -> Int {
      switch self {
      case .depth: choice.depth
      case .multiplications: choice.multiplications
      }
    }
  }

  /// The choice for each site, in network order.
  public let choices: [Sensitivity]
  /// What it costs, in the budget's unit.
  public let cost: Int
  /// The sum of the choices' losses.
  public var predictedLoss: Double { choices.reduce(0) { $0 + $1.loss } }

  /// Allocates a budget.
  ///
  /// - Parameter candidates: The sensitivities of each site; a site's are those of one name.
  /// - Throws: `VerificationError.budget` if the least degrees cost more.
  public init(
    _ budget: Budget, among candidates: [Sensitivity], in graph: Graph
  ) throws(VerificationError) {
    let sites = graph.sites.indices.compactMap { index -> (index: Int, choices: [Sensitivity])? in
      let choices = candidates.filter { $0.site == graph.sites[index].name }
      return choices.isEmpty ? nil : (index, choices)
    }
    let levels: [[Int]]
    switch budget {
    case .multiplications: levels = sites.indices.map { [$0] }
    case .depth:
      let levelOfSite = graph.levels(of: Set(sites.map(\.index)))
      levels = Dictionary(grouping: sites.indices) { levelOfSite[sites[$0].index]! }
        .sorted { $0.key < $1.key }.map(\.value)
    }
    // best[c]: the least loss of the levels so far at cost c at most; picks to walk back.
    var best = [Double](repeating: 0, count: budget.limit + 1)
    var picks: [[Int]] = []
    for level in levels {
      let losses = (0...budget.limit).map { cost in
        level.reduce(0.0) { $0 + (sites[$1].choices.best(within: cost, budget)?.loss ?? .infinity) }
      }
      var (next, pick) = ([Double](), [Int]())
      for total in 0...budget.limit {
        let own = (0...total).min { best[total - $0] + losses[$0] < best[total - $1] + losses[$1] }!
        next.append(best[total - own] + losses[own])
        pick.append(own)
      }
      best = next
      picks.append(pick)
    }
    guard best[budget.limit].isFinite else { throw .budget(limit: budget.limit) }
    var chosen = [Sensitivity?](repeating: nil, count: sites.count)
    var left = budget.limit
    for (level, pick) in zip(levels, picks).reversed() {
      for site in level { chosen[site] = sites[site].choices.best(within: pick[left], budget) }
      left -= pick[left]
    }
    if case .depth = budget { Self.spendSlack(&chosen, sites, budget, graph) }
    choices = chosen.compactMap { $0 }
    cost = Self.cost(choices, budget, graph)
  }

  /// Gives all sites the greatest degree of one depth that keeps the budget, if any does.
  ///
  /// A site of which so high a degree was not measured, because a lower one costs the network
  /// nothing, has its highest one.
  public init?(uniform budget: Budget, among candidates: [Sensitivity], in graph: Graph) {
    let sites = graph.sites.map { site in candidates.filter { $0.site == site.name } }
      .filter { !$0.isEmpty }
    let fitting = Set(candidates.map(\.depth)).sorted().map { depth in
      sites.compactMap { $0.filter { $0.depth <= depth }.max { $0.degree < $1.degree } }
    }.filter { $0.count == sites.count && Self.cost($0, budget, graph) <= budget.limit }
    guard let choices = fitting.last else { return nil }
    self.choices = choices
    cost = Self.cost(choices, budget, graph)
  }

  /// What choices cost together.
  static func cost(_ choices: [Sensitivity], _ budget: Budget, _ graph: Graph) -> Int {
    switch budget {
    case .multiplications: return choices.reduce(0) { $0 + $1.multiplications }
    case .depth:
      let depths = Dictionary(choices.map { ($0.site, $0.depth) }, uniquingKeysWith: { $1 })
      return graph.criticalPath(
        ofDepths: Dictionary(
          uniqueKeysWithValues: graph.sites.indices.compactMap { index in
            depths[graph.sites[index].name].map { (index, $0) }
          }))
    }
  }

  /// Gives sites beside the critical path what depth is left, where most is gained first.
  private static func spendSlack(
    _ chosen: inout [Sensitivity?], _ sites: [(index: Int, choices: [Sensitivity])],
    _ budget: Budget, _ graph: Graph
  ) {
    while true {
      var best: (site: Int, choice: Sensitivity, gain: Double)?
      for (site, entry) in sites.enumerated() {
        for choice in entry.choices {
          let gain = (chosen[site]?.loss ?? 0) - choice.loss
          guard gain > best?.gain ?? 0 else { continue }
          var trial = chosen
          trial[site] = choice
          if cost(trial.compactMap { $0 }, budget, graph) <= budget.limit {
            best = (site, choice, gain)
          }
        }
      }
      guard let best else { return }
      chosen[best.site] = best.choice
    }
  }
}

extension [Sensitivity] {
  /// The choice of least loss that costs no more, the cheapest of equal ones.
  fileprivate func best(within cost: Int, _ budget: DegreeAllocation.Budget) -> Sensitivity? {
    filter { budget.cost($0) <= cost }.min {
      ($0.loss, budget.cost($0)) < ($1.loss, budget.cost($1))
    }
  }
}

extension Graph {
  /// For each of some sites, the greatest number of them on a path to it: no path joins two sites
  /// of one level.
  fileprivate func levels(of chosen: Set<Int>) -> [Int: Int] {
    var (levels, reached) = ([Int: Int](), [Int]())
    for node in nodes {
      var level = node.inputs.map { reached[$0] }.max() ?? 0
      for site in node.sites where chosen.contains(site) {
        level += 1
        levels[site] = level
      }
      reached.append(level)
    }
    return levels
  }
}
