import ActivationProfiling
import RangeRecommendation

/// What came of `--until-stable`.
struct Stability: Encodable, CustomStringConvertible {
  let isStable: Bool
  /// The share of its widths by which the intervals may be too wide; missing if there are too few
  /// inputs to say.
  let slack: Double?
  /// The inputs that were run, and those of the data that were not.
  let inputsRun: Int
  let inputsSaved: Int

  init(of profile: Profile, by rule: StoppingRule) {
    slack = rule.slack(of: profile)
    isStable = slack.map { $0 <= rule.slack } ?? false
    inputsRun = profile.sampleCount
    inputsSaved = profile.provenance.datasetSamples - inputsRun
  }

  var description: String {
    guard let slack else {
      return "\(inputsRun) inputs are too few for intervals of this coverage and confidence."
    }
    let known =
      "after \(inputsRun) inputs the intervals are known to within \(slack.text(digits: 2)) "
      + "of their widths"
    return isStable
      ? "Stable: \(known); \(inputsSaved) inputs were saved." : "Not stable: \(known)."
  }
}
