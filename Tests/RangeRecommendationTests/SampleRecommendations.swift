import ActivationProfiling
import PolynomialApproximation
import RangeRecommendation

enum SampleRecommendations {
  /// A recommendation of which nothing was refused and nothing is missing.
  static func plain() throws -> Recommendation {
    try Recommender(policy: .minmax(margin: 1), comparisons: [], tolerance: .supremum(0.1))
      .recommend(for: recordedProfile([normalSite("sigmoid", inputs: 40)]))
  }

  /// A comparison of which nothing is missing.
  static func comparison() throws -> DriftComparison {
    try DriftComparison(
      from: recordedProfile([normalSite("tanh", inputs: 40)]),
      to: recordedProfile([normalSite("tanh", inputs: 50, seed: 2)]),
      policy: .inference(coverage: 0.8, confidence: 0.9, seed: 1))
  }

  /// A recommendation with refusals, notes, missing numbers, and held-out inputs.
  static func full() throws -> Recommendation {
    let unknown = -Double.infinity...Double.infinity
    let proved = CertifiedBounds(
      box: "-1:1", bounds: [-99...99, -9e6...9e6, unknown, -1...4, -9...9, 0...1])
    let profile = recordedProfile([
      normalSite("sigmoid", inputs: 700, each: 3),
      normalSite("relu", inputs: 700, each: 3, deviation: 40),
      normalSite("softmax", inputs: 700, each: 3),
      normalSite("bounded_relu(0.1,3.0)", inputs: 700, each: 3),
      normalSite("reciprocal", inputs: 700, each: 3, mean: 5, deviation: 0.3),
      recordedSite([[Float]](repeating: [1], count: 700), "tanh", name: "über \"x\"/tanh"),
    ])
    return try Recommender(
      policy: .inference(coverage: 0.8, confidence: 0.9, seed: .max),
      comparisons: [
        .minmax(margin: 2), .quantile(share: 0.99999),
        .inference(coverage: 0.999, confidence: 0.95, seed: 1),
        .tail(exceedance: 1e-4, confidence: 0.95), .certified(proved),
      ], tolerance: .weighted(0.02), degreeLimit: 15
    ).recommend(from: CalibrationInputs(profile, holdingOut: 0.2, seed: 5))
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
