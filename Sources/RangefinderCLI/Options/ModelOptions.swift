import ArgumentParser
import ModelImport
import NetworkGraph

/// Which network.
struct ModelOptions: ParsableArguments {
  @Argument(
    help: "The trained network: Keras HDF5 (.h5, .hdf5), or Keras 3 (.keras, .weights.h5).",
    completion: .file())
  var model: String

  @Option(
    help: "The architecture (model.to_json()), for files that hold weights alone.",
    completion: .file(extensions: ["json"]))
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

  mutating func validate() throws {
    for text in alias where text.split(separator: "=").count != 2 {
      throw ValidationError("--alias takes CLASS=KNOWN, not '\(text)'.")
    }
  }

  /// Reads the file.
  ///
  /// - Throws: What is wrong with it.
  func load(_ reading: ReadingOptions) throws -> KerasModel {
    let pairs = alias.map { $0.split(separator: "=").map(String.init) }
    return try KerasModel(
      try reading.model(model, architecture: architecture),
      aliases: Dictionary(pairs.map { ($0[0], $0[1]) }, uniquingKeysWith: { $1 }),
      weightMap: weightMap.map(WeightMap.init(reading:)))
  }

  /// The name of the file, without its folder.
  var fileName: String { model.split(separator: "/").last.map(String.init) ?? model }
}
