import ArgumentParser
import ModelImport

/// What a network's file leaves out or leaves open: its architecture, which weights are whose, and
/// layers that are not known.
struct ImportOptions: ParsableArguments {
  @Option(
    help: "The architecture (model.to_json() or to_yaml()), for files that hold weights alone.",
    completion: .file(extensions: ["json", "yaml"]))
  var architecture: String?

  @Option(
    help: """
      Which weights of the file are whose, as JSON: {"layer": "path in the file"}. For networks \
      that were saved as a Python class.
      """,
    completion: .file(extensions: ["json"]))
  var weightMap: String?

  @Option(
    help: ArgumentHelp(
      "Treat a class of the file as one that is known, as in LRN=LocalResponseNormalization.",
      valueName: "class=known"))
  var alias: [String] = []

  @Option(
    help: ArgumentHelp(
      """
      What a layer computes that is Python code or not known, as in "lambda_1=Rescaling(1/255)", \
      n=Identity, n=tanh, or "n=LRN(n=5, alpha=1e-4, beta=0.75)".
      """,
      valueName: "layer=what"))
  var replaceLayer: [String] = []

  func validate() throws {
    for text in alias {
      let parts = text.split(separator: "=")
      guard parts.count == 2 else {
        throw ValidationError("--alias takes CLASS=KNOWN, not '\(text)'.")
      }
      guard KerasLayer.isKnown(String(parts[1])) else {
        throw ValidationError(
          "--alias \(text): there is no class '\(parts[1])' (rangefinder inspect --layers).")
      }
    }
    _ = try replacements
  }

  /// Whether nothing is said.
  var isEmpty: Bool {
    architecture == nil && weightMap == nil && alias.isEmpty && replaceLayer.isEmpty
  }

  /// What takes the place of layers, by their paths.
  private var replacements: [String: LayerReplacement] {
    get throws {
      var replacements: [String: LayerReplacement] = [:]
      for text in replaceLayer {
        guard let equals = text.firstIndex(of: "="), equals > text.startIndex else {
          throw ValidationError("--replace-layer takes LAYER=WHAT, not '\(text)'.")
        }
        do {
          replacements[String(text[..<equals])] =
            try LayerReplacement(parsing: String(text[text.index(after: equals)...]))
        } catch {
          throw ValidationError("--replace-layer \(text): \(error)")
        }
      }
      return replacements
    }
  }

  /// Reads a network's file.
  ///
  /// - Throws: What is wrong with it.
  func load(_ path: String, _ reading: ReadingOptions) throws -> KerasModel {
    let pairs = alias.map { $0.split(separator: "=").map(String.init) }
    return try KerasModel(
      try reading.model(path, architecture: architecture),
      aliases: Dictionary(pairs.map { ($0[0], $0[1]) }, uniquingKeysWith: { $1 }),
      replacements: replacements, weightMap: weightMap.map(WeightMap.init(reading:)))
  }
}
