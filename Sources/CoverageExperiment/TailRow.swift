import Foundation
import RangeStatistics

/// Values with a known tail.
struct TailSource: Sendable {
  let name: String
  /// The number that is exceeded with a probability.
  let level: @Sendable (Double) -> Double

  static let all =
    [-0.3, 0, 0.1, 0.2, 0.3].map { shape in
      TailSource(name: "generalised Pareto, ξ = \(shape)") {
        shape == 0 ? -log($0) : expm1(-shape * log($0)) / shape
      }
    } + [
      TailSource(name: "normal") { normalLevel($0) },
      TailSource(name: "maximum of 100 normals") { normalLevel(-expm1(log1p(-$0) / 100)) },
      TailSource(name: "uniform") { 1 - $0 },
      TailSource(name: "bounded, 1 − u^(1/3)") { 1 - pow($0, 1 / 3.0) },
      TailSource(name: "Pareto, index 1 (ξ = 1)") { 1 / $0 },
    ]

  /// What a normal number exceeds with a probability, by bisection.
  private static func normalLevel(_ probability: Double) -> Double {
    var (low, high) = (-40.0, 40.0)
    while high - low > 1e-11 {
      let middle = (low + high) / 2
      if erfc(middle / 2.0.squareRoot()) / 2 > probability { low = middle } else { high = middle }
    }
    return high
  }
}

/// How often the confidence limit of a tail covered the truth.
struct TailRow {
  static let table = MarkdownTable([
    "values", "inputs", "refused", "covered, of those that got a limit",
    "(limit − median) ÷ (truth − median): median", "95 % of runs below",
  ])

  let cells: [String]

  init(_ source: TailSource, inputs: Int, runs: Int) {
    let (truth, median) = (source.level(1e-4), source.level(0.5))
    var limits: [Double] = []
    for run in 1...UInt64(runs) {
      var generator = SplitMix64(seed: SplitMix64.hash(run))
      let values = (0..<inputs).map { _ in
        source.level((Double(generator.next() >> 11) + 0.5) * 0x1p-53)
      }
      if let limit = try? TailModel(values).upperLimit(exceedance: 1e-4, confidence: 0.95) {
        limits.append(limit)
      }
    }
    let ratios = limits.map { ($0 - median) / (truth - median) }
    cells =
      [source.name, "\(inputs)", "\(runs - limits.count) of \(runs)"]
      + (limits.isEmpty
        ? ["", "", ""]
        : [
          (Double(limits.count { $0 >= truth }) / Double(limits.count)).percent,
          ratios.quantile(0.5).text(2), ratios.quantile(0.95).text(2),
        ])
  }
}

/// Prints what the Anderson–Darling statistic of fitted excesses exceeds with probability 1 %.
func printCriticalValues() {
  for tenths in -5...5 {
    let distribution = GeneralizedPareto(shape: Double(tenths) / 10, scale: 1)
    var generator = SplitMix64(seed: UInt64(tenths + 100))
    let statistics = (0..<10_000).map { _ in
      GeneralizedPareto.fittedAndersonDarling(
        (0..<200).map { _ in
          distribution.level(exceededWith: (Double(generator.next() >> 11) + 0.5) * 0x1p-53)
        })
    }
    print(distribution.shape, statistics.quantile(0.95).text(3), statistics.quantile(0.99).text(3))
  }
}
