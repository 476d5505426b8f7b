import Glibc

extension Double {
  /// The number as people read it: four significant digits without trailing zeros, a true minus
  /// sign, powers of ten from 10⁶ and below 10⁻⁴.
  var text: String { text(digits: 4) }

  /// The number with at most `digits` significant digits.
  func text(digits: Int) -> String {
    if isNaN { return "NaN" }
    let sign = self < 0 ? "−" : ""
    if isInfinite { return sign + "∞" }
    if self == 0 { return "0" }
    let (figures, exponent) = magnitude.decimal(digits: digits)
    guard exponent >= -4 && exponent < max(6, digits) else {
      let mantissa = Self.pointed(figures, after: 1)
      let power = "10" + exponent.superscript
      return sign + (mantissa == "1" ? power : "\(mantissa)×\(power)")
    }
    return sign
      + (exponent < 0
        ? "0." + String(repeating: "0", count: -exponent - 1) + figures
        : Self.pointed(figures, after: exponent + 1))
  }

  /// A share as a percentage.
  var percent: String { "\((100 * self).text)\u{A0}%" }

  /// A factor on an interval near 1, to four decimals.
  var fuseText: String {
    if self >= 10 { return text }
    let digits = "\(Int((self * 10_000).rounded()))"
    let padded = String(repeating: "0", count: max(5 - digits.count, 0)) + digits
    return "\(padded.dropLast(4)).\(padded.suffix(4))"
  }

  /// The significant digits without trailing zeros, and the power of ten of the first.
  private func decimal(digits: Int) -> (figures: String, exponent: Int) {
    var buffer = [CChar](repeating: 0, count: 64)
    let length = withVaList([Int32(digits - 1), self]) {
      vsnprintf(&buffer, buffer.count, "%.*e", $0)
    }
    let parts = String(
      decoding: buffer.prefix(Int(length)).map(UInt8.init(bitPattern:)), as: UTF8.self
    )
    .split(separator: "e")
    var figures = parts[0].filter { $0 != "." }
    while figures.count > 1 && figures.last == "0" { figures.removeLast() }
    return (String(figures), Int(parts[1])!)
  }

  /// The figures with a point after the first `count`, filled up with zeros; thousands are grouped.
  private static func pointed(_ figures: String, after count: Int) -> String {
    let whole = figures.prefix(count) + String(repeating: "0", count: max(count - figures.count, 0))
    let fraction = figures.dropFirst(count)
    return Int(whole)!.text + (fraction.isEmpty ? "" : "." + fraction)
  }
}

extension BinaryInteger {
  /// The number with a narrow no-break space between groups of three digits, and a true minus sign.
  var text: String {
    let digits = String(magnitude)
    var grouped = ""
    for (place, digit) in digits.enumerated() {
      if place > 0 && (digits.count - place) % 3 == 0 { grouped += "\u{202F}" }
      grouped.append(digit)
    }
    return (self < 0 ? "−" : "") + grouped
  }

  /// The number with a noun, in the plural where it is not 1.
  func counted(_ noun: String) -> String { "\(text) \(noun)\(self == 1 ? "" : "s")" }

  fileprivate var superscript: String {
    let digits = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
    return (self < 0 ? "⁻" : "")
      + String(magnitude).map { String(digits[$0.wholeNumberValue!]) }.joined()
  }
}

extension ClosedRange<Double> {
  /// `[lower, upper]` as people read it.
  var text: String { "[\(lowerBound.text), \(upperBound.text)]" }
}
