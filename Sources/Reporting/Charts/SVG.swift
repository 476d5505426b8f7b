/// The text of a picture, put together shape by shape.
struct SVG {
  enum Anchor: String {
    case start
    case middle
    case end

    fileprivate var attribute: String {
      self == .start ? "" : " text-anchor=\"\(rawValue)\""
    }
  }

  private(set) var text = ""

  /// A picture on its own, which scales with its page.
  ///
  /// - Parameter title: What a reader who does not see it is told.
  static func picture(
    width: Double, height: Double, title: String, class name: String = "chart",
    _ draw: (inout SVG) -> Void
  ) -> String {
    var content = SVG()
    draw(&content)
    return """
      <svg class="\(name)" role="img" viewBox="0 0 \(number(width)) \(number(height))">\
      <title>\(escaped(title))</title>\(content.text)</svg>
      """
  }

  /// A picture in a file of its own.
  static func document(
    width: Double, height: Double, title: String, style: String, _ draw: (inout SVG) -> Void
  ) -> String {
    var content = SVG()
    content.rectangle(from: Point(x: 0, y: 0), to: Point(x: width, y: height), class: "sheet")
    draw(&content)
    return """
      <svg xmlns="http://www.w3.org/2000/svg" width="\(number(width))" height="\(number(height))" \
      viewBox="0 0 \(number(width)) \(number(height))"><title>\(escaped(title))</title>
      <style>\(style)</style>
      \(content.text)</svg>

      """
  }

  /// Puts a picture that `picture` made into this one.
  mutating func place(_ picture: String, at corner: Point, width: Double, height: Double) {
    text += """
      <svg x="\(Self.number(corner.x))" y="\(Self.number(corner.y))" \
      width="\(Self.number(width))" height="\(Self.number(height))"\(picture.dropFirst(4))
      """
  }

  mutating func line(from a: Point, to b: Point, class name: String) {
    path(Path(lines: [(a, b)]), class: name)
  }

  mutating func path(_ path: Path, class name: String) {
    let data = path.data
    if !data.isEmpty { text += "<path class=\"\(name)\" d=\"\(data)\"/>" }
  }

  mutating func rectangle(from a: Point, to b: Point, class name: String) {
    let (width, height) = (abs(b.x - a.x), abs(b.y - a.y))
    guard width > 0, height > 0 else { return }
    text += """
      <rect class="\(name)" x="\(Self.number(min(a.x, b.x)))" y="\(Self.number(min(a.y, b.y)))" \
      width="\(Self.number(width))" height="\(Self.number(height))"/>
      """
  }

  mutating func dot(at place: Point, radius: Double, class name: String) {
    text += """
      <circle class="\(name)" cx="\(Self.number(place.x))" cy="\(Self.number(place.y))" \
      r="\(Self.number(radius))"/>
      """
  }

  mutating func label(
    _ words: String, at place: Point, _ anchor: Anchor = .start, class name: String? = nil
  ) {
    let style = name.map { " class=\"\($0)\"" } ?? ""
    text += """
      <text\(style)\(anchor.attribute) x="\(Self.number(place.x))" y="\(Self.number(place.y))">\
      \(Self.escaped(words))</text>
      """
  }

  /// Labels that are anchored alike.
  mutating func labels(
    _ labels: [(words: String, place: Point)], _ anchor: Anchor, class name: String? = nil
  ) {
    let style = name.map { " class=\"\($0)\"" } ?? ""
    text += "<g\(style)\(anchor.attribute)>"
    for label in labels { self.label(label.words, at: label.place) }
    text += "</g>"
  }

  /// Draws shapes that the page's style shows or hides together.
  mutating func group(class name: String, _ draw: (inout SVG) -> Void) {
    text += "<g class=\"\(name)\">"
    draw(&self)
    text += "</g>"
  }

  /// Draws into a frame that cuts off what reaches beyond it, with its own origin.
  mutating func frame(at corner: Point, width: Double, height: Double, _ draw: (inout SVG) -> Void)
  {
    var content = SVG()
    draw(&content)
    text += """
      <svg x="\(Self.number(corner.x))" y="\(Self.number(corner.y))" \
      width="\(Self.number(width))" height="\(Self.number(height))">\(content.text)</svg>
      """
  }

  /// A coordinate to a tenth.
  private static func number(_ value: Double) -> String { Path.tenths(Int((value * 10).rounded())) }

  /// Text without the characters that mean something in a page.
  static func escaped(_ words: String) -> String {
    var result = ""
    for scalar in words.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
