import Foundation
import RangeRecommendation
import RangeStatistics
import TestSupport
import Testing

@testable import Reporting

@Suite struct ReportDocumentTests {
  /// Reports that have everything that can be in one, and some that lack a lot.
  private static let reports = Result {
    var verified = try SampleReports.verified()
    verified.pictures = try InputPictures(of: verified, from: [InputPicturesTests.Squares()])
    let long = SampleReports.site("long/gelu", "gelu", inputs: 1200) { generator, _ in
      Float(SampleReports.normal(&generator))
    }
    let profile = SampleReports.profile([long], inputs: 1200)
    let held = try Recommender(
      policy: .minmax(margin: 1.5), comparisons: [], tolerance: .supremum(0.05), degreeLimit: 15
    ).recommend(from: CalibrationInputs(profile, holdingOut: 0.2, seed: 1))
    return [
      verified, try Report(SampleReports.profile(SampleReports.ordinarySites)),
      try Report(SampleReports.profile(SampleReports.degenerateSites)),
      try Report(profile, recommendation: held, polynomials: PolynomialSet(held)),
      try SampleReports.full([SampleReports.site("constant/relu", "relu") { _, _ in 3.25 }]),
    ]
  }

  private func bytes(_ report: Report) throws -> [UInt8] {
    try #require(ReportFiles(report).files.first { $0.name == "report.json" }).bytes
  }

  private func object(_ report: Report) throws -> [String: Any] {
    let value = try JSONSerialization.jsonObject(with: Data(try bytes(report)))
    return try #require(value as? [String: Any])
  }

  @Test(
    "What is written is valid, and every key of the schema can be written.",
    .enabled(if: Schemas.canValidate, "python3 cannot import jsonschema (pip install jsonschema)"))
  func schema() throws {
    var written: Set<String> = []
    for report in try Self.reports.get() {
      #expect(try Schemas.faults(Data(bytes(report)), "report") == "")
      written.formUnion(Schemas.keys(try object(report)))
    }
    #expect(try Schemas.properties("report").subtracting(written) == [])

    let text = String(decoding: try bytes(SampleReports.verified()), as: UTF8.self)
    for (old, new) in [
      ("\"version\":1", "\"version\":2"), ("\"error_curve\"", "\"curve\""),
      ("\"blow_ups\"", "\"explosions\""), ("\"escape_probability\"", "\"escapes\""),
      ("\"multiplications\"", "\"products\""), ("\"edges\":[", "\"edges\":[\"a\","),
      ("\"beyond_factor\"", "\"beyond\""),
    ] {
      let range = try #require(text.range(of: old))
      let edited = Data(text.replacingCharacters(in: range, with: new).utf8)
      #expect(try Schemas.faults(edited, "report") != "", "\(old) → \(new)")
    }
  }

  @Test("The same report gives the same bytes, on one line.")
  func deterministic() throws {
    let first = try bytes(SampleReports.verified())
    #expect(try bytes(SampleReports.verified()) == first)
    #expect(first.count { $0 == UInt8(ascii: "\n") } == 1)
  }

  @Test("Every number of a site that the page tells in words is there in full.")
  func numbers() throws {
    let report = try SampleReports.full()
    let written = try Written(bytes(report))
    let page = String(decoding: htmlPage(report), as: UTF8.self)
    #expect(written.headline == report.headline)
    #expect(written.sites.map(\.site) == report.sites.map(\.name))
    for (site, found) in zip(report.sites, written.sites) {
      #expect(found.cost.degree == site.degree && found.cost.fuse == site.fuse)
      #expect(found.cost.errorBeyond == site.errorBeyond)
      #expect(found.quantiles.map(\.value) == site.quantiles.map(\.value))
      for quantile in found.quantiles {
        for number in [quantile.value, quantile.lower, quantile.upper] {
          #expect(page.contains("<td>\(number.text)"))
        }
      }
      #expect(found.intervals == site.options && found.polynomial == site.polynomial)
      let highest = try #require(found.extremes["highest"]?.first)
      #expect(highest.input == site.statistics.highest.values[0].sample)
      #expect(highest.value == site.statistics.maximum)
    }
  }

  @Test("The drawn histogram has every value, between edges that hold all intervals.")
  func histogram() throws {
    let report = try SampleReports.full()
    for (site, found) in zip(report.sites, try Written(bytes(report)).sites) {
      let histogram = try #require(found.histogram)
      #expect(histogram.edges.count == histogram.counts.count + 1)
      #expect(histogram.edges == histogram.edges.sorted())
      // Counts are divided among stretches in double precision.
      let total = Double(site.statistics.count)
      #expect(abs(histogram.counts.reduce(0, +) - total) < 1e-9 * total)
      let drawn = histogram.edges.first!...histogram.edges.last!
      for interval in site.options.map({ $0.lower...$0.upper }) + [site.observed!] {
        #expect(drawn.contains(interval.lowerBound) && drawn.contains(interval.upperBound))
      }
    }
  }

  @Test("The drawn error keeps what was measured: none on the interval beyond the largest.")
  func errorCurve() throws {
    let report = try SampleReports.full()
    for (site, found) in zip(report.sites, try Written(bytes(report)).sites) {
      guard let record = site.polynomial else { continue }
      let curve = try #require(found.approximation).errorCurve
      #expect(curve.x == curve.x.sorted() && curve.x.count == curve.error.count)
      let inside = zip(curve.x, curve.error).filter { record.interval.contains($0.0) }
        .map { abs($0.1) }
      // The search for the largest error samples densely, to a relative 1e-6 of its height.
      #expect(inside.max()! <= record.supremumError * (1 + 1e-6))
      #expect(inside.max()! > 0.9 * record.supremumError)
    }
  }

  @Test("An index reads what a report says in short, and nothing else.")
  func summary() throws {
    let report = try SampleReports.verified()
    let data = Data(try bytes(report))
    let summary = try ReportSummary(json: data, name: "report.json")
    #expect(summary.model == "sample" && summary.summary == report.summary)
    #expect(summary.summary.count == 3 && report.headline.starts(with: summary.summary.prefix(2)))
    let index = String(decoding: ReportIndex([("a", summary)]).file.bytes, as: UTF8.self)
    #expect(index.contains("<a href=\"a/index.html\">sample</a>"))
    #expect(throws: RecommendationError.self) {
      try ReportSummary(json: report.recommendation!.json(), name: "ranges.json")
    }
  }
}

/// Some of what a `report.json` holds.
private struct Written: Decodable {
  struct Site: Decodable {
    struct Cost: Decodable {
      let degree: Int?
      let fuse: Double?
      let errorBeyond: Double?
    }

    struct Quantile: Decodable {
      let value: Double
      let lower: Double
      let upper: Double
    }

    struct Extreme: Decodable {
      let value: Float
      let input: Int
    }

    struct Histogram: Decodable {
      let edges: [Double]
      let counts: [Double]
    }

    struct Approximation: Decodable {
      struct Curve: Decodable {
        let x: [Double]
        let error: [Double]
      }

      let errorCurve: Curve
    }

    let site: String
    let cost: Cost
    let quantiles: [Quantile]
    let intervals: [Recommendation.Option]
    let polynomial: PolynomialRecord?
    let extremes: [String: [Extreme]]
    let histogram: Histogram?
    let approximation: Approximation?
  }

  let headline: [String]
  let sites: [Site]

  init(_ json: [UInt8]) throws {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    self = try decoder.decode(Self.self, from: Data(json))
  }
}
