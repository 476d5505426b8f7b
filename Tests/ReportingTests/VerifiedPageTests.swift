import Testing

@testable import Reporting

@Suite struct VerifiedPageTests {
  @Test("The page has agreement on top, error growth site by site, and where which input blows up.")
  func verified() throws {
    let report = try SampleReports.verified()
    let page = String(decoding: htmlPage(report), as: UTF8.self)
    let top = try #require(page.split(separator: "</header>").first)
    #expect(top.contains("top-1 agreement is 99\u{A0}%: so many of 400 inputs keep their class"))
    #expect(page.contains("<tr><th scope=row>17<td>conv1/relu<td>5\u{202F}000<td>–<td>no"))
    #expect(
      page.contains("<tr><th scope=row>conv1/relu<td>0.75<td>0.5<td>0<td>8<td>1.5<td>1<td>17"))
    #expect(page.contains("Inputs leave the interval at 1 site."))
    #expect(page.contains("mean Kullback–Leibler divergence<td>0.25"))
    #expect(page.contains("class=\"dots escape\"") && page.contains("href=\"verification.json\""))
  }
}
