import ActivationProfiling
import ForwardPass
import NetworkGraph
import PolynomialApproximation
import RangeRecommendation

/// Widens intervals until they hold what the polynomial network itself shows.
///
/// Polynomials shift the pre-activations that come after them. Each round profiles the polynomial
/// network; where it leaves an interval, the interval is widened to what was seen there and to what
/// the exact network shows, with some room, and the polynomial is fitted again. The fixed point is a
/// set of polynomials whose intervals hold every value that their own network takes on the data.
public struct FixedPoint: Sendable {
  /// How a search ended.
  public struct Outcome: Sendable {
    /// The rounds that were run: in the last one nothing left an interval, unless it diverged.
    public let rounds: Int
    public let recommendation: Recommendation
    public let polynomials: PolynomialSet
    /// The sites whose intervals were widened.
    public let widened: [String]
    public let divergence: Divergence?
  }

  /// Where a search failed.
  public struct Divergence: Hashable, Sendable {
    public let site: String
    /// What the polynomial network shows there; missing if it is not finite.
    public let seen: ClosedRange<Double>?
    public let interval: ClosedRange<Double>
    /// What the exact network shows there.
    public let exact: ClosedRange<Double>
  }

  /// A heuristic: where the polynomial network spans ten times the exact network's range, the
  /// polynomials' errors arrive, and no longer the signal.
  public static let divergenceFactor = 10.0
  /// A heuristic: the room, of an interval's width, that is added on a side that was left.
  static let room = 0.02

  private let graph: Graph
  private let model: (name: String, digest: String)
  private let inputs: [Profiler.Input]

  /// Prepares a search.
  ///
  /// - Parameter inputs: A dataset for each input of the network, in its order: the calibration set.
  public init(_ graph: Graph, model: (name: String, digest: String), inputs: [Profiler.Input]) {
    self.graph = graph
    self.model = model
    self.inputs = inputs
  }

  /// Searches from a set of polynomials and the recommendation that they were fitted from.
  ///
  /// - Parameters:
  ///   - rounds: How often the polynomial network may be profiled.
  ///   - network: Puts polynomials into the network.
  /// - Throws: What the data or a kernel throws; `FitError` if a fit cannot be made.
  /// - Precondition: `rounds` and `threads` are positive.
  public func search(
    from polynomials: PolynomialSet, _ recommendation: Recommendation, rounds: Int, threads: Int,
    network: (Recommendation, PolynomialSet) throws -> PolynomialNetwork
  ) throws -> Outcome {
    precondition(rounds > 0 && threads > 0, "no round, or no thread")
    let exact = try profile([:], threads)
    let ranges = exact.sites.map { Self.range($0) }
    let densities = Dictionary(
      exact.sites.compactMap { site in
        Density(site.statistics.histogram).map { (site.name, $0) }
      }, uniquingKeysWith: { $1 })
    var (recommendation, polynomials) = (recommendation, polynomials)
    var widened: Set<String> = []
    func outcome(_ round: Int, _ divergence: Divergence?) -> Outcome {
      Outcome(
        rounds: round, recommendation: recommendation, polynomials: polynomials,
        widened: graph.sites.map(\.name).filter(widened.contains), divergence: divergence)
    }
    for round in 1... {
      let network = try network(recommendation, polynomials)
      let seen = try profile(network.replacements, threads)
      var bounds: [String: ClosedRange<Double>] = [:]
      for (index, site) in seen.sites.enumerated() {
        guard let interval = network.intervals[index], let exactRange = ranges[index] else {
          continue
        }
        let old = interval.lower...interval.upper
        let isFinite =
          site.statistics.nonFinite.total <= exact.sites[index].statistics.nonFinite.total
        let range = isFinite ? Self.range(site) : nil
        if let range, old.contains(range) { continue }
        let isFarOut =
          range.map { $0.hull(exactRange).width > Self.divergenceFactor * exactRange.width } ?? true
        // What is far out may come from an interval left before, which is widened first.
        if round == rounds || isFarOut && bounds.isEmpty {
          return outcome(
            round,
            Divergence(site: site.name, seen: range, interval: old, exact: exactRange))
        }
        let held = old.hull(exactRange)
        bounds[site.name] = (isFarOut ? held : held.hull(range!)).withRoom(beyond: old)
      }
      if bounds.isEmpty { return outcome(round, nil) }
      widened.formUnion(bounds.keys)
      recommendation = recommendation.widened(to: bounds, densities: densities)
      polynomials = try PolynomialSet(
        recommendation, densities: densities, backend: recommendation.backend)
    }
    preconditionFailure("the last round returns")
  }

  private func profile(_ replacements: [Int: SiteReplacement], _ threads: Int) throws -> Profile {
    let plan = try ExecutionPlan(graph, replacing: replacements)
    return try Profiler(
      plan: plan, model: model, inputs: inputs.map { $0.prefetchingImages(for: plan) }
    ).run(threads: threads)
  }

  private static func range(_ site: Profile.Site) -> ClosedRange<Double>? {
    guard let lower = site.statistics.minimum, let upper = site.statistics.maximum else {
      return nil
    }
    return Double(lower)...Double(upper)
  }
}

extension ClosedRange<Double> {
  fileprivate var width: Double { upperBound - lowerBound }

  /// The smallest range that holds both.
  fileprivate func hull(_ other: Self) -> Self {
    Swift.min(lowerBound, other.lowerBound)...Swift.max(upperBound, other.upperBound)
  }

  /// The range with room on each side where it goes beyond another.
  fileprivate func withRoom(beyond other: Self) -> Self {
    let room = FixedPoint.room * width
    return
      (lowerBound < other.lowerBound ? lowerBound - room : lowerBound)...(upperBound
      > other.upperBound ? upperBound + room : upperBound)
  }
}
