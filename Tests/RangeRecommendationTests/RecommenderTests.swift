import ActivationProfiling
import PolynomialApproximation
import RangeStatistics
import TestSupport
import Testing

@testable import RangeRecommendation

@Suite("Recommendations")
struct RecommenderTests {
  private func recommend(
    _ sites: [Profile.Site], policy: IntervalPolicy = .minmax(margin: 1),
    comparisons: [IntervalPolicy] = [], tolerance: Tolerance = .standard,
    method: FitMethod = .minimax, degreeLimit: Int = 31
  ) throws -> Recommendation {
    try Recommender(
      policy: policy, comparisons: comparisons, tolerance: tolerance, method: method,
      degreeLimit: degreeLimit
    ).recommend(for: recordedProfile(sites))
  }

  private static let smooth = ["sigmoid", "tanh", "relu", "gelu", "softplus", "elu(1.0)"]

  /// What a tolerance measures of a fit, over what it allows.
  private func excess(_ fit: Fit, _ tolerance: Tolerance, _ density: Density) -> Double {
    switch tolerance {
    case .supremum(let bound): return fit.supremumError / bound
    case .relative(let share):
      let output = density.rootMeanSquare(on: fit.interval) { fit.function($0) }
      return fit.supremumError / (share * output)
    case .weighted(let bound):
      let error = density.rootMeanSquare(on: fit.interval) {
        fit.approximant($0) - fit.function($0)
      }
      return error / bound
    }
  }

  @Test(
    "The recommended degree meets the tolerance, and one degree less does not.",
    arguments: [Tolerance.supremum(0.03), .relative(0.05), .weighted(0.01)])
  func leastDegree(tolerance: Tolerance) throws {
    let sites = Self.smooth.enumerated().map { index, function in
      normalSite(function, inputs: 30, deviation: 1 + Double(index) / 4, seed: UInt64(index))
    }
    let recommendation = try recommend(sites, tolerance: tolerance, degreeLimit: 63)
    for (site, seen) in zip(recommendation.sites, sites) {
      let option = try #require(site.options.first)
      let chosen = try #require(option.approximation)
      let interval = Interval(lower: option.lower, upper: option.upper)
      let density = try #require(Density(seen.statistics.histogram))
      func fit(_ degree: Int) throws -> Fit {
        try Fit(of: TargetFunction(site.function), on: interval, degree: degree)
      }
      #expect(chosen.meetsTolerance && option.note == nil)
      #expect(chosen.degree > 1)
      #expect(try excess(fit(chosen.degree), tolerance, density) <= 1)
      #expect(try excess(fit(chosen.degree - 1), tolerance, density) > 1)
    }
  }

