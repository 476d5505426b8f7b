import Testing

@testable import Reporting

@Suite struct DensityTests {
  @Test("Every value is counted, however the axis is divided.", arguments: [1, 7, 92])
  func total(count: Int) throws {
    for site in SampleReports.ordinarySites {
      let site = try #require(try Report(SampleReports.profile([site])).sites.first)
      let observed = try #require(site.observed)
      for kind in [Scale.Kind.linear, .symlog(constant: 0.5)] {
        let scale = Scale(kind, domain: observed, extent: (0, 500))
        let density = Density(site.bins, on: scale, count: count)
        // 4,800 values, divided among stretches with roundings of some 1e-13.
        #expect(abs(density.counts.reduce(0, +) - 4_800) < 1e-6)
      }
    }
  }

  @Test("A bin that spans several stretches is divided by length.")
  func divided() {
    let scale = Scale(domain: 0...4, extent: (0, 40))
    let bins = [
      Report.Bin(lower: 0.5, upper: 2.5, count: 8), Report.Bin(lower: 4, upper: 4, count: 3),
    ]
    #expect(Density(bins, on: scale, count: 4).counts == [2, 4, 2, 3])
  }

  @Test("A constant's single bin is in one stretch.")
  func constant() throws {
    let site = SampleReports.site("a/relu", "relu") { _, _ in 3.25 }
    let report = try Report(SampleReports.profile([site]))
    let scale = Scale(domain: 3.25...3.25, extent: (0, 100))
    let counts = Density(report.sites[0].bins, on: scale, count: 5).counts
    #expect(counts == [0, 0, 4_800, 0, 0])
  }
}
