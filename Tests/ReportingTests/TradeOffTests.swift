import PolynomialApproximation
import RangeRecommendation
import Testing

@testable import Reporting

@Suite struct TradeOffTests {
  private func recommendation(
    _ comparisons: [IntervalPolicy], backend: EvaluationBackend = .scalar
  ) throws -> Recommendation {
    try Recommender(
      policy: .minmax(margin: 1), comparisons: comparisons, tolerance: .relative(0.05),
      degreeLimit: 31, backend: backend
    ).recommend(for: SampleReports.profile(SampleReports.ordinarySites))
  }

  @Test("Its degrees are the highest of each depth of the backend.")
  func degrees() throws {
    func steps(_ backend: EvaluationBackend) throws -> [[Int]] {
      let tradeOff = TradeOff(
        try recommendation([], backend: backend), chosen: "minmax(1)", isBrief: false)
      return [tradeOff.degrees, tradeOff.depths]
    }
    #expect(try steps(.scalar) == [[1, 3, 7, 15, 31, 63], [1, 2, 3, 4, 5, 6]])
    #expect(try steps(.ckksLattigo) == [[1, 2, 4, 8, 16, 32], [0, 1, 2, 3, 4, 5]])
    #expect(try steps(.tensorTrain)[0] == [1, 3, 7, 15, 31, 63])
    let openFHE = try steps(.ckksOpenFHE)
    #expect(openFHE[0].first == 1 && zip(openFHE[1], openFHE[1].dropFirst()).allSatisfy(<))
  }

  @Test("Errors are those of minimax fits, fall with the degree, and grow with the interval.")
  func errors() throws {
    let tradeOff = TradeOff(
      try recommendation([.minmax(margin: 2)]), chosen: "minmax(1)", isBrief: false)
    #expect(tradeOff.policies == ["minmax(1)", "minmax(2)"])
    let lines = tradeOff.lines[0]
    let fit = try Fit(
      of: TargetFunction("sigmoid"), on: Interval(lower: lines[0].lower, upper: lines[0].upper),
      degree: 7)
    // As far as leastError promises.
    #expect(abs(lines[0].errors[2]! - fit.supremumError) < 1e-5 * fit.supremumError)
    for line in tradeOff.lines.joined() {
      let errors = line.errors.compactMap { $0 }
      #expect(errors.count == 6 && zip(errors, errors.dropFirst()).allSatisfy(>))
    }
    for (narrow, wide) in zip(lines[0].errors, lines[1].errors) { #expect(narrow! < wide!) }
    // softmax has no polynomial.
    #expect(tradeOff.lines[3].isEmpty)
  }

  @Test(
    "Intervals much like another's are left out, and all but the widest where there are many sites."
  )
  func policies() throws {
    let many = try recommendation(
      [1.01, 1.2, 1.5, 2].map { .minmax(margin: $0) } + [.quantile(share: 0.9)])
    #expect(
      TradeOff(many, chosen: "minmax(1)", isBrief: false).policies
        == ["minmax(1)", "quantile(0.9)", "minmax(1.2)", "minmax(1.5)", "minmax(2)"])
    #expect(
      TradeOff(many, chosen: "minmax(1)", isBrief: true).policies
        == ["minmax(1)", "minmax(2)"])
  }
}
