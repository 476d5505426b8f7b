import ActivationProfiling
import RangeRecommendation
import Testing

@testable import Reporting

@Suite struct HeadlineTests {
  @Test("The headline says how much was run, the widest interval, degrees and depth.")
  func full() throws {
    let report = try SampleReports.full()
    let chosen = report.sites.compactMap(\.chosen)
    let widest = try #require(chosen.max { $0.upper - $0.lower < $1.upper - $1.lower })
    let seen = report.sites[3].statistics
    let (low, high) = (seen.lowest.values[0], seen.highest.values[0])
    let degrees = report.sites.compactMap(\.degree)
    let depth = report.sites.compactMap(\.depth).reduce(0, +)
    #expect(
      report.headline == [
        "Over 200 inputs, 4 sites.",
        "With intervals that hold at least 90\u{A0}% of inputs with 90\u{A0}% confidence: widest "
          + "\((widest.lower...widest.upper).text) at logits/softmax.",
        "Its lowest value there, \(Double(low.value).text), is of input \(low.sample), its highest, "
          + "\(Double(high.value).text), of input \(high.sample).",
        "Polynomials of degree \(degrees.min()!)–\(degrees.max()!), depths sum to \(depth); "
          + "1 misses the tolerance; 1 site without one.",
        "A new input leaves some interval with a probability of about "
          + "\(report.policy!.escapeProbability!.percent).",
      ])
  }

  @Test("Without ranges the headline gives the widest range that was seen.")
  func profileAlone() throws {
    let site = SampleReports.site("a/relu", "relu") { generator, _ in
      Float.random(in: 0..<1, using: &generator) < 0.5 ? -1.5 : 4
    }
    let report = try Report(SampleReports.profile([site]))
    #expect(
      report.headline == [
        "Over 200 inputs, 1 site.", "The widest range seen is [−1.5, 4] at a/relu.",
        "Its lowest value there, −1.5, is of input 0, its highest, 4, of input 0.",
      ])
  }

  @Test("The answer says what the widest interval costs, and what happens 5 % beyond it.")
  func widest() throws {
    let report = try SampleReports.full([SampleReports.normalSite("a/tanh", "tanh")])
    let site = report.sites[0]
    let polynomial = try #require(site.polynomial)
    let beyond = try #require(polynomial.overshoots.first { $0.factor == 1.05 }?.error)
    #expect(site.errorBeyond == beyond)
    #expect(
      report.headline[2].hasSuffix(
        "; the interval takes degree \(polynomial.degree), depth \(polynomial.depth); 5\u{A0}% beyond "
          + "it the error is \(beyond.text), where \(polynomial.errorBound.text) is allowed."))
    let ranges = try Report(report.profile, recommendation: report.recommendation)
    #expect(
      ranges.headline[2].hasSuffix(
        "; the error stays allowed up to \(ranges.sites[0].fuse!.fuseText) × the interval."))
  }

  @Test("A policy without a promise is given with its own words.")
  func plainPolicy() throws {
    let profile = SampleReports.profile([SampleReports.normalSite("a/tanh", "tanh")])
    let ranges = try Recommender(policy: .minmax(margin: 1), comparisons: [])
      .recommend(for: profile)
    let headline = try Report(profile, recommendation: ranges).headline
    #expect(
      headline[1].hasPrefix(
        "With the intervals of minmax(1) (the observed range; it promises nothing): widest ["))
  }

  @Test("A profile of some blocks says of how many inputs it is.")
  func someBlocks() throws {
    let profile = Profile(
      provenance: Provenance(
        model: "m", modelDigest: "d", data: ["x"], dataDigests: ["e"], preprocessing: "",
        datasetSamples: 1_000),
      blocks: BlockSet(0..<2), sites: [])
    #expect(try Report(profile).headline == ["Over 512 of 1\u{202F}000 inputs, 0 sites."])
  }
}
