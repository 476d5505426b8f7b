import ActivationProfiling
import Glibc
import PolynomialApproximation
import RangeRecommendation
import RangeStatistics
import Reporting

/// Profiles and reports made from seeded random numbers.
enum SampleReports {
  /// The normal law with mean 0 and deviation 1, by the method of Box and Muller.
  static func normal(_ generator: inout SplitMix64) -> Double {
    let (u, v) = (
      Double.random(in: 0..<1, using: &generator), Double.random(in: 0..<1, using: &generator)
    )
    return (-2 * log(1 - u)).squareRoot() * cos(2 * .pi * v)
  }

  /// A site that saw the values that `draw` gives, by channel.
  static func site(
    _ name: String, _ function: String, inputs: Int = 200, shape: [Int] = [6, 4],
    seed: UInt64 = 1, draw: (inout SplitMix64, Int) -> Float
  ) -> Profile.Site {
    let (channels, each) = (shape.last!, shape.reduce(1, *))
    var generator = SplitMix64(seed: seed)
    let recorder = SiteRecorder(channels: channels, valuesPerSample: each)
    var values = (0..<inputs * each).map { draw(&generator, $0 % channels) }
    if inputs > 0 {
      recorder.beginBlock(samples: 0..<inputs)
      values.withUnsafeMutableBufferPointer {
        recorder.record($0, firstSample: 0, samples: inputs)
      }
      recorder.endBlock()
    }
    return Profile.Site(
      name: name, layer: name.split(separator: "/").first.map(String.init) ?? name,
      function: function, shape: shape, statistics: recorder.snapshot())
  }

  static func normalSite(
    _ name: String, _ function: String, deviation: Double = 2, mean: Double = 0, seed: UInt64 = 1
  ) -> Profile.Site {
    site(name, function, seed: seed) { generator, channel in
      Float(mean + deviation * (1 + 0.1 * Double(channel)) * normal(&generator))
    }
  }

  /// A site of which one value in a thousand is far out.
  static func heavySite(_ name: String, _ function: String) -> Profile.Site {
    site(name, function, seed: 9) { generator, _ in
      let far = Double.random(in: 0..<1, using: &generator) < 0.001
      return Float((far ? 60 : 1) * normal(&generator))
    }
  }

  static func profile(
    _ sites: [Profile.Site], inputs: Int = 200, digest: String = "model-1"
  ) -> Profile {
    let provenance = Provenance(
      model: "sample", modelDigest: digest, data: ["data.h5:/x"], dataDigests: ["data-1"],
      preprocessing: "", datasetSamples: inputs)
    return Profile(
      provenance: provenance, blocks: BlockSet(0..<provenance.blockCount), sites: sites)
  }

  static let ordinarySites = [
    normalSite("dense/sigmoid", "sigmoid"),
    heavySite("conv1/relu", "relu"),
    normalSite("dense_1/softplus", "softplus", deviation: 1, mean: -1, seed: 3),
    normalSite("logits/softmax", "softmax", deviation: 4, seed: 4),
  ]

  /// Sites that saw nothing, one number, numbers that are not finite, or too large or too small ones.
  static let degenerateSites = [
    site("constant/relu", "relu") { _, _ in 3.25 },
    site("zeros/tanh", "tanh") { _, _ in 0 },
    site("nan/relu", "relu") { _, _ in .nan },
    site("infinite/relu", "relu") { generator, _ in
      Bool.random(using: &generator) ? .infinity : 1
    },
    site("huge/relu", "relu") { generator, _ in
      3e38 * Float.random(in: -1...1, using: &generator)
    },
    site("tiny/relu", "relu") { generator, _ in
      Float(bitPattern: UInt32.random(in: 0...700, using: &generator))
    },
    site("far/relu", "relu") { generator, _ in
      1000 + Float.random(in: -0.01...0.01, using: &generator)
    },
    site("one/relu", "relu", inputs: 1, shape: [1]) { _, _ in -2 },
    site("none/relu", "relu", inputs: 0) { _, _ in 0 },
  ]

  static func recommendation(for profile: Profile) throws -> Recommendation {
    try Recommender(
      policy: .inference(coverage: 0.9, confidence: 0.9, seed: 1),
      comparisons: [
        .minmax(margin: 2), .quantile(share: 0.99),
        .inference(coverage: 0.999, confidence: 0.95, seed: 1),
      ], tolerance: .relative(0.05), degreeLimit: 15
    ).recommend(for: profile)
  }

  /// The report of the ordinary sites, which many tests look at.
  private static let ordinary = Result { try full(ordinarySites) }

  /// The ordinary sites with their ranges and polynomials.
  static func full() throws -> Report { try ordinary.get() }

  /// A profile of the given sites with its ranges and polynomials.
  static func full(_ sites: [Profile.Site]) throws -> Report {
    let profile = profile(sites)
    let recommendation = try recommendation(for: profile)
    return try Report(
      profile, recommendation: recommendation, polynomials: PolynomialSet(recommendation))
  }
}
