import Glibc

extension Double {
  /// The number with a few significant digits, as tables show it.
  func text(digits: Int = 4) -> String {
    guard isFinite else { return isNaN ? "NaN" : (self < 0 ? "-∞" : "∞") }
    var buffer = [CChar](repeating: 0, count: 64)
    let length = withVaList([Int32(digits), self]) {
      vsnprintf(&buffer, buffer.count, "%.*g", $0)
    }
    return String(decoding: buffer[..<Int(length)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

extension Double? {
  /// The number, or nothing where it is missing.
  func text(digits: Int = 4) -> String { map { $0.text(digits: digits) } ?? "" }
}
