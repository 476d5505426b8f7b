import Testing

@testable import ModelImport

@Suite("Reading JSON")
struct JSONParserTests {
  private func parse(_ text: String) throws -> JSONValue {
    try JSONValue(parsing: Array(text.utf8))
  }

  @Test("Every kind of value is read, with space anywhere between.")
  func kinds() throws {
    let value = try parse(" {\"a\" : [1, -2.5e3, true,\tfalse, null],\n \"b\": {}, \"c\": [] } ")
    #expect(
      value
        == .object([
          "a": .array([.number(1), .number(-2500), .bool(true), .bool(false), .null]),
          "b": .object([:]), "c": .array([]),
        ]))
  }

  @Test("Escapes of a string are resolved, pairs of surrogates included.")
  func escapes() throws {
    #expect(
      try parse(#""a\"\\\/\n\t\r\b\fé\u0416\uD83D\uDE00!""#)
        == .string("a\"\\/\n\t\r\u{8}\u{C}é\u{416}\u{1F600}!"))
    #expect(try parse(#""\uD83D""#) == .string("\u{FFFD}"))
  }

  @Test("The numbers that Python adds to JSON are read.")
  func pythonNumbers() throws {
    let list = try #require(try parse("[NaN, Infinity, -Infinity]").array)
    #expect(list[0].number?.isNaN == true)
    #expect(list[1...].map(\.number) == [.infinity, -.infinity])
  }

  @Test(
    "A broken text is refused with the reason and the byte.",
    arguments: [
      ("", "the text ends early", 0), ("[1,", "the text ends early", 3),
      ("{\"a\" 1}", "a name without a value", 5), ("{1: 2}", "a member without a name", 1),
      ("[1 2]", "a missing comma", 3), ("nul", "an unknown word", 0), ("abc", "an unknown word", 0),
      ("\"abc", "a string without an end", 4), (#""\x""#, "an unknown escape", 3),
      (#""\u00g0""#, "an unknown escape", 3), ("1 2", "text after the end", 2),
      ("[1-2]", "an unknown word", 1),
    ])
  func broken(text: String, reason: String, offset: Int) {
    #expect(throws: JSONFault(reason: reason, offset: offset)) { try parse(text) }
  }

  @Test("A text nested too deep is refused, and one at the limit is read.")
  func depth() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    _ = try parse(nested(JSONValue.depthLimit + 1))
    #expect { try parse(nested(100_000)) } throws: { error in
      (error as? JSONFault)?.reason == "more than 256 levels"
    }
  }

  @Test("A value's summary is one short line.")
  func summaries() throws {
    #expect(
      try parse("[3, 0.5, null, true, \"a\", {}]").summary
        == "[3, 0.5, null, true, \"a\", an object]")
    #expect(JSONValue.string(String(repeating: "x", count: 99)).summary.count == 63)
  }
}
