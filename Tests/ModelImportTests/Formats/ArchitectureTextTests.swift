import Foundation
import TestSupport
import Testing

@testable import ModelImport

@Suite("The text of an architecture")
struct ArchitectureTextTests {
  @Test("A text that was turned into JSON twice is opened.")
  func doubled() throws {
    let text = ArchitectureText(file: "m.json", text: #""{\"a\": 1}""#)
    #expect(try text.parsed() == .object(["a": .number(1)]))
  }

  /// What a YAML text becomes, written to a file so named.
  private func parsed(_ yaml: String, extension suffix: String = "yaml") throws -> JSONValue {
    let path = Folders.temporaryPath(extension: suffix)
    try Data(yaml.utf8).write(to: URL(filePath: path))
    return try ArchitectureText(reading: path).parsed()
  }

  private func fault(_ yaml: String) -> String? {
    guard let text = message({ _ = try parsed(yaml) }) else { return nil }
    let parts = text.split(separator: "reads: ", maxSplits: 1)
    return parts.last.map { String($0.split(separator: "\n")[0]) }
  }

  @Test(
    "YAML, as Python writes it, becomes the JSON that says the same.", arguments: ["yaml", "YML"])
  func yaml(suffix: String) throws {
    let value = try parsed(
      #"""
      class_name: Sequential
      config:
      - class_name: Dense
        config: {name: "a\tb", W: null, shape: !!python/tuple [null, 784], bias: true}
      - &id001 [1, -2.5, 1.0e-05, .inf, -.inf, '3', yes]
      - *id001
      - !!python/unicode 'é "q" \'
      keras_version: 1.2.0
      """#, extension: suffix)
    let list = JSONValue.array([
      .number(1), .number(-2.5), .number(1e-5), .number(.infinity), .number(-.infinity),
      .string("3"), .bool(true),
    ])
    #expect(value["class_name"] == .string("Sequential"))
    #expect(value["keras_version"] == .string("1.2.0"))
    #expect(
      value["config"]
        == .array([
          .object([
            "class_name": .string("Dense"),
            "config": .object([
              "name": .string("a\tb"), "W": .null, "shape": .array([.null, .number(784)]),
              "bias": .bool(true),
            ]),
          ]), list, list, .string(#"é "q" \"#),
        ]))
    #expect(try parsed("[.nan]").array?[0].number?.isNaN == true)
  }

  @Test("Tags that stand for Python code are refused by name, with the line.")
  func yamlTags() {
    #expect(
      fault("a: 1\nb: !!python/object/apply:os.system ['rm -r /']")
        == "it has the tag '!!python/object/apply:os.system', which stands for Python code and is "
        + "never run (line 2).")
    #expect(
      fault("!mine {a: 1}") == "it has the tag '!mine' (line 1).".replacing("!m", with: "!!!m"))
    #expect(fault("!!python/name:os.system ''")?.hasPrefix("it has the tag") == true)
  }

  @Test("YAML that is damaged, nested too deep, or unfolds without end is refused.")
  func yamlFaults() {
    #expect(fault("") == "the text is empty (line 1).")
    #expect(fault("a: [1,")?.contains(" (line ") == true)
    #expect(fault("a: 1\na: 2") == "twice the name 'a' in one mapping.")
    #expect(fault("{[1]: 2}") == "a name that is no text (line 1).")
    #expect(
      fault(String(repeating: "[", count: 300) + String(repeating: "]", count: 300))
        == "more than 256 levels (line 1).")
    #expect(fault(String(repeating: "[", count: 100_000)) != nil)
    var lines = ["a0: &a0 [0123456789, 0123456789, 0123456789, 0123456789]"]
    for level in 1..<40 {
      let alias = "*a\(level - 1)"
      lines.append("a\(level): &a\(level) [\(alias), \(alias), \(alias), \(alias)]")
    }
    let bomb = Array(lines.joined(separator: "\n").utf8)
    #expect(
      message { _ = try ArchitectureText.json(fromYAML: bomb, file: "m", lengthLimit: 10_000) }?
        .contains("reads: it unfolds to more than 10000 bytes (line") == true)
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
