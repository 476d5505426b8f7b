import Testing

@testable import Reporting

@Suite struct RidgelineChartTests {
  private func pictures(_ count: Int) throws -> [String] {
    let sites = (0..<count).map { index in
      SampleReports.site("site_\(index)/relu", "relu", inputs: 5, shape: [4]) { generator, _ in
        Float(SampleReports.normal(&generator)) * Float(index + 1)
      }
    }
    let report = try Report(SampleReports.profile(sites, inputs: 5))
    return RidgelineChart(sites: report.sites.map { ($0, $0.bins) }).pictures
  }

  @Test("Many sites are in several pictures, each once, each picture as high as a sheet at most.")
  func several() throws {
    for (count, expected) in [(0, 1), (1, 1), (40, 1), (41, 2), (130, 4)] {
      let pictures = try pictures(count)
      #expect(pictures.count == expected, "\(count)")
      for index in 0..<count {
        #expect(pictures.count { $0.contains(">site_\(index)/relu</text>") } == 1)
      }
      for picture in pictures {
        let box = picture.split(separator: "viewBox=\"")[1].prefix { $0 != "\"" }
        let sizes = box.split(separator: " ").compactMap { Double($0) }
        // 19 × 26 cm of an A4 sheet.
        #expect(sizes[3] / sizes[2] < 26.0 / 19)
      }
    }
  }

  @Test("All pictures have the same axis, which the first and the last label says.")
  func axis() throws {
    let labels = try pictures(100).map { picture in
      picture.split(separator: "text-anchor=\"middle\">")[1].prefix { $0 != "g" }
    }
    #expect(labels.count == 3 && Set(labels).count == 1)
  }
}
