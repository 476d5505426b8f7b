import Testing

@testable import Reporting

extension BrowserTests {
  private func comparison(prepare: (Tab) throws -> Void = { _ in }) throws -> Tab {
    try Tab(SampleComparisons.drifted().page, prepare: prepare)
  }

  @Test("A comparison is silent, whole, sortable and readable in light and dark.")
  func comparisonPage() throws {
    for scheme in ["light", "dark"] {
      let tab = try comparison { try $0.emulate(scheme: scheme) }
      #expect(try tab.value(of: Audit.faults, as: [String].self) == [])
      #expect(try tab.sites.first == "conv1/relu")
      for title in try tab.sortable { try tab.sort(by: title) }
      try tab.sort(by: "place")
      #expect(try tab.sites == ["dense/sigmoid", "conv1/relu", "logits/tanh"])
      try tab.set("Function", to: "tanh")
      #expect(try tab.sites == ["logits/tanh"])
      #expect(try tab.fragment == "#sort=place&function=tanh")
      #expect(try tab.requests == [tab.address])
      #expect(try tab.complaints == [])
    }
  }

  @Test("A comparison needs no JavaScript, and fits on narrow screens and on paper.")
  func comparisonWithoutScript() throws {
    let tab = try comparison {
      try $0.call("Emulation.setScriptExecutionDisabled", ["value": true])
    }
    let text = try tab.value(of: "document.body.innerText", as: String.self)
    for sentence in try SampleComparisons.drifted().headline { #expect(text.contains(sentence)) }
    #expect(try tab.value(of: "document.querySelectorAll('button, select, .filter').length") == 0)
    try tab.resize(width: 400, height: 800)
    #expect(try tab.value(of: "document.documentElement.scrollWidth", as: Int.self) <= 400)
    #expect(try tab.faultsOnPaper == [])
  }
}
