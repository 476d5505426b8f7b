import Testing

@testable import Reporting

@Suite struct DetailTests {
  @Test("The more sites there are, the fewer are told in full: all of few, some of many.")
  func fullCount() {
    for count in [0, 1, 29, 60] { #expect(Detail.fullCount(ofSites: count) == count) }
    let counts = (60...1000).map(Detail.fullCount)
    #expect(counts.max()! > 60 && counts.last == Detail.leastFull)
    let falling = counts.drop { $0 < counts.max()! }
    #expect(zip(falling, falling.dropFirst()).allSatisfy(>=))
    #expect(zip(60...1000, counts).allSatisfy { $1 <= $0 && $1 >= Detail.leastFull })
  }

  @Test(
    "The site with the widest interval is told in full, however cheap it is, then the costliest.")
  func importance() throws {
    // Wide, but linear: degree 1 will do.
    let wide = SampleReports.site("wide/identity", "linear", inputs: 20) { generator, _ in
      1000 * Float.random(in: -1...1, using: &generator)
    }
    let others = (0..<260).map { index in
      SampleReports.site(
        "site_\(index)/relu", "relu", inputs: 20, shape: [4], seed: UInt64(index)
      ) { generator, _ in Float.random(in: -1...1, using: &generator) }
    }
    let report = try Report(SampleReports.profile(others + [wide], inputs: 20))
    #expect(report.widestSite?.name == "wide/identity")
    #expect(report.sitesWorstFirst[0].name != "wide/identity")
    let details = report.details
    #expect(details.count(where: \.isFull) == Detail.leastFull && details.last!.isFull)
    let told = report.sites.filter { details[$0.number - 1].isFull }.map(\.name)
    let costliest = report.sitesWorstFirst.prefix(Detail.leastFull - 1).map(\.name)
    #expect(Set(told) == Set(costliest + ["wide/identity"]))
  }
}
