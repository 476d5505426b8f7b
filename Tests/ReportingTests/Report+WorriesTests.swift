import Testing

@testable import Reporting

@Suite struct WorriesTests {
  @Test("Nothing is worrying about a profile of well-behaved sites.")
  func none() throws {
    let sites = [SampleReports.normalSite("a/tanh", "tanh")]
    #expect(try Report(SampleReports.profile(sites)).worries.isEmpty)
  }

  @Test("The worst kind comes first, each kind once.")
  func order() throws {
    let sites =
      SampleReports.ordinarySites + [
        SampleReports.site("last/tanh", "tanh") { generator, channel in
          channel == 2 && Double.random(in: 0..<1, using: &generator) < 0.01
            ? .nan : Float(SampleReports.normal(&generator))
        }
      ]
    let worries = try SampleReports.full(sites).worries
    try #require(
      worries.map(\.kind) == [
        .nonFinite, .missedTolerance, .shortFuse, .heavyTail, .refusedPolicy,
      ])
    #expect(worries[0].items.map(\.site) == ["last/tanh"])
    #expect(worries[1].items.map(\.site) == ["conv1/relu"])
    #expect(worries[3].items.map(\.site) == ["conv1/relu"])
    #expect(worries.last?.items.first?.text.contains("inference(0.999,0.95)") == true)
  }

  @Test("Values that are not finite are counted by kind, and the first one is placed.")
  func nonFinite() throws {
    var calls = 0
    let site = SampleReports.site("a/relu", "relu", inputs: 3, shape: [2, 2]) { _, _ in
      calls += 1
      return calls == 6 ? .nan : calls == 7 ? -.infinity : 1
    }
    let worry = try #require(try Report(SampleReports.profile([site], inputs: 3)).worries.first)
    #expect(worry.title == "1 site saw values that are not finite")
    #expect(worry.items.first?.text == "1 × NaN, 1 × −∞; the first in input 1 at [0, 1]")
  }

  @Test("A site without any finite value is the first worry.")
  func noValues() throws {
    let sites = [
      SampleReports.site("a/relu", "relu") { _, _ in .nan },
      SampleReports.site("b/relu", "relu", inputs: 0) { _, _ in 0 },
    ]
    let worry = try #require(try Report(SampleReports.profile(sites)).worries.first)
    #expect(worry.kind == .noValues)
    #expect(worry.title == "2 sites saw no finite value")
    #expect(worry.items.map(\.text) == ["every value was NaN or infinite", "no value at all"])
  }

  @Test("The site with the shortest fuse is named first, and no fuse of a missed tolerance.")
  func fuses() throws {
    let report = try SampleReports.full()
    let worry = try #require(report.worries.first { $0.kind == .shortFuse })
    let expected = report.sites
      .filter { $0.meetsTolerance == true && $0.fuse! < 1.05 }
      .sorted { $0.fuse! < $1.fuse! }
    #expect(!expected.isEmpty)
    #expect(worry.items.map(\.site) == expected.map(\.name))
  }
}
