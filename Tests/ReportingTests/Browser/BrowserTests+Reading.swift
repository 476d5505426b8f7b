import Foundation
import Testing

@testable import Reporting

extension BrowserTests {
  private static let unfold =
    "document.querySelectorAll('details').forEach((part) => { part.open = true })"

  @Test(
    "Controls have labels, tables headers, pictures names, text contrast; headings skip no level.",
    arguments: ["light", "dark"])
  func accessibility(scheme: String) throws {
    var report = try SampleReports.verified()
    report.pictures = try InputPictures(of: report, from: [InputPicturesTests.Squares()])
    let tab = try Tab(htmlPage(report)) { try $0.emulate(scheme: scheme) }
    try tab.run(Self.unfold)
    #expect(try tab.value(of: "document.querySelectorAll('.inputs svg').length", as: Int.self) > 8)
    #expect(try tab.value(of: Audit.faults, as: [String].self) == [])
  }

  @Test(
    "Every rule of that check can fail.",
    arguments: [
      ("<input>", "no label"), ("<button></button>", "no text"), ("<img>", "no description"),
      ("<svg></svg>", "no name"), ("<table><tr><td>1</table>", "no header cells"),
      ("<h3>a</h3>", "h3 after h1"), ("<a href='#b'>b</a>", "leads nowhere"),
      ("<p style='color: #777'>a", "contrast 4.48"), ("<p tabindex=1>a", "out of order"),
      ("<svg role=img><title>a</title><text fill=#888>a</text></svg>", "contrast 3.5"),
      ("<svg role=img><use href='#a'/></svg>", "no name"), ("<nav>a</nav>", "no name"),
      ("<p aria-hidden=true><a href='b'>b</a>", "hidden, but can be reached"),
      ("<meta name=viewport content='maximum-scale=1'>", "no zoom"),
    ])
  func strictness(markup: String, fault: String) throws {
    let page =
      "<!DOCTYPE html><html lang=en><title>a</title><link rel=icon href='data:,'><main><h1>a</h1>"
    #expect(try Tab(Array(page.utf8)).value(of: Audit.faults, as: [String].self) == [])
    let faults = try Tab(Array((page + markup).utf8)).value(of: Audit.faults, as: [String].self)
    #expect(faults.contains { $0.hasPrefix(fault) }, "\(faults)")
  }

  @Test(
    "The Tab key reaches the way past the contents, the controls, and every site, and shows where it is."
  )
  func focusOrder() throws {
    let tab = try tab()
    var reached: [String] = []
    var unseen: [String] = []
    while reached.count < 80, reached.last != "BODY" {
      try tab.press("Tab", code: 9)
      reached.append(
        try tab.value(
          of: """
            ((e) => e.getAttribute("href") ?? (e.closest("thead") ? "sort" : e.type ?? e.tagName))(
              document.activeElement)
            """))
      // WCAG 2.4.7 and 2.4.13: an outline of two pixels around something that has a size.
      unseen += try tab.value(
        of: """
          [document.activeElement].filter((part) => part !== document.body).filter((part) => {
            const style = getComputedStyle(part), box = part.getBoundingClientRect();
            return style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2
              || box.width * box.height === 0 || box.right < 0;
          }).map((part) => part.outerHTML.slice(0, 100))
          """, as: [String].self)
    }
    #expect(unseen == [])
    #expect(reached.first == "#sites")
    let order = ["#sites", "#worries", "search", "select-one", "sort", "#site-2", "#site-1"]
    var rest = reached[...]
    for place in order {
      let index = try #require(rest.firstIndex(of: place), "\(place) in \(reached)")
      rest = rest[(index + 1)...]
    }
    try tab.run("document.querySelector('table.sites thead button').focus()")
    try tab.press("Enter", code: 13, text: "\r")
    #expect(try tab.sites.first == "conv1/relu")
    #expect(try tab.value(of: "document.querySelector('[aria-sort]').textContent") == "site")
  }

