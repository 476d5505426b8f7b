import Testing

@testable import Reporting

@Suite struct SVGTests {
  @Test("A picture has a role, a title, and no character of a text that means something.")
  func picture() {
    let text = SVG.picture(width: 10, height: 5.5, title: "<a> & \"b\" 'c'") { svg in
      svg.label("</text>", at: Point(x: 1, y: 2.25), .end)
    }
    #expect(
      text == """
        <svg class="chart" role="img" viewBox="0 0 10 5.5">\
        <title>&lt;a&gt; &amp; &quot;b&quot; &#39;c&#39;</title>\
        <text text-anchor="end" x="1" y="2.3">&lt;/text&gt;</text></svg>
        """)
  }

  @Test("Shapes without an extent are left out.")
  func empty() {
    var svg = SVG()
    svg.rectangle(from: Point(x: 1, y: 1), to: Point(x: 1, y: 4), class: "outside")
    svg.path(Path([]), class: "fit")
    #expect(svg.text == "")
  }
}
