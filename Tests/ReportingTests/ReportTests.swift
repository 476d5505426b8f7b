import ActivationProfiling
import Foundation
import RangeRecommendation
import Testing

@testable import Reporting

@Suite struct ReportTests {
  @Test("A report of a profile alone takes the observed range as every site's interval.")
  func profileAlone() throws {
    let report = try Report(SampleReports.profile(SampleReports.ordinarySites))
    #expect(report.policy == nil)
    for site in report.sites {
      #expect(site.interval == site.observed)
      #expect(site.degree == nil && site.meetsTolerance == nil)
    }
  }

  @Test("Sites keep network order, and are numbered from 1.")
  func order() throws {
    let report = try Report(SampleReports.profile(SampleReports.ordinarySites))
    #expect(report.sites.map(\.name) == SampleReports.ordinarySites.map(\.name))
    #expect(report.sites.map(\.number) == [1, 2, 3, 4])
  }

  @Test("A site has the polynomial and the interval of its policy, or the reason for having none.")
  func parts() throws {
    let report = try SampleReports.full()
    for site in report.sites.dropLast() {
      #expect(site.polynomial?.lower == site.chosen?.lower)
      #expect(site.degree == site.polynomial?.degree)
    }
    #expect(report.sites.last?.polynomial == nil)
    #expect(report.sites.last?.omission?.contains("softmax") == true)
  }

  @Test("The worst sites come first: those that miss the tolerance, then the highest degree.")
  func worstFirst() throws {
    let sites = try SampleReports.full().sitesWorstFirst
    #expect(sites.first?.name == "conv1/relu")
    #expect(sites.first?.meetsTolerance == false)
    let degrees = sites.dropFirst().map { $0.degree ?? -1 }
    #expect(degrees == degrees.sorted(by: >))
  }

  @Test("Ranges and polynomials of another network are refused.")
  func otherNetwork() throws {
    let profile = SampleReports.profile([SampleReports.normalSite("a/tanh", "tanh")])
    let other = SampleReports.profile(profile.sites, digest: "model-2")
    let (ranges, theirs) = (
      try SampleReports.recommendation(for: profile), try SampleReports.recommendation(for: other)
    )
    #expect(
      throws: ReportError.otherNetwork(.ranges, digest: "model-2", profileDigest: "model-1")
    ) { try Report(profile, recommendation: theirs) }
    #expect(
      throws: ReportError.otherNetwork(.polynomials, digest: "model-2", profileDigest: "model-1")
    ) { try Report(profile, recommendation: ranges, polynomials: PolynomialSet(theirs)) }
  }

  @Test("Ranges with other sites are refused, and the first one is named.")
  func otherSites() throws {
    let (a, b) = (
      SampleReports.normalSite("a/tanh", "tanh"), SampleReports.normalSite("b/tanh", "tanh")
    )
    let ranges = try SampleReports.recommendation(for: SampleReports.profile([a, b]))
    #expect(throws: ReportError.otherSites(.ranges, site: "b/tanh")) {
      try Report(SampleReports.profile([a]), recommendation: ranges)
    }
    #expect(throws: ReportError.otherSites(.ranges, site: "a/tanh")) {
      try Report(SampleReports.profile([b, a]), recommendation: ranges)
    }
  }

  @Test("Polynomials need ranges that have their policy and their intervals.")
  func otherPolynomials() throws {
    let profile = SampleReports.profile([SampleReports.normalSite("a/tanh", "tanh")])
    let ranges = try SampleReports.recommendation(for: profile)
    let polynomials = try PolynomialSet(ranges)
    #expect(throws: ReportError.polynomialsWithoutRanges) {
      try Report(profile, polynomials: polynomials)
    }
    let plain = try Recommender(policy: .minmax(margin: 1), comparisons: [])
      .recommend(for: profile)
    #expect(
      throws: ReportError.otherPolicy(polynomials: "inference(0.9,0.9)", ranges: ["minmax(1)"])
    ) { try Report(profile, recommendation: plain, polynomials: polynomials) }
    let stale = try Edited.polynomials(polynomials) { $0["lower"] = -99 }
    let record = try #require(polynomials.sites.first?.polynomial)
    #expect(
      throws: ReportError.otherInterval(
        site: "a/tanh", polynomial: [-99, record.upper], ranges: [record.lower, record.upper])
    ) { try Report(profile, recommendation: ranges, polynomials: stale) }
  }

  @Test("A file that was changed by hand is an error, not a crash.")
  func damaged() throws {
    let site = SampleReports.normalSite("a/x", "tanh")
    let ranges = try SampleReports.recommendation(for: SampleReports.profile([site]))
    let fewer = try Edited.ranges(ranges) { $0.removeLast() }
    #expect(
      throws: ReportError.damaged(
        .ranges, site: "a/x", reason: "it does not have every policy once")
    ) { try Report(SampleReports.profile([site]), recommendation: fewer) }

    let softmax = SampleReports.profile([SampleReports.normalSite("a/x", "softmax")])
    let edited = try Edited.polynomials(PolynomialSet(ranges)) { $0["function"] = "softmax" }
    #expect(
      throws: ReportError.damaged(.polynomials, site: "a/x", reason: "softmax has no polynomial")
    ) {
      try Report(
        softmax, recommendation: SampleReports.recommendation(for: softmax), polynomials: edited)
    }
  }
}

/// Files with something changed by hand.
enum Edited {
  static func polynomials(
    _ set: PolynomialSet, _ change: (inout [String: Any]) -> Void
  ) throws -> PolynomialSet {
    try edited(set) { file in
      var sites = file["sites"] as! [[String: Any]]
      var record = sites[0]["polynomial"] as! [String: Any]
      change(&record)
      sites[0]["polynomial"] = record
      file["sites"] = sites
    }
  }

  static func ranges(
    _ recommendation: Recommendation, _ change: (inout [[String: Any]]) -> Void
  ) throws -> Recommendation {
    try edited(recommendation) { file in
      var sites = file["sites"] as! [[String: Any]]
      var options = sites[0]["options"] as! [[String: Any]]
      change(&options)
      sites[0]["options"] = options
      file["sites"] = sites
    }
  }

  /// Repeats the sites of a file under new names.
  static func repeated<File: JSONFile>(_ file: File, names: [String]) throws -> File {
    try edited(file) { content in
      let sites = content["sites"] as! [[String: Any]]
      content["sites"] = names.enumerated().map { index, name in
        sites[index % sites.count].merging(["site": name]) { $1 }
      }
    }
  }

  private static func edited<File: JSONFile>(
    _ file: File, _ change: (inout [String: Any]) -> Void
  ) throws -> File {
    var content = try JSONSerialization.jsonObject(with: file.json()) as! [String: Any]
    change(&content)
    return try File(json: JSONSerialization.data(withJSONObject: content), name: "edited.json")
  }
}
