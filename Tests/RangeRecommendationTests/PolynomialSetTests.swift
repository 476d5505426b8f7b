import ActivationProfiling
import PolynomialApproximation
import TestSupport
import Testing

@testable import RangeRecommendation

@Suite("Sets of polynomials")
struct PolynomialSetTests {
  private static func recommendation(method: FitMethod = .minimax) throws -> Recommendation {
    try Recommender(
      policy: .minmax(margin: 1), comparisons: [.minmax(margin: 2), .quantile(share: 0.99999)],
      tolerance: .supremum(0.05), method: method, degreeLimit: 31
    ).recommend(
      for: recordedProfile([
        normalSite("sigmoid", inputs: 20, deviation: 3), normalSite("softplus", inputs: 20),
        normalSite("softmax", inputs: 20), recordedSite([[Float]](repeating: [1], count: 20)),
      ]))
  }

  @Test(
    "The recommended polynomials are fitted again as they were recommended.",
    arguments: [FitMethod.minimax, .chebyshev])
  func recommended(method: FitMethod) throws {
    let recommendation = try Self.recommendation(method: method)
    let set = try PolynomialSet(recommendation)
    #expect(set.format == "rangefinder polynomials" && set.version == 2)
    #expect(set.model == "model" && set.modelDigest == "0123" && set.policy == "minmax(1)")
    #expect(set.sites.map(\.site) == ["layer/sigmoid", "layer/softplus"])
    for (site, recommended) in zip(set.sites, recommendation.sites) {
      let (polynomial, option) = (site.polynomial, recommended.options[0])
      let approximation = try #require(option.approximation)
      #expect(polynomial.function == recommended.function)
      #expect(polynomial.lower == option.lower && polynomial.upper == option.upper)
      #expect(polynomial.method == method)
      #expect(polynomial.degree == approximation.degree)
      #expect(polynomial.supremumError == approximation.supremumError)
      #expect(polynomial.errorBound == approximation.errorBound)
      #expect(polynomial.fuse == approximation.fuse)
      #expect(polynomial.depth == approximation.depth)
      #expect(polynomial.multiplications == approximation.multiplications)
    }
    #expect(
      set.omissions == [
        .init(
          site: "layer/softmax", function: "softmax",
          reason: "softmax is no function of one number: use the interval alone"),
        .init(
          site: "layer/relu", function: "relu",
          reason: "the interval is a single number: nothing has to be fitted"),
      ])
  }

  @Test("Another policy, method or degree takes the place of the recommended one.")
  func overrides() throws {
    let recommendation = try Self.recommendation()
    let wide = try PolynomialSet(recommendation, policy: "minmax(2)")
    let option = try #require(recommendation.sites[0].option("minmax(2)"))
    #expect(wide.policy == "minmax(2)")
    #expect(wide.sites[0].polynomial.lower == option.lower)
    #expect(wide.sites[0].polynomial.degree == option.approximation?.degree)

    let degree = try PolynomialSet(recommendation, method: .chebyshev, degree: 4)
    for site in degree.sites {
      let record = site.polynomial
      let fit = try Fit(
        of: TargetFunction(record.function), on: Interval(lower: record.lower, upper: record.upper),
        degree: 4, method: .chebyshev)
      #expect(record.method == .chebyshev && record.degree == 4)
      #expect(record.chebyshev == fit.polynomial)
    }
  }

  @Test("A function that the method cannot make is left out, with the reason.")
  func unsuited() throws {
    let set = try PolynomialSet(try Self.recommendation(), method: .composite, degree: 50)
    #expect(set.sites.isEmpty)
    #expect(set.omissions[0].reason.hasPrefix("sigmoid is not made of x and its sign"))
  }

  @Test("The methods that weigh values take a site's own, and fail without them.")
  func densities() throws {
    let recommendation = try Self.recommendation()
    #expect(throws: FitError.densityMissing(.density)) {
      try PolynomialSet(recommendation, method: .density)
    }
    let site = normalSite("sigmoid", inputs: 20, deviation: 3)
    let density = try #require(Density(site.statistics.histogram))
    let set = try PolynomialSet(
      recommendation, method: .density,
      densities: ["layer/sigmoid": density, "layer/softplus": density])
    let record = set.sites[0].polynomial
    let fit = try Fit(
      of: .sigmoid, on: record.interval, degree: record.degree, method: .density, density: density)
    #expect(record.approximant == fit.approximant)
  }

  @Test("A policy that was refused leaves every site out, with a reason.")
  func refusedPolicy() throws {
    let set = try PolynomialSet(try Self.recommendation(), policy: "quantile(0.99999)")
    #expect(set.sites.isEmpty)
    #expect(set.omissions.count == 4)
    #expect(set.omissions.allSatisfy { $0.reason == "the policy gives this site no interval" })
  }

  @Test("A degree that cannot be fitted is the fit's own error.")
  func impossibleDegree() throws {
    let recommendation = try Self.recommendation()
    #expect(throws: FitError.degreeOutOfRange(-1)) {
      try PolynomialSet(recommendation, degree: -1)
    }
  }
}
