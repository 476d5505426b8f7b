import ActivationProfiling
import ForwardPass
import NetworkGraph
import PolynomialApproximation
import RangeRecommendation

/// What the network loses when one site alone is replaced by a polynomial of one degree.
public struct Sensitivity: Hashable, Sendable {
  public let site: String
  public let degree: Int
  public let depth: Int
  public let multiplications: Int
  /// The mean Kullback–Leibler divergence of the softmax in nats, or without a softmax the mean
  /// square of the outputs' errors, with `Verification.lossOfBlowUp` for an input that blew up.
  public let loss: Double
}

extension Verification {
  /// A heuristic: more than any divergence of a network that still works.
  static let lossOfBlowUp = 10.0

  /// What allocation keeps small; as in `Sensitivity`.
  public var loss: Double {
    let survivors = Double(inputs - escapes.blownUp)
    let error =
      divergence.map { $0.mean ?? 0 }
      ?? outputs.reduce(0) { $0 + ($1.rootMeanSquareError ?? 0) * ($1.rootMeanSquareError ?? 0) }
    return (error * survivors + Self.lossOfBlowUp * Double(escapes.blownUp)) / Double(inputs)
  }
}

extension Sensitivity {
  /// A heuristic: higher degrees are not tried where a site costs no more than this.
  static let negligibleLoss = 1e-6

  /// Replaces one site at a time, at every degree worth a try, and measures what the network loses.
  ///
  /// - Parameters:
  ///   - recommendation: Where the intervals are, and the sites that have a polynomial.
  ///   - budget: What is limited: the degrees that are tried are the highest for each cost.
  ///   - inputs: A dataset for each input of the network, in its order.
  ///   - progress: Called with the sites that are done, and all there are.
  /// - Throws: What the data or a kernel throws.
  public static func measure(
    _ recommendation: Recommendation, within budget: DegreeAllocation.Budget, in graph: Graph,
    model: (name: String, digest: String), inputs: [Profiler.Input], densities: [String: Density],
    threads: Int, progress: (_ done: Int, _ all: Int) -> Void = { _, _ in }
  ) throws -> [Sensitivity] {
    let sites = recommendation.sites.filter {
      $0.option(recommendation.policy)?.approximation != nil
    }
    var found: [Sensitivity] = []
    for (index, site) in sites.enumerated() {
      let alone = recommendation.restricted(to: [site.site])
      for degree in budget.degrees(recommendation) {
        let set = try PolynomialSet(
          alone.withDegrees([site.site: degree], densities: densities), densities: densities)
        guard let polynomial = set.sites.first?.polynomial else { continue }
        let network = try PolynomialNetwork(graph, digest: model.digest, polynomials: set)
        let loss = try Verifier(network, model: model, inputs: inputs).run(threads: threads).loss
        found.append(
          Sensitivity(
            site: site.site, degree: degree, depth: polynomial.depth,
            multiplications: polynomial.multiplications, loss: loss))
        if loss <= negligibleLoss { break }
      }
      progress(index + 1, sites.count)
    }
    return found
  }
}

extension DegreeAllocation.Budget {
  /// The highest degree of each cost, up to the recommendation's limit.
  fileprivate func degrees(_ recommendation: Recommendation) -> [Int] {
    let costs = (1...recommendation.degreeLimit).map { degree in
      let cost = EvaluationCost(degree: degree, backend: recommendation.backend)
      return switch self {
      case .depth: cost.multiplicativeDepth
      case .multiplications: cost.nonScalarMultiplications
      }
    }
    // A cost may fall as the degree grows: what a higher degree has for less is not tried.
    var (degrees, least) = ([Int](), Int.max)
    for degree in (1...recommendation.degreeLimit).reversed() where costs[degree - 1] < least {
      least = costs[degree - 1]
      degrees.append(degree)
    }
    return degrees.reversed()
  }
}
