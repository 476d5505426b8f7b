import Testing

@testable import Reporting

extension BrowserTests {
  @Test("Every column but the pictures sorts up and down, missing numbers last, then as before.")
  func sorting() throws {
    let tab = try tab()
    let original = try tab.sites
    let titles = try tab.sortable
    #expect(
      titles == [
        "site", "place", "function", "values", "min", "max", "interval ÷ σ", "lower", "upper",
        "degree", "largest error", "depth", "fuse", "error at 1.05 ×",
      ])
    let report = try SampleReports.full()
    let keys: [String: (Report.Site) -> Double?] = [
      "place": { Double($0.number) }, "values": { Double($0.statistics.count) },
      "min": { $0.observed?.lowerBound }, "max": { $0.observed?.upperBound },
      "interval ÷ σ": \.relativeWidth, "lower": { $0.chosen?.lower },
      "upper": { $0.chosen?.upper }, "degree": { $0.degree.map(Double.init) },
      "largest error": \.supremumError, "depth": { $0.depth.map(Double.init) }, "fuse": \.fuse,
      "error at 1.05 ×": \.errorBeyond,
    ]
    for title in titles {
      for isDown in [false, true] {
        try tab.sort(by: title)
        let sorted = try tab.sites.map { name in report.sites.first { $0.name == name }! }
        #expect(sorted.count == 4)
        if let key = keys[title] {
          #expect(report.sites.contains { key($0) != nil }, "\(title)")
          let numbers = sorted.compactMap(key)
          #expect(sorted.prefix(numbers.count).allSatisfy { key($0) != nil }, "\(title)")
          #expect(numbers == (isDown ? numbers.sorted(by: >) : numbers.sorted()), "\(title)")
        } else if ["site", "function"].contains(title) {
          // As people sort: an underscore comes before a slash.
          let words = ["conv1/relu", "dense_1/softplus", "dense/sigmoid", "logits/softmax"]
          let functions = ["relu", "sigmoid", "softmax", "softplus"]
          let expected = title == "site" ? words : functions
          #expect(
            sorted.map { title == "site" ? $0.name : $0.profile.function }
              == (isDown ? expected.reversed() : expected))
        }
        let marks = try tab.value(
          of: "[...document.querySelectorAll('[aria-sort]')].map((cell) => cell.ariaSort)",
          as: [String].self)
        #expect(marks == [isDown ? "descending" : "ascending"])
      }
      try tab.sort(by: title)
      #expect(try tab.sites == original)
    }
  }

  @Test("A search shows the sites whose name or function has all its words, and counts them.")
  func search() throws {
    let tab = try tab()
    try tab.run("document.querySelector('input[type=search]').focus()")
    try tab.type("DENSE soft")
    #expect(try tab.sites == ["dense_1/softplus"])
    #expect(try tab.value(of: "document.querySelector('output').textContent") == "1 of 4 sites")
    try tab.set("Search", to: "nowhere")
    #expect(try tab.sites == [])
    #expect(try tab.value(of: "document.querySelector('output').textContent") == "0 of 4 sites")
    try tab.set("Search", to: "")
    #expect(try tab.sites.count == 4)
    #expect(try tab.value(of: "document.querySelector('output').textContent") == "")
  }

  @Test("Filters by function and by worry show those sites alone, also together with a search.")
  func filters() throws {
    let report = try SampleReports.full()
    let tab = try tab()
    let options = try tab.value(
      of: """
        [...document.querySelectorAll(".filter select")]
          .map((control) => [...control.options].map((option) => option.value))
        """, as: [[String]].self)
    let worries = report.worries.filter { $0.items.contains { $0.site != nil } }
    #expect(options[0] == ["", "relu", "sigmoid", "softmax", "softplus"])
    #expect(options[1] == [""] + worries.map { "\($0.kind)" })
    try tab.set("Function", to: "sigmoid")
    #expect(try tab.sites == ["dense/sigmoid"])
    try tab.set("Search", to: "conv")
    #expect(try tab.sites == [])
    try tab.set("Search", to: "")
    try tab.set("Function", to: "")
    for worry in worries {
      try tab.set("Worry", to: "\(worry.kind)")
      #expect(try Set(tab.sites) == Set(worry.items.compactMap(\.site)), "\(worry.kind)")
    }
  }

  @Test("The address holds what was chosen, and gives it back after a reload and by a link.")
  func fragment() throws {
    let tab = try tab("#site-2")
    try tab.sort(by: "max")
    try tab.sort(by: "max")
    try tab.set("Search", to: "s")
    try tab.set("Worry", to: "shortFuse")
    let fragment = "#at=site-2&sort=max&order=descending&find=s&worry=shortFuse"
    #expect(try tab.fragment == fragment)
    let sites = try tab.sites
    #expect(!sites.isEmpty && sites.count < 4)

    func expectState(_ way: String) throws {
      _ = try tab.complaints
      #expect(try tab.sites == sites)
      #expect(try tab.fragment == fragment)
      #expect(try tab.value(of: "document.querySelector('[aria-sort]').textContent") == "max")
      #expect(try tab.value(of: "document.querySelector('input').value") == "s")
      let away = try tab.distance(to: "site-2")
      #expect(away < 2, "\(way): \(away)")
    }
    try tab.reload()
    try expectState("after a reload")
    try tab.open()
    #expect(try tab.sites.count == 4)
    try tab.run("location.hash = '\(fragment)'")
    try expectState("by a link within the page")
    try tab.open(fragment)
    try expectState("by a link from elsewhere")
  }

  @Test("A link within the page leads there, keeps what was chosen, and the way back works.")
  func anchors() throws {
    let tab = try tab()
    try tab.run("document.querySelector('a[href=\"#site-3\"]').click()")
    _ = try tab.complaints
    #expect(try tab.fragment == "#site-3")
    try tab.sort(by: "degree")
    try tab.run("document.querySelector('a[href=\"#site-1\"]').click()")
    _ = try tab.complaints
    #expect(try tab.fragment == "#at=site-1&sort=degree")
    #expect(try tab.distance(to: "site-1") < 2)
    try tab.run("history.back()")
    _ = try tab.complaints
    #expect(try tab.fragment == "#at=site-3&sort=degree")
  }

  @Test("A fragment that means nothing does no harm.", arguments: ["#%", "#sort=x&at=y", "#a=b=c"])
  func strangeFragments(fragment: String) throws {
    let tab = try tab(fragment)
    #expect(try tab.sites.count == 4)
    #expect(try tab.complaints == [])
  }
}
