import ArgumentParser
import FoundationEssentials
import ModelImport
import NetworkGraph
import RangeRecommendation

/// Shows what a network is, before any run.
struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Shows a network's layers, shapes, parameters and sites, and what is not supported.")

  @OptionGroup var model: ModelOptions
  @OptionGroup var reading: ReadingOptions
  @OptionGroup var common: CommonOptions

  @Flag(help: "List the layers that are known; needs no network.")
  var layers = false

  @Option(
    help: ArgumentHelp(
      "The extents of a sample, as in 224x224x3, where the file leaves them open; once an input.",
      valueName: "extents"))
  var inputShape: [String] = []

  /// Whether the arguments ask for the known layers, for which no network has to be given.
  static func asksForLayers(_ arguments: [String]) -> Bool {
    arguments.first == configuration.commandName && arguments.contains("--layers")
  }

  @Flag(help: "Say how much memory a run takes at most.")
  var memory = false

  @Option(help: "--memory: the worker threads.")
  var threads: Int = ProcessorCount.online

  @Option(help: "--memory: the samples of the run; any number unless told.")
  var samples: Int?

  func validate() throws {
    if threads < 1 { throw ValidationError("--threads takes a positive number.") }
    if let samples, samples < 1 { throw ValidationError("--samples takes a positive number.") }
    for text in inputShape where Self.extents(text) == nil {
      throw ValidationError("--input-shape takes extents such as 224x224x3, not '\(text)'.")
    }
  }

  static func extents(_ text: String) -> [Int]? {
    let parts = text.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
    return parts.contains { $0 == nil || $0! < 1 } ? nil : parts.compactMap { $0 }
  }

  func run() throws {
    let keras = try model.load(reading)
    let unsupported = keras.unsupportedLayers
    let shapes = inputShape.isEmpty ? nil : inputShape.compactMap(Self.extents)
    let isOpen = keras.inputs.contains { $0.extents?.contains(nil) ?? true }
    let graph =
      unsupported.isEmpty && (!isOpen || shapes != nil)
      ? try keras.graph(inputShapes: shapes) : nil
    let memory = try graph.flatMap {
      self.memory ? try MemoryStatement($0, threads: threads, samples: samples) : nil
    }
    if common.json {
      let inspection = Inspection(model.fileName, keras, graph, memory)
      print(String(decoding: try inspection.json(), as: UTF8.self))
    } else {
      printText(keras, graph)
      if let memory { print("\n\(memory.table)") }
    }
    if !unsupported.isEmpty {
      throw InputError.notSupported(
        file: model.fileName, layers: unsupported.map { "\($0.name) (\($0.className))" })
    }
  }

  private func printText(_ keras: KerasModel, _ graph: Graph?) {
    print("\(keras.name): Keras \(keras.kerasVersion ?? "of unknown version"), ", terminator: "")
    print("\(keras.layers.count) layers, \(keras.parameterCount) parameters")
    for input in keras.inputs {
      print("input \(input.name): \(Self.text(input.extents))")
    }
    var layers = TextTable(["layer", "class", "parameters"], leftColumns: 2)
    for layer in keras.layers {
      let note = layer.isSupported ? "" : "  ← not supported"
      layers.append([
        layer.name, layer.className + note, layer.parameterCount.map(String.init) ?? "",
      ])
    }
    print("\n\(layers)")
    guard let graph else {
      if keras.unsupportedLayers.isEmpty {
        print("\nThe input's size is open. Sites are shown with, say:  --input-shape 224x224x3")
      }
      return
    }
    var sites = TextTable(["site", "function", "pre-activations a sample"], leftColumns: 3)
    for site in graph.sites { sites.append([site.name, site.function, site.shape.description]) }
    print("\n\(graph.sites.count) sites\n\(sites)")
  }

  private static func text(_ extents: [Int?]?) -> String {
    extents?.map { $0.map(String.init) ?? "any" }.joined(separator: "×") ?? "of any shape"
  }
}

/// What `inspect --json` prints.
private struct Inspection: Encodable {
  struct Layer: Encodable {
    let name: String
    let className: String
    let supported: Bool
    let parameters: Int?
  }
  struct Site: Encodable {
    let site: String
    let function: String
    let shape: [Int]
  }
  struct Input: Encodable {
    let name: String
    let shape: [Int?]?
  }

  let model: String
  let name: String
  let kerasVersion: String?
  let parameters: Int
  let inputs: [Input]
  let layers: [Layer]
  /// Missing if the graph cannot be built without more information.
  let sites: [Site]?
  /// Missing unless it was asked for.
  let memory: MemoryStatement?

  init(_ file: String, _ keras: KerasModel, _ graph: Graph?, _ memory: MemoryStatement?) {
    self.memory = memory
    model = file
    name = keras.name
    kerasVersion = keras.kerasVersion
    parameters = keras.parameterCount
    inputs = keras.inputs.map { Input(name: $0.name, shape: $0.extents) }
    layers = keras.layers.map {
      Layer(
        name: $0.name, className: $0.className, supported: $0.isSupported,
        parameters: $0.parameterCount)
    }
    sites = graph?.sites.map {
      Site(site: $0.name, function: $0.function, shape: $0.shape.extents)
    }
  }
}
