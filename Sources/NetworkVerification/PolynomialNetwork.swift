import ForwardPass
import NetworkGraph
import PolynomialApproximation
import RangeRecommendation

/// What takes the place of max poolings.
public enum MaxPoolingPolicy: String, CaseIterable, Hashable, Sendable, Codable {
  /// They stay what they are.
  case keep
  /// (a + b + |a − b|)/2 of pairs, round by round, with a composite in place of |x|.
  case composite
  /// The mean of each window, which needs no product.
  case average
}

/// A network with polynomials in place of its nonlinearities.
public struct PolynomialNetwork: Sendable {
  public let graph: Graph
  public let polynomials: PolynomialSet
  public let maxPooling: MaxPoolingPolicy
  /// What is computed at sites, by their indices in the graph.
  public let replacements: [Int: SiteReplacement]
  /// The intervals that the approximants are for, by site.
  public let intervals: [Int: Interval]
  /// What one evaluation at a site adds to the depth, by site.
  public let depths: [Int: Int]

  /// Half the error of |x| in a composite max pooling over the width of the pooling's interval
  /// (a heuristic).
  static let maximumError = 0.005

  /// Puts polynomials into a network.
  ///
  /// - Parameters:
  ///   - digest: The network's fingerprint, which the polynomials name.
  ///   - ranges: Where the intervals of max poolings are, which composites need.
  ///   - only: The names of the sites to replace; all that can be by default.
  /// - Throws: `VerificationError` if the parts do not belong together; `FitError` if there is no
  ///   composite for a max pooling.
  public init(
    _ graph: Graph, digest: String, polynomials: PolynomialSet, ranges: Recommendation? = nil,
    maxPooling: MaxPoolingPolicy = .keep, only: Set<String>? = nil
  ) throws {
    guard polynomials.modelDigest == digest else {
      throw VerificationError.otherNetwork(polynomials: polynomials.modelDigest, network: digest)
    }
    let indices = Dictionary(
      uniqueKeysWithValues: graph.sites.indices.map { (graph.sites[$0].name, $0) })
    var replacements: [Int: SiteReplacement] = [:]
    var intervals: [Int: Interval] = [:]
    var depths: [Int: Int] = [:]
    for site in polynomials.sites {
      guard let index = indices[site.site],
        let function = try? TargetFunction(graph.sites[index].function),
        function == (try? TargetFunction(site.polynomial.function))
      else { throw VerificationError.unknownSite(site.site, function: site.polynomial.function) }
      guard only?.contains(site.site) ?? true else { continue }
      let approximant = site.polynomial.approximant
      replacements[index] = .function { approximant.apply(to: $0) }
      intervals[index] = site.polynomial.askedInterval
      depths[index] = site.polynomial.depth
    }
    if maxPooling != .keep {
      for (index, site) in graph.sites.enumerated() {
        guard let window = graph.poolingWindow(ofSite: index), only?.contains(site.name) ?? true
        else { continue }
        switch maxPooling {
        case .keep: break
        case .average:
          replacements[index] = .averagePooling
          depths[index] = 0
        case .composite:
          let interval = try Self.interval(of: site.name, in: ranges)
          guard let interval else { continue }
          let absolute = try Fit.leastDegree(
            for: .abs, on: Interval(lower: -interval.width, upper: interval.width),
            tolerance: 2 * Self.maximumError * interval.width, method: .composite
          ).fit.approximant
          replacements[index] = .pairwiseMaximum { absolute.apply(to: $0) }
          intervals[index] = interval
          depths[index] = window.tournamentRounds * absolute.multiplicativeDepth
        }
      }
    }
    if let stranger = only?.subtracting(replacements.keys.map { graph.sites[$0].name }).sorted()
      .first
    {
      throw VerificationError.notReplaceable(
        site: stranger, known: replacements.keys.sorted().map { graph.sites[$0].name })
    }
    self.graph = graph
    self.polynomials = polynomials
    self.maxPooling = maxPooling
    self.replacements = replacements
    self.intervals = intervals
    self.depths = depths
  }

  /// The interval of a max pooling; `nil` if it is a single number, which is its own maximum.
  private static func interval(of site: String, in ranges: Recommendation?) throws -> Interval? {
    guard let ranges else { throw VerificationError.noRanges }
    let option = ranges.sites.first { $0.site == site }?.option(ranges.policy)
    guard let option else { throw VerificationError.unknownSite(site, function: "max") }
    guard Interval.isValid(lower: option.lower, upper: option.upper) else { return nil }
    return Interval(lower: option.lower, upper: option.upper)
  }

  /// The plan that computes it, which observes every site.
  public func plan() throws -> ExecutionPlan {
    try ExecutionPlan(graph, replacing: replacements, observesEverySite: true)
  }

  /// The sites that stay what they are.
  public var keptSites: [String] {
    graph.sites.indices.filter { replacements[$0] == nil }.map { graph.sites[$0].name }
  }
}

extension Graph {
  /// The window of the max pooling that a site is, or `nil`.
  fileprivate func poolingWindow(ofSite index: Int) -> Window? {
    let node = nodes[sites[index].node]
    switch node.operation {
    case .maxPooling(let window): return window
    case .globalMaxPooling:
      let extents = Array(nodes[node.inputs[0]].shape.spatial)
      return Window(size: extents, strides: extents.map { _ in 1 }, padding: .valid)
    default: return nil
    }
  }

  /// The greatest sum of sites' depths along a path from an input to an output.
  ///
  /// A recurrent cell counts all its sites once a step.
  public func criticalPath(ofDepths depths: [Int: Int]) -> Int {
    var reached: [Int] = []
    for node in nodes {
      let own = node.sites.reduce(0) { $0 + (depths[$1] ?? 0) }
      let steps: Int =
        if case .recurrence = node.operation { nodes[node.inputs[0]].shape.extents[0] } else { 1 }
      reached.append((node.inputs.map { reached[$0] }.max() ?? 0) + own * steps)
    }
    return outputs.map { reached[$0] }.max() ?? 0
  }
}
