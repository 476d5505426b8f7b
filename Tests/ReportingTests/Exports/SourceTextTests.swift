import Testing

@testable import Reporting

@Suite("Names and numbers in source code")
struct SourceTextTests {
  @Test("A name cannot leave its comment or its string.")
  func names() {
    #expect("a\nb\u{2028}c\\".commentText == "'a?b?c?'")
    #expect("a\"b\\c\n".quoted == "\"a\\\"b\\\\c\\u000a\"")
  }

  @Test("Numbers read back to the same, and always have a point.")
  func numbers() {
    #expect(
      [1, 1e-5, -2.5e300, Double.leastNonzeroMagnitude].map(\.literal) == [
        "1.0", "1.0e-05", "-2.5e+300", "5.0e-324",
      ])
  }
}
