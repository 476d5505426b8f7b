import ActivationProfiling
import ArgumentParser
import Glibc
import NetworkVerification
import PolynomialApproximation
import RangeRecommendation

/// A budget for all sites' polynomials together.
struct BudgetOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      Choose degrees for the whole network, so that it loses least within depth=N along its critical \
      path or multiplications=N in all, instead of by --tolerance: needs --model and --data.
      """, valueName: "what=n"))
  var budget: DegreeAllocation.Budget?

  @Option(help: "--budget: worker threads.")
  var threads: Int = Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))

  func validate() throws {
    if threads < 1 { throw ValidationError("--threads takes a positive number.") }
  }

  /// Chooses degrees within the budget, and verifies them beside the uniform ones.
  ///
  /// - Returns: The recommendation with the degrees of which the network was measured to lose less,
  ///   and a table of both.
  /// - Throws: `VerificationError.budget` if the least degrees cost more; `FileError.changed` if the
  ///   network's file was written to meanwhile; what the data throws.
  func allocate(
    _ recommendation: Recommendation, _ budget: DegreeAllocation.Budget, _ profile: Profile,
    _ network: LoadedNetwork, _ common: CommonOptions
  ) throws -> (Recommendation, TextTable) {
    let densities = Dictionary(
      profile.sites.compactMap { site in
        Density(site.statistics.histogram).map { (site.name, $0) }
      }, uniquingKeysWith: { $1 })
    let candidates = try Sensitivity.measure(
      recommendation, within: budget, in: network.graph, model: network.name,
      inputs: network.inputs, densities: densities, threads: threads
    ) { done, all in common.say("\(done) of \(all) sites measured") }
    let chosen = try DegreeAllocation(budget, among: candidates, in: network.graph)
    let uniform = DegreeAllocation(uniform: budget, among: candidates, in: network.graph)

    var table = TextTable(["", "cost", "predicted loss", "measured loss", "same class", "degrees"])
    var best = (ranges: recommendation, loss: Double.infinity)
    for (label, allocation) in [("allocated", chosen), ("uniform", uniform)] {
      guard let allocation else {
        table.append([label, "none is within the budget", "", "", "", ""])
        continue
      }
      let choices = allocation.choices
      let ranges = recommendation.withDegrees(
        Dictionary(uniqueKeysWithValues: choices.map { ($0.site, $0.degree) }),
        densities: densities)
      let verification = try Verifier(
        try PolynomialNetwork(
          network.graph, digest: network.name.digest,
          polynomials: try PolynomialSet(ranges, densities: densities)),
        model: network.name, inputs: network.inputs
      ).run(threads: threads)
      if verification.loss < best.loss { best = (ranges, verification.loss) }
      table.append([
        label, "\(allocation.cost)", allocation.predictedLoss.text(digits: 3),
        verification.loss.text(digits: 3),
        (verification.agreement.map { 100 * $0.share }).text(digits: 4) + " %",
        choices.map { "\($0.degree)" }.joined(separator: " "),
      ])
    }
    try network.weightFile?.requireUnchanged()
    return (best.ranges, table)
  }
}

extension DegreeAllocation.Budget: ExpressibleByArgument {
  /// Reads `depth=40` or `multiplications=200`.
  public init?(argument: String) {
    let parts = argument.split(separator: "=", omittingEmptySubsequences: false)
    guard parts.count == 2, let limit = Int(parts[1]), 1...100_000 ~= limit else { return nil }
    switch parts[0] {
    case "depth": self = .depth(limit)
    case "multiplications": self = .multiplications(limit)
    default: return nil
    }
  }
}
