import RangeRecommendation
import Testing

@testable import Reporting

/// The page in a real browser. All of these tests are in one suite, since they share the browser.
@Suite(
  .serialized,
  .enabled(if: Chromium.isInstalled, "chromium is not installed (make test installs it)"))
struct BrowserTests {
  static let sample = Result { htmlPage(try SampleReports.full()) }

  /// A tab with the page of the ordinary sites, whose worst is `conv1/relu`, the second.
  func tab(_ fragment: String = "", prepare: (Tab) throws -> Void = { _ in }) throws -> Tab {
    try Tab(Self.sample.get(), fragment: fragment, prepare: prepare)
  }

  @Test("The page makes no request beside its own, and no complaint, however it is used.")
  func silence() throws {
    let tab = try tab()
    try tab.run("document.querySelectorAll('button').forEach((button) => button.click())")
    try tab.run("document.querySelectorAll('details').forEach((part) => { part.open = true })")
    try tab.run("document.querySelectorAll('a[href^=\"#\"]').forEach((link) => link.click())")
    #expect(try tab.requests == [tab.address])
    #expect(try tab.complaints == [])
  }

  @Test("What the console says and what is asked for does not go unseen.")
  func witnesses() throws {
    let page = """
      <link rel="stylesheet" href="missing.css"><script>console.warn("a"); missing()</script>
      """
    let tab = try Tab(Array(page.utf8))
    let complaints = try tab.complaints.joined()
    #expect(complaints.contains("missing is not defined") && complaints.contains("warning"))
    #expect(try tab.requests.contains { $0.hasSuffix("missing.css") })
  }

  @Test("Without JavaScript all sites, numbers and links are there, and nothing that needs it.")
  func withoutScript() throws {
    let plain = try tab("#site-3") {
      try $0.call("Emulation.setScriptExecutionDisabled", ["value": true])
    }
    let report = try SampleReports.full()
    let text = try plain.value(of: "document.body.innerText", as: String.self)
    for sentence in report.headline + report.sites.map(\.name) + report.worries.map(\.advice) {
      #expect(text.contains(sentence), "\(sentence)")
    }
    #expect(try plain.value(of: "document.querySelectorAll('table.sites tbody tr').length") == 4)
    #expect(try plain.value(of: "document.querySelectorAll('button, select, .filter').length") == 0)
    #expect(try plain.distance(to: "site-3") < 2)
    #expect(try plain.complaints == [])

    let scripted = try tab()
    let count = "document.querySelectorAll('section, table, tr, svg, p, details').length"
    #expect(try plain.value(of: count, as: Int.self) == scripted.value(of: count))
  }
}

extension Tab {
  /// The names of the sites that the table shows, in its order.
  var sites: [String] {
    get throws {
      try value(
        of: """
          [...document.querySelectorAll("table.sites tbody tr")].filter((row) => !row.hidden)
            .map((row) => row.cells[0].textContent)
          """)
    }
  }

  /// The titles of the table's columns that can be sorted by.
  var sortable: [String] {
    get throws {
      try value(
        of: """
          [...document.querySelectorAll("table.sites thead button")]
            .map((button) => button.textContent)
          """)
    }
  }

  /// Clicks on a column's title.
  func sort(by title: String) throws {
    try run(
      """
      [...document.querySelectorAll("table.sites thead button")]
        .find((button) => button.textContent === "\(title)").click()
      """)
  }

  /// Chooses an option, or types a text, in the control with a label.
  func set(_ label: String, to text: String) throws {
    try run(
      """
      {
        const label = [...document.querySelectorAll(".filter label")]
          .find((label) => label.textContent.startsWith("\(label)"));
        label.control.value = "\(text)";
        label.control.dispatchEvent(new Event("input"));
      }
      """)
  }

  /// How far the top of an element is from that of the window, in pixels.
  func distance(to identifier: String) throws -> Double {
    abs(try value(of: "document.getElementById('\(identifier)').getBoundingClientRect().top"))
  }

  var fragment: String { get throws { try value(of: "location.hash") } }
}
