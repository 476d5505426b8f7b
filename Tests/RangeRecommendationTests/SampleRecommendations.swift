import ActivationProfiling
import RangeRecommendation

enum SampleRecommendations {
  /// A recommendation of which nothing was refused and nothing is missing.
  static func plain() throws -> Recommendation {
    try Recommender(policy: .minmax(margin: 1), comparisons: [], tolerance: .supremum(0.1))
      .recommend(for: recordedProfile([normalSite("sigmoid", inputs: 40)]))
  }

  /// A recommendation with refusals, notes, and missing numbers.
  static func full() throws -> Recommendation {
    try Recommender(
      policy: .inference(coverage: 0.8, confidence: 0.9, seed: .max),
      comparisons: [
        .minmax(margin: 2), .quantile(share: 0.99999),
        .inference(coverage: 0.999, confidence: 0.95, seed: 1),
      ], tolerance: .weighted(0.02), degreeLimit: 15
    ).recommend(
      for: recordedProfile([
        normalSite("sigmoid", inputs: 40), normalSite("relu", inputs: 40, deviation: 40),
        normalSite("softmax", inputs: 40), normalSite("bounded_relu(0.1,3.0)", inputs: 40),
        normalSite("reciprocal", inputs: 40, mean: 5, deviation: 0.3),
        recordedSite([[Float]](repeating: [1], count: 40), "tanh", name: "über \"x\"/tanh"),
      ]))
  }
}