  @Test("The page is light or dark as the system prefers, also when that changes.")
  func theme() throws {
    let tab = try tab()
    func brightness(_ property: String) throws -> Int {
      let colour = try tab.value(
        of: "getComputedStyle(document.body).\(property)", as: String.self)
      return colour.split { !$0.isNumber }.prefix(3).compactMap { Int($0) }.reduce(0, +)
    }
    for (scheme, isDark) in [("light", false), ("dark", true), ("light", false)] {
      try tab.emulate(scheme: scheme)
      let (paper, ink) = (try brightness("backgroundColor"), try brightness("color"))
      #expect((paper < ink) == isDark)
      #expect(abs(paper - ink) > 500)
    }
  }

  @Test("Print has no navigation and no controls, is light, and nothing is cut at a sheet's edge.")
  func printing() throws {
    let tab = try tab()
    try tab.emulate(medium: "print", scheme: "dark")
    #expect(
      try tab.value(of: "getComputedStyle(document.body).backgroundColor") == "rgb(252, 252, 250)")
    #expect(try tab.faultsOnPaper == [])
    let shown = "[...document.querySelectorAll('nav, .filter, .skip')].filter((part) => "
    #expect(try tab.value(of: shown + "part.checkVisibility()).length") == 0)
    #expect(try tab.value(of: "document.querySelectorAll('.filter').length") == 1)
    let sheets = try tab.call("Page.printToPDF", ["paperWidth": 8.27, "paperHeight": 11.69])
    let file = try #require(Data(base64Encoded: sheets["data"] as? String ?? ""))
    let text = String(decoding: file, as: UTF8.self)
    #expect(text.hasPrefix("%PDF-"))
    let pages = text.components(separatedBy: "/Type /Page\n").count - 1
    // Of four sites, each on two sheets at most.
    #expect((4...14).contains(pages), "\(pages) pages")
  }

  @Test("What is too wide or too high for a sheet, or torn by its edge, does not go unseen.")
  func paper() throws {
    for (markup, fault) in [
      ("<p style='width: 900px'>a", "too wide"),
      ("<figure style='height: 1100px; break-inside: avoid'>a</figure>", "too high"),
      ("<table><tr><td>a</table>", "torn"), ("<svg class=chart></svg>", "torn"),
    ] {
      let tab = try Tab(Array("<!DOCTYPE html>\(markup)".utf8))
      #expect(try tab.faultsOnPaper.contains { $0.hasPrefix(fault) }, "\(markup)")
    }
  }

  @Test("On 400 pixels nothing but what scrolls by itself is wider than the page.")
  func narrow() throws {
    let tab = try tab()
    try tab.run(Self.unfold)
    for width in [400, 700, 1280] {
      try tab.resize(width: width, height: 800)
      #expect(try tab.value(of: "document.documentElement.scrollWidth", as: Int.self) <= width)
    }
  }
}

extension Tab {
  /// What would not fit on a sheet, or be torn by its edge.
  var faultsOnPaper: [String] {
    get throws {
      // A4 within margins of 1 cm, at 96 pixels an inch.
      let (width, height) = (718, 1046)
      try emulate(medium: "print")
      try resize(width: width, height: height)
      return try value(
        of: """
          (() => {
            const parts = [...document.querySelectorAll("body *")].filter((part) =>
              part.checkVisibility());
            const holds = (part) => getComputedStyle(part).breakInside === "avoid";
            const isHeld = (part) => part && (holds(part) || isHeld(part.parentElement));
            const box = (part) => part.getBoundingClientRect();
            const faults = (what, wrong) => parts.filter(wrong).map((part) =>
              `${what}: ${part.outerHTML.slice(0, 100)}`);
            return [
              ...faults("too wide", (part) => box(part).right > \(width) + 0.5),
              ...faults("too high", (part) => holds(part) && !part.matches(".site")
                && box(part).height > \(height)),
              ...faults("torn", (part) => part.matches("svg.chart, .worry, tr") && !isHeld(part)),
            ];
          })()
          """)
    }
  }
}
