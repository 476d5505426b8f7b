import ActivationProfiling
import RangeRecommendation
import RangeStatistics
import Testing

@testable import Reporting

@Suite struct HTMLReportTests {
  private func page(_ report: Report) -> String {
    String(decoding: htmlPage(report), as: UTF8.self)
  }

  /// The values of an attribute.
  private func values(of attribute: String, in page: String) -> [Substring] {
    page.split(separator: " \(attribute)=\"", omittingEmptySubsequences: false).dropFirst()
      .map { $0.prefix { $0 != "\"" } }
  }

  @Test("The same report gives the same bytes, also after its files were read back.")
  func deterministic() throws {
    let report = try SampleReports.full()
    let again = try Report(
      SampleReports.profile(SampleReports.ordinarySites),
      recommendation: Recommendation(json: report.recommendation!.json(), name: "ranges.json"),
      polynomials: PolynomialSet(json: report.polynomials!.json(), name: "polynomials.json"))
    #expect(htmlPage(report) == htmlPage(again))
  }

  @Test("The page asks nothing of the network.")
  func offline() throws {
    let page = page(try SampleReports.full())
    for request in ["http:", "https:", "src=", "url(", "@import", "fetch("] {
      #expect(!page.contains(request), "\(request)")
    }
  }

  @Test("Every site has its details, and every link in the page has its end.")
  func sites() throws {
    let report = try SampleReports.full()
    let page = page(report)
    let identifiers = Set(values(of: "id", in: page))
    for site in report.sites {
      #expect(identifiers.contains(Substring(site.anchor)))
      #expect(page.contains("<code>\(site.name)</code>"))
    }
    for link in values(of: "href", in: page) where link.hasPrefix("#") {
      #expect(identifiers.contains(link.dropFirst()), "\(link)")
    }
  }

  @Test("The page holds the headline, all policies, and the Taylor series of smooth functions.")
  func content() throws {
    let report = try SampleReports.full()
    let page = page(report)
    for sentence in report.headline {
      #expect(page.contains("<p class=\"answer\">\(sentence)</p>"))
    }
    for policy in report.recommendation!.policies {
      #expect(page.contains("<th scope=row>\(policy.label)"))
    }
    #expect(page.contains("relu has a kink, so no Taylor series is drawn."))
    #expect(page.contains("Taylor series, degree "))
    #expect(page.contains("No polynomial: softmax"))
    #expect(values(of: "class", in: page).filter { $0 == "taylor" }.count == 2)
  }

  @Test("Every chart has a table and a file behind it, and every histogram both scales of counts.")
  func charts() throws {
    let report = try SampleReports.full()
    let page = page(report)
    let files = Set(try ReportFiles(report).files.map(\.name))
    let figures = page.split(separator: "<figure", omittingEmptySubsequences: false).dropFirst()
      .map { $0.split(separator: "</figure>", maxSplits: 1)[0] }
    // The network's two; for each site a histogram, return levels, channels; of three sites with
    // polynomials the function, the error and the trade-off.
    #expect(figures.count == 2 + 4 * 3 + 3 * 3)
    for figure in figures {
      let links = values(of: "href", in: String(figure)).map(String.init)
      #expect(!links.isEmpty && links.allSatisfy(files.contains), "\(links)")
      #expect(figure.contains("<table") || figure.contains("The table of sites"))
    }
    for scale in ["log", "linear"] {
      #expect(page.split(separator: "<g class=\"\(scale)\">").count == 1 + report.sites.count)
      #expect(page.contains("<label for=\"\(scale)\">"))
    }
  }

  @Test("The site table tells the error 5 % beyond each interval.")
  func beyond() throws {
    let report = try SampleReports.full()
    let page = page(report)
    #expect(page.contains("<th scope=col>error at 1.05 ×"))
    for site in report.sites where site.polynomial != nil {
      #expect(page.contains(">\(site.errorBeyond!.text)\n"), "\(site.name)")
    }
  }

