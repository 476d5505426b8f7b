import ActivationProfiling
import ForwardPass
import Foundation
import NetworkGraph
import RangeStatistics
import SampleData

/// How a network that Rangefinder ran compares with what Keras says of it.
struct Parity: CustomStringConvertible {
  let network: String

  /// The sites that were compared.
  private(set) var siteCount = 0

  /// The largest difference of a site's minimum, maximum, mean or standard deviation, in standard
  /// deviations.
  private(set) var worstStatistic = 0.0

  /// The largest difference of a value of an output; nil if Keras' outputs are not kept.
  private(set) var worstOutput: Double?

  /// What is not as Keras has it, a line for each site or output.
  private(set) var faults: [String] = []

  var description: String {
    var text = "\(network): \(siteCount) sites within \(Self.text(worstStatistic)) of std"
    if let worstOutput { text += ", outputs within \(Self.text(worstOutput))" }
    return ([text] + faults).joined(separator: "\n  off: ")
  }

  /// Runs a network over the inputs of its reference.
  init(_ network: ParityNetwork) throws {
    self.network = network.name
    let reference = try network.reference()
    let inputs =
      try network.sampleShape.map { shape in
        try reference.inputs.map { try PreparedSamples($0, shape: shape) as any Dataset }
      } ?? reference.inputs
    let model = try network.model()
    let plan = try ExecutionPlan(try model.graph(inputShapes: inputs.map(\.sampleShape)))
    let profiler = try Profiler(
      plan: plan, model: (network.file, ""),
      inputs: inputs.map { Profiler.Input(dataset: $0) })
    compare(
      try profiler.run(threads: 2).sites, with: reference.sites, tolerance: network.tolerance)
    try compareOutputs(
      of: plan, on: inputs, with: reference.outputs, tolerance: network.outputTolerance)
  }

  /// Compares every site with the reference's of the same name, or of the same layer.
  private mutating func compare(
    _ sites: [Profile.Site], with expected: [KerasReference.Site], tolerance: Double
  ) {
    let known = Set(expected.map(\.name))
    // A reference by layers knows no max pooling and no local response normalisation.
    let rest = sites.filter { site in
      !known.contains(site.name) && !known.contains(site.layer)
        && !site.function.hasPrefix("max") && !site.function.hasPrefix("power")
    }
    if !rest.isEmpty { faults.append("unknown to the reference: \(rest.map(\.name))") }
    for expected in expected {
      let uses = sites.filter { $0.name == expected.name || $0.layer == expected.name }
      siteCount += uses.count
      guard let statistics = Self.pooled(uses.map(\.statistics)) else {
        faults.append("\(expected.name): no such site")
        continue
      }
      compare(statistics, with: expected, tolerance: tolerance)
    }
  }

  private mutating func compare(
    _ found: SiteStatistics, with expected: KerasReference.Site, tolerance: Double
  ) {
    let name = expected.name
    guard found.count == expected.count, let minimum = found.minimum, let maximum = found.maximum,
      let mean = found.moments.mean, let deviation = found.moments.standardDeviation
    else {
      faults.append("\(name): \(found.count) values, expected \(expected.count)")
      return
    }
    let unit = expected.standardDeviation
    let differences = [
      ("min", Double(minimum), expected.minimum), ("max", Double(maximum), expected.maximum),
      ("mean", mean, expected.mean), ("std", deviation, unit),
    ].map { (name: $0, found: $1, expected: $2, off: abs($1 - $2) / unit) }
    worstStatistic = max(worstStatistic, differences.map(\.off).max() ?? 0)
    var wrong = differences.filter { !($0.off <= tolerance) }.map {
      "\($0.name) \($0.found), expected \($0.expected)"
    }
    for (level, value) in expected.quantiles.sorted(by: { $0.key < $1.key }) {
      guard let estimate = try? found.quantile(level) else { continue }
      // The enclosure is certain for our own values; Keras' differ from them by the tolerance.
      if value < estimate.lower - tolerance * unit || value > estimate.upper + tolerance * unit {
        wrong.append("quantile \(level) in \(estimate), expected \(value)")
      }
    }
    if !wrong.isEmpty { faults.append("\(name): \(wrong.joined(separator: "; "))") }
  }

  /// What all uses of a shared layer saw together; of which sample it was is forgotten.
  private static func pooled(_ uses: [SiteStatistics]) -> SiteStatistics? {
    guard uses.count > 1 else { return uses.first }
    return uses.map { use in
      try? SiteStatistics(
        valuesPerSample: use.valuesPerSample, channels: use.channels, histogram: use.histogram,
        zeros: use.zeros, nonFinite: use.nonFinite, firstNonFinite: use.firstNonFinite,
        highest: use.highest, lowest: use.lowest, samples: SampleExtremes())
    }.reduce(nil) { sum, use in
      guard var sum, let use else { return use }
      try? sum.merge(use)
      return sum
    }
  }

  /// Runs the first samples again, for the values of the outputs.
  private mutating func compareOutputs(
    of plan: ExecutionPlan, on inputs: [any Dataset], with expected: [[Float]],
    tolerance: Double?
  ) throws {
    guard let first = expected.first else { return }
    guard expected.count == plan.outputShapes.count else {
      faults.append("\(plan.outputShapes.count) outputs, expected \(expected.count)")
      return
    }
    let count = first.count / plan.outputShapes[0].count
    var outputs = expected.map { _ in [Float]() }
    try Executor(plan).run(
      samples: 0..<count, fill: { try inputs[$1].read(samples: $0, into: $2) },
      observer: Collector(sites: 0), output: { outputs[$1] += $2 })
    for (index, (found, expected)) in zip(outputs, expected).enumerated() {
      let off =
        found.count != expected.count
        ? .infinity : zip(found, expected).map { Double(abs($0 - $1)) }.max() ?? .infinity
      worstOutput = max(worstOutput ?? 0, off)
      let largest = Double(max(expected.map(abs).max() ?? 0, 1))
      if !(off <= tolerance ?? 1e-5 * largest) {
        faults.append("output \(index): \(off), the largest value being \(largest)")
      }
    }
  }

  private static func text(_ number: Double) -> String { String(format: "%.1e", number) }
}
