import Testing

@testable import Reporting

@Suite struct NumberTextTests {
  @Test(
    "People read four significant digits, a true minus sign, and powers of ten far from 1.",
    arguments: [
      (0, "0"), (-0.0, "0"), (1, "1"), (-21.34567, "−21.35"), (0.1 + 0.2, "0.3"),
      (99_999, "100\u{202F}000"), (123_456, "123\u{202F}500"), (1_000_000, "10⁶"),
      (-2_345_678, "−2.346×10⁶"), (0.0001, "0.0001"), (0.00012345, "0.0001234"),
      (9.87e-5, "9.87×10⁻⁵"), (1e300, "10³⁰⁰"), (.infinity, "∞"), (-.infinity, "−∞"), (.nan, "NaN"),
    ])
  func numbers(number: Double, text: String) {
    #expect(number.text == text)
  }

  @Test("Whole numbers have narrow spaces between thousands.")
  func integers() {
    #expect(1_234_567.text == "1\u{202F}234\u{202F}567")
    #expect((-42).text == "−42")
    #expect(UInt64.max.text.filter(\.isNumber) == "18446744073709551615")
  }

  @Test("A factor near 1 has four decimals, so that 1.0004 does not read as 1.")
  func fuses() {
    #expect(
      [1.00041, 1, 0.00827, 1.25, 1024].map(\.fuseText)
        == ["1.0004", "1.0000", "0.0083", "1.2500", "1\u{202F}024"])
  }

  @Test("A noun is in the plural unless there is one.")
  func nouns() {
    #expect(1.counted("site") == "1 site")
    #expect(0.counted("site") == "0 sites")
  }
}
