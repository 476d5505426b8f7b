import ActivationProfiling
import RangeRecommendation

@testable import Reporting

enum SampleComparisons {
  private static func profile(shift: Double) -> Profile {
    SampleReports.profile([
      SampleReports.normalSite("dense/sigmoid", "sigmoid"),
      SampleReports.normalSite("conv1/relu", "relu", mean: shift, seed: shift == 0 ? 2 : 12),
      SampleReports.normalSite("logits/tanh", "tanh", seed: shift == 0 ? 3 : 13),
    ])
  }

  private static func comparison(shift: Double) throws -> ComparisonReport {
    let (first, second) = (profile(shift: 0), profile(shift: shift))
    return try ComparisonReport(
      DriftComparison(
        from: first, to: second, policy: .inference(coverage: 0.9, confidence: 0.9, seed: 1)),
      of: first, and: second)
  }

  private static let (moved, same) = (
    Result { try comparison(shift: 4) }, Result { try comparison(shift: 0) }
  )

  /// Three sites, of which the second moved by two standard deviations.
  static func drifted() throws -> ComparisonReport { try moved.get() }

  /// A profile beside itself.
  static func unchanged() throws -> ComparisonReport { try same.get() }
}