  @Test("Error, bound, cost and fuse are those of the recommended fit.")
  func details() throws {
    for tolerance in [Tolerance.supremum(0.03), .relative(0.05), .weighted(0.01)] {
      let site = normalSite("sigmoid", inputs: 40)
      let option = try #require(
        try recommend([site], tolerance: tolerance, degreeLimit: 63).sites.first?.options.first)
      let chosen = try #require(option.approximation)
      let interval = Interval(lower: option.lower, upper: option.upper)
      let fit = try Fit(of: .sigmoid, on: interval, degree: chosen.degree)
      let density = try #require(Density(site.statistics.histogram))
      let output = density.rootMeanSquare(on: interval) { TargetFunction.sigmoid($0) }
      let bound =
        switch tolerance {
        case .supremum(let bound): bound
        case .relative(let share): share * output
        case .weighted: 2 * fit.supremumError
        }
      #expect(chosen.method == .minimax)
      #expect(chosen.supremumError == fit.supremumError)
      #expect(
        chosen.weightedRMSError
          == density.rootMeanSquare(on: interval) {
            fit.approximant($0) - TargetFunction.sigmoid($0)
          })
      #expect(chosen.errorBound == bound)
      #expect(chosen.fuse == OvershootFuse(fit, tolerance: bound).largestFactor)
      let cost = EvaluationCost(degree: chosen.degree)
      #expect(chosen.depth == cost.multiplicativeDepth)
      #expect(chosen.multiplications == cost.nonScalarMultiplications)
    }
  }

  @Test("Functions of several numbers get an interval, a note, and no depth.")
  func jointFunctions() throws {
    let sites = ["softmax", "max", "prelu", "sigmoid"].map { normalSite($0, inputs: 10) }
    let recommendation = try recommend(sites)
    for (site, function) in zip(recommendation.sites, ["softmax", "max", "prelu"]) {
      let option = try #require(site.options.first)
      #expect(option.approximation == nil)
      #expect(
        option.note == "\(function) is no function of one number: use the interval alone")
      #expect(option.lower < option.upper)
    }
    let depth = try #require(recommendation.sites[3].options.first?.approximation?.depth)
    #expect(recommendation.chosenPolicy?.totalDepth == depth)
  }

  @Test("A function that is not known is said with those that are, and leaves no total depth.")
  func unknownFunction() throws {
    let recommendation = try recommend([
      normalSite("thresholded_relu(1.0)", inputs: 10), normalSite("sigmoid", inputs: 10),
    ])
    let option = try #require(recommendation.sites[0].options.first)
    #expect(option.note?.hasPrefix("unknown function 'thresholded_relu'; known are abs, ") == true)
    #expect(recommendation.chosenPolicy?.totalDepth == nil)
  }

  @Test("A site that saw one value only needs no polynomial, under any policy.")
  func constantSite() throws {
    let recommendation = try recommend(
      [recordedSite([[Float]](repeating: [0.1, 0.1], count: 100), "relu")],
      comparisons: [
        .minmax(margin: 2), .quantile(share: 0.9),
        .inference(coverage: 0.9, confidence: 0.9, seed: 1),
      ])
    #expect(recommendation.sites[0].options.count == 4)
    for option in recommendation.sites[0].options {
      #expect(option.lower == Double(Float(0.1)) && option.upper == option.lower)
      #expect(option.approximation == nil)
      #expect(option.note == "the interval is a single number: nothing has to be fitted")
    }
    #expect(recommendation.policies.allSatisfy { $0.totalDepth == 0 })
  }

  @Test("A tolerance out of reach is said, with the best that the limit reaches.")
  func limitReached() throws {
    let recommendation = try recommend(
      [normalSite("relu", inputs: 20)], tolerance: .supremum(1e-3), degreeLimit: 9)
    let option = try #require(recommendation.sites[0].options.first)
    let best = try #require(option.approximation)
    #expect(!best.meetsTolerance)
    #expect(best.supremumError > 1e-3)
    #expect(best.degree <= 9)
    #expect(option.note == "no degree up to 9 meets the tolerance; this is the best")
    #expect((best.fuse ?? 0) < 1)
    #expect(recommendation.chosenPolicy?.totalDepth == nil)
    let reached = try recommend(
      [normalSite("relu", inputs: 20)], tolerance: .supremum(best.supremumError), degreeLimit: 9)
    #expect(reached.sites[0].options[0].approximation?.meetsTolerance == true)
  }

  @Test("An interval that leaves the function's domain is said, and the others are fitted.")
  func domain() throws {
    var generator = SplitMix64(seed: 3)
    let bases = (0..<50).map { _ in [Float(1 + 4 * generator.unit())] }
    let recommendation = try recommend(
      [recordedSite(bases, "power(-0.75)")], comparisons: [.minmax(margin: 3)],
      tolerance: .supremum(0.01))
    let (own, wide) = (recommendation.sites[0].options[0], recommendation.sites[0].options[1])
    #expect(own.approximation?.meetsTolerance == true)
    #expect(wide.lower < 0)
    #expect(wide.approximation == nil)
    #expect(wide.note?.contains("power(-0.75) is not defined on all of") == true)
    #expect(recommendation.policies.map(\.totalDepth) == [own.approximation?.depth, nil])
  }

  @Test("Data outside a function's domain, or where it overflows, is a note and no crash.")
  func impossibleValues() throws {
    for tolerance in [Tolerance.supremum(0.1), .relative(0.1), .weighted(0.1)] {
      let recommendation = try recommend(
        [
          recordedSite([[-1], [2], [3]], "sqrt"), recordedSite([[0], [1], [2]], "power(-0.5)"),
          recordedSite([[0], [1e30], [3e38]], "exp"),
        ], tolerance: tolerance)
      #expect(recommendation.sites.allSatisfy { $0.options[0].approximation == nil })
      let notes = recommendation.sites.compactMap { $0.options[0].note }
      #expect(notes[0].contains("sqrt is not defined"))
      #expect(notes[1].contains("power(-0.5) is not defined"))
      #expect(notes[2].contains("exp overflows"))
      #expect(throws: Never.self) { try recommendation.json() }
    }
  }

  @Test("A rectifier that never opens needs no more than a constant or a line.")
  func deadSite() throws {
    let site = normalSite("relu", inputs: 20, mean: -50, deviation: 1)
    let option = try #require(try recommend([site]).sites[0].options.first)
    #expect(option.upper < 0)
    #expect(option.approximation?.meetsTolerance == true)
    #expect(option.approximation?.supremumError == 0)
    #expect((option.approximation?.degree ?? 9) <= 1)
  }

  @Test("The depths of all sites' polynomials add up, policy by policy.")
  func totalDepth() throws {
    let sites = [
      normalSite("sigmoid", inputs: 30, deviation: 2), normalSite("tanh", inputs: 30),
      normalSite("softmax", inputs: 30),
    ]
    let recommendation = try recommend(sites, comparisons: [.minmax(margin: 2)])
    for policy in recommendation.policies {
      let depths = recommendation.sites.compactMap { $0.option(policy.label)?.approximation?.depth }
      #expect(depths.count == 2)
      #expect(policy.totalDepth == depths.reduce(0, +))
    }
  }

  @Test("A comparison that the data cannot support is listed with its refusal.")
  func refusedComparisons() throws {
    let impossible: [IntervalPolicy] = [
      .inference(coverage: 0.999, confidence: 0.95, seed: 1), .quantile(share: 0.9999),
    ]
    let sites = [normalSite("sigmoid", inputs: 30)]
    let recommendation = try recommend(
      sites, comparisons: impossible + [.quantile(share: 0.9), .minmax(margin: 1)])
    #expect(
      recommendation.policies.map(\.label)
        == ["minmax(1)", "inference(0.999,0.95)", "quantile(0.9999)", "quantile(0.9)"])
    for (policy, refused) in zip(recommendation.policies.dropFirst(), impossible) {
      #expect(
        policy.refusal
          == message { _ = try IntervalSet(refused, for: recordedProfile(sites)) })
      #expect(policy.escapeProbability == nil && policy.totalDepth == nil)
      #expect(recommendation.sites[0].option(policy.label) == nil)
    }
    #expect(recommendation.sites[0].options.map(\.policy) == ["minmax(1)", "quantile(0.9)"])
    for policy in impossible {
      #expect { try recommend(sites, policy: policy) } throws: {
        ($0 as? RecommendationError)?.isUnkeepablePromise == true
      }
    }
  }

  @Test("A site that saw nothing is an error, whatever the policy or its comparisons.")
  func noValues() {
    let sites = [recordedSite([[.nan], [.nan]], "sigmoid")]
    #expect(throws: RecommendationError.noValues(site: "layer/sigmoid")) { try recommend(sites) }
  }

  @Test("The escapes of intervals without a promise are estimated from the inputs.")
  func escapes() throws {
    let profile = recordedProfile([
      normalSite("tanh", inputs: 40), normalSite("relu", inputs: 40, seed: 2),
    ])
    let policies: [IntervalPolicy] = [.minmax(margin: 1), .quantile(share: 0.95)]
    let recommendation = try Recommender(
      policy: policies[0], comparisons: [policies[1]], degreeLimit: 3
    ).recommend(for: profile)
    for (policy, found) in zip(policies, recommendation.policies) {
      let escapes = EscapeEstimate(try IntervalSet(policy, for: profile).bounds, in: profile)
      #expect(found.escapeProbability == escapes.anywhere)
      #expect(
        recommendation.sites.map { $0.option(policy.label)?.escapeProbability } == escapes.perSite)
    }
  }

  @Test("A recommendation says where it comes from, and what was asked.")
  func description() throws {
    let policy = IntervalPolicy.inference(coverage: 0.8, confidence: 0.9, seed: 3)
    let profile = recordedProfile([normalSite("tanh", inputs: 40)])
    let recommendation = try Recommender(
      policy: policy, comparisons: [], tolerance: .supremum(0.1), method: .chebyshev,
      degreeLimit: 20
    ).recommend(for: profile)
    let set = try IntervalSet(policy, for: profile)
    let escapes = EscapeEstimate(set.bounds, in: profile)
    #expect(recommendation.format == "rangefinder ranges" && recommendation.version == 1)
    #expect(recommendation.model == "model" && recommendation.modelDigest == "0123")
    #expect(recommendation.data == ["x.h5:/x"] && recommendation.inputs == 40)
    #expect(recommendation.policy == policy.label)
    #expect(recommendation.toleranceKind == "supremum" && recommendation.tolerance == 0.1)
    #expect(recommendation.method == .chebyshev && recommendation.degreeLimit == 20)
    #expect(recommendation.chosenPolicy?.inference == set.promise)
    // An inference policy's own expectation: Beta(n + 1 − k, k) with n = 20 and k = 19.
    #expect(recommendation.chosenPolicy?.inference?.rank == 19)
    #expect(recommendation.chosenPolicy?.escapeProbability == 2.0 / 21)
    let option = try #require(recommendation.sites[0].options.first)
    #expect(option.lower...option.upper == set.bounds[0])
    #expect(option.escapeProbability == escapes.perSite[0])
    #expect(option.approximation?.method == .chebyshev)
  }
}
