import Testing

@testable import ModelImport

@Suite("The text of an architecture")
struct ArchitectureTextTests {
  @Test("A text that was turned into JSON twice is opened.")
  func doubled() throws {
    let text = ArchitectureText(file: "m.json", text: #""{\"a\": 1}""#)
    #expect(try text.parsed() == .object(["a": .number(1)]))
  }

  @Test("A text that is no JSON is refused with the place.")
  func notJSON() {
    #expect(
      message { _ = try ArchitectureText(file: "m.yaml", text: "class_name: Model").parsed() }
        == """
        the architecture in 'm.yaml' is not JSON: an unknown word at byte 0.
          Write it with model.to_json().
        """)
  }

  @Test("A file that is not there is named.")
  func missing() {
    #expect(
      message { _ = try ArchitectureText(reading: "/nowhere/m.json") }
        == "'/nowhere/m.json' cannot be read: there is no such file.")
  }
}
