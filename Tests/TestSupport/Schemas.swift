import Foundation

/// Validation by Python's jsonschema.
public enum Schemas {
  /// Whether Python and its validator are there.
  public static let canValidate = (try? python(["-c", "import jsonschema"]))?.status == 0

  private static func path(_ schema: String) -> String {
    Folders.package.appending(path: "docs/schemas/\(schema).schema.json").path
  }

  /// The faults that the validator finds, a line each.
  public static func faults(_ json: Data, _ schema: String) throws -> String {
    let script = """
      import json, pathlib, sys
      from jsonschema import Draft202012Validator as Validator
      path = pathlib.Path(sys.argv[1])
      def read(path): return {"$id": path.as_uri(), **json.loads(path.read_text())}
      schema = read(path)
      # One schema refers to others by their files' names.
      others = {other.name: read(other) for other in path.parent.iterdir() if other != path}
      schema["$defs"] = {**schema["$defs"], **others}
      Validator.check_schema(schema)
      for fault in Validator(schema).iter_errors(json.load(open(sys.argv[2]))):
        print(fault.json_path, fault.message)
      """
    let scratch = try Scratch()
    let outcome = try python(["-c", script, path(schema), try scratch.file("f.json", json)])
    guard outcome.status == 0 else { return "python3 failed: \(outcome.output)" }
    return outcome.output
  }

  /// The keys of all objects in a JSON value.
  public static func keys(_ value: Any) -> Set<String> {
    switch value {
    case let object as [String: Any]:
      object.values.reduce(Set(object.keys)) { $0.union(keys($1)) }
    case let array as [Any]: array.reduce([]) { $0.union(keys($1)) }
    default: []
    }
  }

  /// The names of all properties that a schema allows.
  public static func properties(_ schema: String) throws -> Set<String> {
    func names(_ value: Any) -> Set<String> {
      guard let object = value as? [String: Any] else {
        return (value as? [Any])?.reduce([]) { $0.union(names($1)) } ?? []
      }
      let own = (object["properties"] as? [String: Any]).map { Set($0.keys) } ?? []
      return object.values.reduce(own) { $0.union(names($1)) }
    }
    let data = try Data(contentsOf: URL(filePath: path(schema)))
    return names(try JSONSerialization.jsonObject(with: data))
  }

  private static func python(_ arguments: [String]) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3"] + arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }
}
