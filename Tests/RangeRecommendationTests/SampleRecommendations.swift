import ActivationProfiling
import PolynomialApproximation
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

  /// Sets with a polynomial of every form.
  static func polynomials() throws -> [PolynomialSet] {
    let profile = recordedProfile([normalSite("relu", inputs: 40), normalSite("sigmoid")])
    let relu = try Recommender(
      policy: .minmax(margin: 1), comparisons: [], tolerance: .supremum(0.1)
    ).recommend(for: profile)
    let densities = Dictionary(
      uniqueKeysWithValues: profile.sites.map { ($0.name, Density($0.statistics.histogram)!) })
    return try [PolynomialSet(try plain()), PolynomialSet(try full())]
      + [FitMethod.composite, .rational, .density, .clampedTail].map {
        try PolynomialSet(relu, method: $0, degree: 6, densities: densities)
      }
  }

  /// A record with a gap.
  static func gapped() throws -> PolynomialRecord {
    PolynomialRecord(
      try Fit(of: .sign, on: Interval(-1...1), degree: 5, omitting: Interval(-0.1...0.1)))
  }
}
