import ActivationProfiling
import Glibc
import NetworkGraph

extension Verification {
  /// Describes what a run has added up.
  init(_ tally: Tally, _ network: PolynomialNetwork, _ provenance: Provenance, hasLabels: Bool) {
    let graph = network.graph
    func share(_ part: Int, of whole: Int) -> Double? {
      whole == 0 ? nil : Double(part) / Double(whole)
    }
    format = Self.formatName
    version = Self.formatVersion
    model = provenance.model
    modelDigest = provenance.modelDigest
    data = provenance.data
    dataDigests = provenance.dataDigests
    inputs = tally.inputs
    policy = network.polynomials.policy
    maxPooling = network.maxPooling
    kept = network.keptSites
    depth = Depth(
      total: network.depths.values.reduce(0, +),
      criticalPath: graph.criticalPath(ofDepths: network.depths))
    let hasClasses = graph.classOutput != nil
    agreement =
      hasClasses
      ? Agreement(
        agreeing: tally.agreeing, share: share(tally.agreeing, of: tally.inputs) ?? 0,
        agreeingInside: tally.agreeingInside,
        shareInside: share(tally.agreeingInside, of: tally.inside)) : nil
    accuracy =
      hasClasses && hasLabels
      ? Accuracy(
        exact: share(tally.exactCorrect, of: tally.inputs) ?? 0,
        polynomial: share(tally.polynomialCorrect, of: tally.inputs) ?? 0) : nil
    outputs = tally.outputs.enumerated().map { index, output in
      Output(
        output: index,
        rootMeanSquareError: output.values == 0
          ? nil : (output.squaredDifference / Double(output.values)).squareRoot(),
        maximumError: output.values == 0 ? nil : output.maximumError)
    }
    divergence = graph.softmaxOutput.map { _ in
      Divergence(
        mean: tally.divergences == 0 ? nil : tally.divergence / Double(tally.divergences),
        maximum: tally.divergences == 0 ? nil : tally.greatestDivergence)
    }
    escapes = Inputs(
      inside: tally.inside, escaped: tally.escaped, blownUp: tally.blownUp,
      blownUpInside: tally.blownUpInside)
    blowUpFactor = Self.blowUpFactor
    blowUps = tally.blowUps.map { blowUp in
      BlowUp(
        sample: blowUp.sample, site: graph.sites[blowUp.site].name, reach: blowUp.reach.finite,
        firstEscape: blowUp.firstEscape.map { graph.sites[$0].name }, isInside: blowUp.isInside)
    }
    sites = graph.sites.enumerated().map { index, site in
      Site(tally.sites[index], site, index, network)
    }
  }
}

extension Verification.Site {
  fileprivate init(
    _ tally: Tally.Site, _ site: Graph.Site, _ index: Int, _ network: PolynomialNetwork
  ) {
    let interval = network.intervals[index]
    let sums = tally.sums
    let count = Double(sums.values)
    let difference = sums.values == 0 ? nil : (sums.squaredDifference / count).squareRoot()
    let variance = sums.sumOfSquares / count - (sums.sum / count) * (sums.sum / count)
    self.init(
      site: site.name, function: site.function, isReplaced: network.replacements[index] != nil,
      lower: interval?.lower, upper: interval?.upper, rootMeanSquareDifference: difference,
      errorGrowth: difference.flatMap { variance > 0 ? $0 / variance.squareRoot() : nil },
      exactEscapes: tally.exactEscapes, escapes: tally.escapes,
      reach: interval == nil ? nil : tally.reach.finite,
      firstEscapes: tally.firstEscapes, blowUps: tally.blowUps)
  }
}

extension Double {
  /// The number, or nothing if it is infinite or none.
  fileprivate var finite: Double? { isFinite ? self : nil }
}