  @Test("Without ranges the page shows what was seen, and the command to run next.")
  func profileAlone() throws {
    let page = page(try Report(SampleReports.profile(SampleReports.ordinarySites)))
    #expect(page.contains("<code>rangefinder recommend PROFILE -o ranges.json</code>"))
    #expect(!page.contains("id=\"policies\"") && !page.contains("recommendations.csv"))
    #expect(page.contains("Nothing found") == false && page.contains("heavy tails"))
  }

  @Test("Names that hold markup stay text.")
  func hostileNames() throws {
    let name = "<script>alert(1)</script>\"'&,/relu"
    let site = SampleReports.normalSite(name, "relu")
    let page = page(try SampleReports.full([site]))
    #expect(!page.contains("<script>alert"))
    #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;,/relu"))
    #expect(page.split(separator: "<script", omittingEmptySubsequences: false).count == 2)
  }

  @Test("Degenerate sites give a whole page, in whose pictures every number is a number.")
  func degenerate() throws {
    let sites = SampleReports.degenerateSites
    let pages = [
      page(try Report(SampleReports.profile(sites))), page(try Report(SampleReports.profile([]))),
      page(try minmaxReport(Array(sites[..<2] + sites[6...7]))),
    ]
    for page in pages {
      #expect(page.hasSuffix("</html>\n"))
      for data in values(of: "d", in: page) {
        #expect(data.allSatisfy { "Mlhv0123456789.- ".contains($0) }, "\(data)")
      }
      for attribute in ["x", "y", "width", "height", "cx", "cy", "r"] {
        for value in values(of: attribute, in: page) { #expect(Double(value)?.isFinite == true) }
      }
    }
  }

  private func minmaxReport(_ sites: [Profile.Site]) throws -> Report {
    let profile = SampleReports.profile(sites)
    let ranges = try Recommender(
      policy: .minmax(margin: 2), comparisons: [], tolerance: .supremum(0.1), degreeLimit: 15
    ).recommend(for: profile)
    return try Report(profile, recommendation: ranges, polynomials: PolynomialSet(ranges))
  }

  @Test(
    "A page of 200 sites with polynomials and seven policies stays below 2 MB, pictures included.")
  func size() throws {
    let kinds = ["relu", "gelu", "sigmoid", "tanh", "silu"]
    let few = kinds.enumerated().map { index, kind in
      SampleReports.site(kind, kind, inputs: 600, shape: [40], seed: UInt64(index)) {
        generator, channel in
        Float(SampleReports.normal(&generator) * (2 + Double(channel) / 8))
      }
    }
    let ranges = try Recommender(
      policy: .inference(coverage: 0.9, confidence: 0.9, seed: 1), tolerance: .relative(0.02),
      degreeLimit: 63
    ).recommend(for: SampleReports.profile(few, inputs: 600))
    let names = (0..<200).map { index in
      "block_\(index / 20)_stage_\(index % 20)_activation_\(index)/\(kinds[index % kinds.count])"
    }
    let sites = names.enumerated().map { index, name in
      let model = few[index % few.count]
      return Profile.Site(
        name: name, layer: String(name.prefix { $0 != "/" }), function: model.function,
        shape: model.shape,
        statistics: model.statistics)
    }
    let report = try Report(
      SampleReports.profile(sites, inputs: 600),
      recommendation: Edited.repeated(ranges, names: names),
      polynomials: Edited.repeated(PolynomialSet(ranges), names: names))
    let page = htmlPage(report)
    #expect(report.sites[0].options.count == 7 && report.sites.allSatisfy { $0.polynomial != nil })
    // Of these sites only five have inputs of their own, so the pictures' room is left for them.
    #expect(page.count < 2_000_000 - 100_000, "\(page.count) bytes")
    #expect(page.count > 1_000_000)
  }
}
