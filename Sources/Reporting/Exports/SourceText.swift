extension String {
  /// The text with everything but ASCII letters and digits as underscores, none in a row or last.
  var identifier: String {
    let parts = unicodeScalars.split { scalar in
      !(scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil))
    }
    return parts.map { String($0) }.joined(separator: "_")
  }

  /// The text for a comment: on one line, and with nothing that would end it.
  var commentText: String {
    var result = ""
    for scalar in unicodeScalars {
      let isUnsafe = scalar.properties.generalCategory.endsLines || scalar == "\\"
      result.unicodeScalars.append(isUnsafe ? "?" : scalar)
    }
    return "'\(result)'"
  }

  /// The text as a string literal of JSON, which is one of Python, Go and C as well.
  var quoted: String {
    var result = ""
    for scalar in unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\\(scalar)"
      case _ where scalar.properties.generalCategory.endsLines:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return "\"\(result)\""
  }
}

extension Unicode.GeneralCategory {
  /// Whether its characters may end a line. All of them are below U+10000.
  fileprivate var endsLines: Bool {
    [.control, .lineSeparator, .paragraphSeparator].contains(self)
  }
}

extension Double {
  /// The shortest text that reads back as this number, with a point in it, which some grammars
  /// need.
  var literal: String {
    let text = description
    guard !text.contains("."), let exponent = text.firstIndex(of: "e") else { return text }
    return text[..<exponent] + ".0" + text[exponent...]
  }
}

extension [Double] {
  /// The numbers with commas between, five in a row, on lines of their own.
  ///
  /// - Parameter end: What ends a line that another one follows.
  func lines(indent: String, end: String = ",") -> String {
    stride(from: 0, to: count, by: 5).map { start in
      indent + self[start..<Swift.min(start + 5, count)].map(\.literal).joined(separator: ", ")
    }.joined(separator: end + "\n")
  }
}
