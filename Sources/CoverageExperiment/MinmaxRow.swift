import ActivationProfiling
import RangeRecommendation

/// What observed ranges with a margin gave over many splits.
struct MinmaxRow {
  static let table = MarkdownTable([
    "network", "calibrated on", "margin", "escaped: mean", "escaped: worst split",
    "width ÷ observed range of all",
  ])

  let cells: [String]

  init(
    _ name: String, _ profile: Profile, margin: Double, holdingOut share: Double, splits: Int
  ) throws {
    let all = try IntervalSet(.minmax(margin: 1), for: profile).bounds.compactMap { $0 }
    var (escaped, widths): ([Double], [Double]) = ([], [])
    var calibrated = 0
    for seed in 1...UInt64(splits) {
      let inputs = try CalibrationInputs(profile, holdingOut: share, seed: seed)
      let set = try IntervalSet(.minmax(margin: margin), for: inputs)
      let count = EscapeCount(inputs.heldOut, outside: set.bounds)
      escaped.append(Double(count.anywhere) / Double(inputs.heldOut[0].indices.count))
      calibrated = inputs.extremes[0].indices.count
      let ratios = zip(set.bounds, all).compactMap { bounds, all -> Double? in
        let width = all.upperBound - all.lowerBound
        return bounds.flatMap { width > 0 ? ($0.upperBound - $0.lowerBound) / width : nil }
      }
      widths.append(ratios.mean)
    }
    cells = [
      name, "\(calibrated)", margin.text(1), escaped.mean.percent, escaped.max()!.percent,
      widths.mean.text(3),
    ]
  }
}
