import RangeStatistics
import Testing

@testable import Reporting

@Suite struct ReturnLevelsTests {
  /// One input each of the given maxima, whose minima are their negatives.
  private func levels(_ maxima: [Float]) throws -> ReturnLevels {
    try #require(
      ReturnLevels(
        SampleExtremes(
          indices: Array(maxima.indices), minima: maxima.map { -$0 }, maxima: maxima,
          seen: maxima.count)))
  }

  private func normals(_ count: Int) -> [Float] {
    var generator = SplitMix64(seed: 5)
    return (0..<count).map { _ in Float(SampleReports.normal(&generator)) + 10 }
  }

  @Test("What one input in so many reached is the value of its rank, on both sides.")
  func seen() throws {
    let levels = try levels((1...999).map(Float.init))
    #expect(levels.periods == [10, 100, 1000])
    for (period, rank) in [(10.0, 100), (100, 10), (1000, 1)] {
      #expect(levels.sides[0].level(period: period).seen == Double(1000 - rank))
      #expect(levels.sides[1].level(period: period).seen == -Double(1000 - rank))
    }
    #expect(levels.sides[0].level(period: 5000).seen == nil)
  }

  @Test("A model follows both sides alike, inside its band, far beyond the inputs.")
  func model() throws {
    let levels = try levels(normals(1000))
    #expect(levels.isModelled)
    for period in [100.0, 1000, 10_000] {
      let (above, below) = (
        levels.sides[0].level(period: period), levels.sides[1].level(period: period)
      )
      let estimate = try #require(above.estimate)
      #expect(estimate == -(try #require(below.estimate)))
      #expect(try #require(above.limits).contains(estimate))
      #expect(try #require(below.limits).contains(-estimate))
    }
    // Of one normal value in 10,000: 3.72 deviations.
    let far = try #require(levels.sides[0].level(period: 10_000).limits)
    #expect(far.contains(13.72))
    #expect(levels.sides[0].level(period: 2).estimate == nil)
  }

  @Test("Where the tail model is refused, the chart says why beside the inputs.")
  func refused() throws {
    let few = try levels(normals(200))
    #expect(!few.isModelled && few.sides[0].modelled(upTo: 2000, steps: 4).isEmpty)
    let chart = ReturnLevelChart(levels: few, interval: nil, detail: .full)
    #expect(
      chart.prose.contains("Above, no extrapolation is supported: it needs 500 inputs, not 200."))
    #expect(chart.picture.contains("class=\"dots\"") && !chart.picture.contains("class=\"band\""))
    let many = ReturnLevelChart(levels: try levels(normals(1000)), interval: nil, detail: .full)
    #expect(many.picture.split(separator: "class=\"band\"").count == 3)
  }

  @Test("Inputs without a finite value do not count.")
  func empty() throws {
    let none = try SampleExtremes(
      indices: [0, 1], minima: [.infinity, .infinity], maxima: [-.infinity, -.infinity], seen: 2)
    #expect(ReturnLevels(none) == nil)
  }
}
